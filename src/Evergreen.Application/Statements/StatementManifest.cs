using System.Globalization;
using System.Text.Json;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Statements;

/// <summary>The list that goes with a batch of statements: each with its member, amount and SHA-256, and the point of the ledger they were drawn from.</summary>
/// <remarks>That point is an anchor: <c>evergreen check --against manifest.json</c> finds a ledger that was rewritten since.</remarks>
internal sealed class StatementManifest : IDisposable
{
    private readonly string path;
    private readonly string partial;
    private readonly FileStream file;
    private readonly Utf8JsonWriter json;
    private bool closed;

    public StatementManifest(string path, CoOp coOp, DividendRun run, DateOnly issuedOn, PaperKind paper, long sequence, string hash)
    {
        this.path = path;
        partial = path + ".part";
        file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("coOp", coOp.Code);
        json.WriteString("run", run.Name);
        json.WriteString("issuedOn", issuedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("paper", paper == PaperKind.A4 ? "a4" : "letter");
        json.WriteString("currency", coOp.Currency);
        json.WriteStartObject("ledger");
        json.WriteNumber("sequence", sequence);
        json.WriteString("hash", hash);
        json.WriteEndObject();
        json.WriteStartArray("statements");
    }

    public void Add(Printed copy)
    {
        json.WriteStartObject();
        json.WriteString("member", copy.Number);
        json.WriteString("file", copy.File);
        json.WriteString("dividend", copy.Dividend.ToString());
        json.WriteString("payable", copy.Payable.ToString());
        json.WriteNumber("bytes", copy.Bytes);
        json.WriteString("sha256", copy.Sha256);
        json.WriteEndObject();
        if (json.BytesPending > 1 << 16) json.Flush();
    }

    public void Finish()
    {
        json.WriteEndArray();
        json.WriteEndObject();
        Close();
        File.Move(partial, path, overwrite: true);
    }

    public void Dispose() => Close();

    private void Close()
    {
        if (closed) return;
        closed = true;
        json.Dispose();
        file.Dispose();
    }
}

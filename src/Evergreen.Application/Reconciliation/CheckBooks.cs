using System.Data.Common;
using System.Text.Json;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>Recomputes every hash, balance, total and invariant of the books and compares them with what is stored. It reads only.</summary>
public sealed class CheckBooks(Books books)
{
    /// <param name="CoOp">One co-op; all of them where it is null.</param>
    /// <param name="AgainstManifest">A manifest of issued statements: the ledger must still hold the hash that was noted there.</param>
    public sealed record Request(string? CoOp = null, string? AgainstManifest = null);

    /// <param name="Findings">What is wrong, in words, with the first entry or row concerned. Empty: the books are sound.</param>
    /// <param name="Heads">Per co-op code the last sequence and its hash: keep it somewhere else, and a rewritten ledger is found.</param>
    /// <param name="AuditHeads">The same of the audit trail; the one without a code is of what belongs to no co-op.</param>
    /// <param name="Reminders">What is sound and yet should be looked at: cash that members are owed when the payment period ends, and organisations that hold more shares than a person may.</param>
    public sealed record Result(IReadOnlyList<string> Findings, long Entries, long Lines, long PatronageRows, int Runs, IReadOnlyDictionary<string, string> Heads, IReadOnlyDictionary<string, string> AuditHeads, IReadOnlyList<string> Reminders);

    public Outcome<Result> Run(Request request, Action<string>? progress = null)
    {
        Anchor? anchor = null;
        if (request.AgainstManifest is { } path)
        {
            var read = Anchor.Read(path);
            if (read.IsRefused) return read.Refusal!;
            anchor = read.Value;
        }
        return books.Read(db =>
        {
            var result = Of(db, request.CoOp, anchor, progress);
            return result.IsRefused ? result : result.Value with { Reminders = Reminders(db, result.Value.Heads.Keys.ToArray()) };
        });
    }

    private List<string> Reminders(EvergreenDb db, string[] codes) =>
        [.. db.CoOps.AsNoTracking().Where(coOp => codes.Contains(coOp.Code)).OrderBy(coOp => coOp.Code).ToList().SelectMany(coOp => RunWarnings.OfUnpaid(db, coOp, books.Today(coOp)).Concat(new ShareLimitCheck(db, coOp).Reminders()))];

    /// <summary>The same check of a context that is open already, as it stands in its transaction.</summary>
    public static Outcome<Result> Of(EvergreenDb db, string? coOp = null) => Of(db, coOp, anchor: null, progress: null);

    private static Outcome<Result> Of(EvergreenDb db, string? code, Anchor? anchor, Action<string>? progress)
    {
        List<CoOp> coOps;
        if (code is null) coOps = db.CoOps.AsNoTracking().OrderBy(coOp => coOp.Code).ToList();
        else
        {
            var found = FindCoOp.Run(db, code);
            if (found.IsRefused) return found.Refusal!;
            coOps = [found.Value];
        }
        var findings = new Findings();
        long entries = 0, lines = 0, rows = 0;
        var runs = 0;
        var heads = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Check("the database itself", () =>
        {
            CheckFile(db, findings);
            new OrphanCheck(db, findings).Run();
        });
        SortedDictionary<string, string> auditHeads = new(StringComparer.Ordinal);
        Check("the audit trail", () => auditHeads = new AuditChainCheck(db, findings).Run());
        foreach (var coOp in coOps)
        {
            Check($"{coOp.Code}: ledger", () =>
            {
                var ledger = new LedgerCheck(db, coOp, findings, anchor?.CoOp == coOp.Code ? anchor : null);
                heads[coOp.Code] = ledger.Run();
                entries += ledger.Entries;
                lines += ledger.Lines;
            });
            Check($"{coOp.Code}: shares", () => new ShareLimitCheck(db, coOp).Run(findings));
            Check($"{coOp.Code}: equity files", () => new EquityRowCheck(db, coOp, findings).Run());
            Check($"{coOp.Code}: closed years", () => new ClosingCheck(db, coOp, findings).Run());
            Check($"{coOp.Code}: dividend runs", () =>
            {
                runs += new RunCheck(db, coOp, findings).Run();
                new PostingCheck(db, coOp, findings).Run();
                new PaymentCheck(db, coOp, findings).Run();
            });
            Check($"{coOp.Code}: members", () =>
            {
                new JoiningCheck(db, coOp, findings).Run();
                new MergeCheck(db, coOp, findings).Run();
            });
            Check($"{coOp.Code}: audit trail", () => new AuditCheck(db, coOp, findings).Run());
            Check($"{coOp.Code}: purchases and hours", () => rows += new PatronageCheck(db, coOp, findings).Run());
        }
        if (anchor is not null && coOps.All(coOp => coOp.Code != anchor.CoOp)) findings.Add($"The manifest speaks of the co-op '{anchor.CoOp}', which is not in this database.");
        return new Result(findings.All, entries, lines, rows, runs, heads, auditHeads, []);

        // What was put where it does not belong may not even be readable; that too is a finding, and the rest is still checked.
        void Check(string what, Action check)
        {
            progress?.Invoke(what);
            try
            {
                check();
            }
            catch (Exception fault) when (fault is FormatException or InvalidCastException or OverflowException or ArgumentException or InvalidOperationException || (fault is DbException && !Transient.Is(fault)))
            {
                findings.Add($"{what}: cannot be read: {fault.Message}");
            }
        }
    }

    private static void CheckFile(EvergreenDb db, Findings findings)
    {
        if (db.Kind != DatabaseKind.Sqlite) return;
        foreach (var line in db.Database.SqlQuery<string>($"PRAGMA integrity_check(20)").AsEnumerable().Where(line => line != "ok")) findings.Add($"The database file is damaged: {line}.");
    }
}

/// <summary>What was found, first things first and never endless.</summary>
internal sealed class Findings
{
    private const int Most = 200;
    private readonly List<string> all = [];
    private long more;

    public IReadOnlyList<string> All => more == 0 ? all : [.. all, $"… and {more} more."];

    public void Add(string finding)
    {
        if (all.Count < Most) all.Add(finding);
        else more++;
    }
}

/// <summary>A point of the chain that was written down elsewhere.</summary>
internal sealed record Anchor(string CoOp, long Sequence, string Hash)
{
    public static Outcome<Anchor> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var ledger = document.RootElement.GetProperty("ledger");
            return new Anchor(document.RootElement.GetProperty("coOp").GetString()!, ledger.GetProperty("sequence").GetInt64(), ledger.GetProperty("hash").GetString()!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Refusals.ManifestUnreadable(path, fault is IOException or UnauthorizedAccessException ? "the file cannot be read." : "it holds no point of the ledger.");
        }
    }
}

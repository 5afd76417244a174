using System.IO.Compression;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;

namespace Evergreen.Application.Statements;

/// <summary>All of a member's statements that stand, in one ZIP, the oldest first. Each is recorded as opened.</summary>
public sealed class ZipMyStatements(Books books)
{
    public sealed record Request(CoOp CoOp, int MemberId, string By);

    public Outcome<byte[]> Run(Request request)
    {
        var rows = new MyStatements(books).Run(request.CoOp, request.MemberId).Where(row => row.CanBeOpened).Reverse().ToList();
        if (rows.Count == 0) return Refusals.NoStatementsYet();
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                var copy = new StatementCopyPdf(books).Run(new(request.CoOp.Code, row.Run, row.Record, request.By));
                if (copy.IsRefused) return copy.Refusal!;
                var entry = zip.CreateEntry(copy.Value.FileName, CompressionLevel.NoCompression);
                entry.LastWriteTime = new DateTimeOffset(row.IssuedOn!.Value, TimeOnly.MinValue, TimeSpan.Zero);
                using var to = entry.Open();
                to.Write(copy.Value.Pdf);
            }
        }
        return bytes.ToArray();
    }
}

using System.Security.Cryptography;
using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Imports;

/// <summary>Takes a file in from someone's browser, seals it in the upload folder, and opens a draft for it. Nothing reaches the books.</summary>
/// <param name="uploads">Where files wait; null asks <see cref="UploadFolder.Of"/>.</param>
/// <param name="most">Largest file, in bytes.</param>
/// <param name="mostWaiting">What the files that wait may take together, in bytes.</param>
public sealed class ReceiveUpload(Books books, UploadFolder? uploads = null, long most = ReceiveUpload.MostBytes, long mostWaiting = ReceiveUpload.MostBytesWaiting)
{
    /// <summary>Largest file that is taken: 200 MB.</summary>
    public const long MostBytes = 200L << 20;

    /// <summary>What the files that wait may take together, for one co-op: 2 GB.</summary>
    public const long MostBytesWaiting = 2L << 30;

    public const int LongestSource = 100;
    private const int Piece = 1 << 16;

    /// <param name="FileName">As the sender named it.</param>
    /// <param name="Content">Read once, to its end or to the limit; it need not seek.</param>
    /// <param name="Source">The till or system it comes from; null names it after its form.</param>
    public sealed record Request(string? CoOp, string FileName, Stream Content, ImportKind Kind, string? Source, string By);

    /// <param name="AlreadyImported">The import that brought the same bytes in before; importing them again would change nothing.</param>
    public sealed record Result(int Draft, string FileName, long Bytes, string Sha256, int? AlreadyImported);

    /// <exception cref="OperationCanceledException">The sender gave up; nothing is kept.</exception>
    public Outcome<Result> Run(Request request, CancellationToken cancel = default)
    {
        var source = string.IsNullOrWhiteSpace(request.Source) ? null : request.Source.Trim();
        if (source?.Length > LongestSource) return Refusals.SourceTooLong(LongestSource);
        var folder = UploadFolder.Or(uploads, books);
        if (folder.IsRefused) return folder.Refusal!;
        new EmptyUploads(books, folder.Value).Run();
        var coOp = books.Read(db => FindCoOp.Run(db, request.CoOp));
        if (coOp.IsRefused) return coOp.Refusal!;
        var waiting = Waiting(coOp.Value.Id);
        if (waiting >= mostWaiting) return Refusals.UploadQuota(mostWaiting);

        var id = UploadFolder.NewId();
        var kept = false;
        try
        {
            var stored = Store(request, folder.Value, id, mostWaiting - waiting, cancel);
            if (stored.IsRefused) return stored.Refusal!;
            var name = UploadName.Clean(request.FileName);
            var form = FormOf(new ImportFile(name, () => folder.Value.Open(id, UploadFolder.Rows)));
            if (form.IsRefused) return form.Refusal!;
            var (bytes, sha256) = stored.Value;
            var file = new UploadedFile { Id = id, CoOpId = coOp.Value.Id, FileName = name, Bytes = bytes, Sha256 = sha256, IsWorkbook = form.Value, ReceivedAt = books.Now, ReceivedBy = request.By };
            var result = books.Write<Result>(dryRun: false, db => Keep(db, file, request.Kind, source), db => LookUp(db, file));
            kept = !result.IsRefused;
            return result;
        }
        finally
        {
            if (!kept) folder.Value.Remove(id);
        }
    }

    private long Waiting(int coOpId) => books.Read(db => 
        (from draft in db.ImportDrafts
         join file in db.UploadedFiles on draft.UploadId equals file.Id
         where draft.CoOpId == coOpId && draft.State <= DraftState.Checked && file.RemovedAt == null
         select file.Bytes).Sum());

    private Outcome<(long Bytes, string Sha256)> Store(Request request, UploadFolder folder, string id, long left, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var to = folder.Create(id, UploadFolder.Rows);
        var buffer = new byte[Piece];
        long bytes = 0;
        try
        {
            for (int read; (read = request.Content.Read(buffer)) > 0;)
            {
                cancel.ThrowIfCancellationRequested();
                bytes += read;
                if (bytes > most) return Refusals.UploadTooLarge(most);
                if (bytes > left) return Refusals.UploadQuota(mostWaiting);
                hash.AppendData(buffer, 0, read);
                to.Write(buffer, 0, read);
            }
        }
        catch (IOException) when (!cancel.IsCancellationRequested)
        {
            return Refusals.UploadIncomplete();
        }
        return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Looks at the file's first bytes and its header.</summary>
    /// <returns>True for a workbook, false for text; refused for anything else, and where the name says otherwise.</returns>
    private static Outcome<bool> FormOf(ImportFile file)
    {
        using (var stream = file.OpenStream())
        {
            var start = new byte[4096];
            start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
            if (start is [(byte)'P', (byte)'K', ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) { }
            else if (start.AsSpan().ContainsAnyInRange((byte)0x01, (byte)0x08) || start.AsSpan().ContainsAnyInRange((byte)0x0E, (byte)0x1F))
                return Refusals.FileKind("no text", "Export the figures as CSV or XLSX.");
        }
        var opened = file.OpenRows();
        if (opened.IsRefused) return opened.Refusal!;
        using var rows = opened.Value;
        return rows is XlsxReader;
    }

    private Outcome<Result> Keep(EvergreenDb db, UploadedFile file, ImportKind kind, string? source)
    {
        db.UploadedFiles.Add(file);
        var draft = new ImportDraft { CoOpId = file.CoOpId, UploadId = file.Id, Kind = kind, Source = source, State = DraftState.Uploaded, CreatedAt = file.ReceivedAt, CreatedBy = file.ReceivedBy };
        db.ImportDrafts.Add(draft);
        db.SaveChanges();
        AuditTrail.Add(db, file.CoOpId, file.ReceivedAt, file.ReceivedBy, "import.upload", $"draft {draft.Id}", $"{kind.ToString().ToLowerInvariant()}, {file.Bytes} bytes, SHA-256 {file.Sha256}");
        return ResultOf(db, file, draft);
    }

    private static Outcome<Result>? LookUp(EvergreenDb db, UploadedFile file) =>
        db.ImportDrafts.SingleOrDefault(draft => draft.UploadId == file.Id) is { } draft ? ResultOf(db, file, draft) : (Outcome<Result>?)null;

    private static Result ResultOf(EvergreenDb db, UploadedFile file, ImportDraft draft) => new(draft.Id, file.FileName, file.Bytes, file.Sha256,
        db.Imports.Where(import => import.CoOpId == file.CoOpId && import.Kind == draft.Kind && import.Sha256 == file.Sha256 && import.WithdrawnAt == null).Select(import => (int?)import.Number).SingleOrDefault());
}

using System.IO.Compression;
using System.Security.Cryptography;
using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Storage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Statements;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Statements;

public enum PaperKind
{
    Letter = 1,
    A4 = 2,
}

/// <summary>Issues the statement of a posted run to every member: one PDF each, a manifest, and a ZIP if asked for.</summary>
/// <remarks>
/// Works in steps of some hundred members and can be stopped and started again at any moment: what stands on disk as it was issued is not drawn
/// again. Issuing again gives the same bytes, because the day of issue is kept.
/// </remarks>
public sealed class IssueStatements(Books books)
{
    private const int Step = 400;

    /// <param name="On">Day of issue, on the first issue only; today where it is null.</param>
    public sealed record Request(string? CoOp, string Run, string By, string OutFolder, string? ZipPath = null, PaperKind Paper = PaperKind.Letter, DateOnly? On = null, bool DryRun = false);

    public sealed record Result(int Written, int AlreadyThere, long Bytes, string ManifestPath, string? ZipPath);

    private sealed record Job(CoOp CoOp, DividendRun Run, DateOnly IssuedOn, IReadOnlyList<(int Id, string Number)> Members, string LedgerHash, long LedgerSequence);

    public Outcome<Result> Run(Request request, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        var begun = books.Write(request.DryRun, db => Begin(db, request));
        if (begun.IsRefused) return begun.Refusal!;
        var job = begun.Value;
        var manifestPath = Path.Combine(request.OutFolder, "manifest.json");
        if (request.DryRun) return new Result(job.Members.Count, 0, 0, manifestPath, request.ZipPath);
        try
        {
            Directory.CreateDirectory(request.OutFolder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refusals.FolderUnusable(request.OutFolder);
        }

        using var batch = new StatementBatch(request.Paper == PaperKind.A4 ? PaperSize.A4 : PaperSize.Letter);
        using var manifest = new StatementManifest(manifestPath, job.CoOp, job.Run, job.IssuedOn, request.Paper, job.LedgerSequence, job.LedgerHash);
        using var zip = request.ZipPath is null ? null : new StatementZip(request.ZipPath, job.IssuedOn);
        int written = 0, alreadyThere = 0;
        long bytes = 0;
        var chunks = job.Members.Chunk(Step).ToList();
        // The next statements are put together while these are drawn.
        var next = chunks.Count == 0 ? null : Task.Run(() => Prepare(job, chunks[0]), stop);
        for (var at = 0; at < chunks.Count; at++)
        {
            stop.ThrowIfCancellationRequested();
            var statements = next!.GetAwaiter().GetResult();
            next = at + 1 < chunks.Count ? PrepareLater(job, chunks[at + 1]) : null;
            var known = Known(job.Run.Id, request.Paper, [.. chunks[at].Select(member => member.Id)]);
            var copies = new Printed[statements.Count];
            Refusal? refusal = null;
            Parallel.For(0, statements.Count, new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
            {
                var (memberId, statement) = statements[i];
                if (Unprintable(batch, statement) is { } missing) refusal = missing;
                else copies[i] = Print(batch, request, job, memberId, statement, known.GetValueOrDefault(memberId));
            });
            if (refusal is not null) return refusal;
            Record(job.Run.Id, request.Paper, copies, known);
            foreach (var copy in copies)
            {
                manifest.Add(copy);
                zip?.Add(copy);
                bytes += copy.Bytes;
                if (copy.Drawn) written++;
                else alreadyThere++;
            }
            progress?.Invoke(written + alreadyThere, job.Members.Count);
        }
        manifest.Finish();
        zip?.Finish(manifestPath);
        return new Result(written, alreadyThere, bytes, manifestPath, request.ZipPath);
    }

    private Outcome<Job> Begin(EvergreenDb db, Request request)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        var foundRun = FindRun.Run(db, coOp, request.Run);
        if (foundRun.IsRefused) return foundRun.Refusal!;
        var run = foundRun.Value;
        var standing = FindRun.Standing(db, run);
        if (standing.Posting is not { } posting) return Refusals.RunNotPosted(run.Name);
        if (standing.Reversal is not null) return Refusals.RunReversed(run.Name);
        var issue = db.StatementIssues.AsNoTracking().SingleOrDefault(issue => issue.RunId == run.Id);
        if (issue is null)
        {
            var today = DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime);
            issue = new StatementIssue { RunId = run.Id, On = request.On ?? (today < posting.On ? posting.On : today), By = request.By, At = books.Now };
            db.StatementIssues.Add(issue);
            AuditTrail.Add(db, coOp.Id, issue.At, request.By, "statements.issue", $"run {run.Name}");
        }
        var last = db.LedgerEntries.AsNoTracking().Where(entry => entry.CoOpId == coOp.Id && entry.Sequence == posting.LastSequence).Select(entry => new { entry.Sequence, entry.Hash }).SingleOrDefault();
        return new Job(coOp, run, issue.On, new PrepareStatements(db, coOp, run, issue.On).Members(), last is null ? "" : Convert.ToHexStringLower(last.Hash), last?.Sequence ?? 0);
    }

    private Task<List<(int MemberId, MemberStatement Statement)>> PrepareLater(Job job, (int Id, string Number)[] members) => Task.Run(() => Prepare(job, members));

    private List<(int MemberId, MemberStatement Statement)> Prepare(Job job, (int Id, string Number)[] members) =>
        books.Read(db => new PrepareStatements(db, job.CoOp, job.Run, job.IssuedOn).Of([.. members.Select(member => member.Id)]));

    private Dictionary<int, StatementCopy> Known(int runId, PaperKind paper, int[] members)
    {
        var name = Name(paper);
        return books.Read(db => db.StatementCopies.Where(copy => copy.RunId == runId && copy.Paper == name && members.Contains(copy.MemberId)).ToDictionary(copy => copy.MemberId));
    }

    private static Printed Print(StatementBatch batch, Request request, Job job, int memberId, MemberStatement statement, StatementCopy? known)
    {
        var file = $"{job.CoOp.Code}-{job.Run.Name}-{SafeName(statement.Member.Number)}.pdf";
        var path = Path.Combine(request.OutFolder, file);
        var printed = new Printed(memberId, statement.Member.Number, file, path, statement.Settlement.Dividend, statement.Settlement.Payable, "", 0, Drawn: false);
        if (known is not null && File.Exists(path) && new FileInfo(path).Length == known.Bytes && Sha256(File.ReadAllBytes(path)) == known.Sha256)
            return printed with { Sha256 = known.Sha256, Bytes = known.Bytes };
        var pdf = batch.Draw(statement);
        // Not written beside and moved, which costs a third of the drawing: a file that was cut short differs from its record, or has none, and is drawn again.
        File.WriteAllBytes(path, pdf);
        return printed with { Sha256 = Sha256(pdf), Bytes = pdf.Length, Drawn = true };
    }

    private void Record(int runId, PaperKind paper, Printed[] copies, Dictionary<int, StatementCopy> known)
    {
        var name = Name(paper);
        var fresh = copies.Where(copy => known.GetValueOrDefault(copy.MemberId)?.Sha256 != copy.Sha256).ToList();
        if (fresh.Count == 0) return;
        books.Write<int>(false, db =>
        {
            var replaced = fresh.Where(copy => known.ContainsKey(copy.MemberId)).Select(copy => copy.MemberId).ToArray();
            if (replaced.Length > 0) db.StatementCopies.Where(copy => copy.RunId == runId && copy.Paper == name && replaced.Contains(copy.MemberId)).ExecuteDelete();
            BulkWriter.Insert(db, fresh.Select(copy => new StatementCopy { RunId = runId, MemberId = copy.MemberId, Paper = name, Sha256 = copy.Sha256, Bytes = copy.Bytes }));
            return fresh.Count;
        });
    }

    private static Refusal? Unprintable(StatementBatch batch, MemberStatement statement)
    {
        var letters = statement.Member.AddressLines.Prepend(statement.Member.Name).SelectMany(batch.MissingLetters).Distinct(StringComparer.Ordinal).ToList();
        return letters.Count == 0 ? null : Refusals.LettersMissing(statement.Member.Number, letters);
    }

    private static string Name(PaperKind paper) => paper == PaperKind.A4 ? "a4" : "letter";

    private static string SafeName(string number) => string.Concat(number.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c.ToString() : $"%{(int)c:X2}"));

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>A statement on disk.</summary>
internal sealed record Printed(int MemberId, string Number, string File, string Path, Money Dividend, Money Payable, string Sha256, int Bytes, bool Drawn);

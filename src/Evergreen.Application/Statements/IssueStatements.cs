using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Storage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Statements;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Audit;
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

/// <summary>Issues the statement of a posted run to every member: one PDF each and a manifest, into a folder, a ZIP or both.</summary>
/// <remarks>
/// Works in steps of some hundred members and can be stopped and started again at any moment: what stands on disk as it was issued is not drawn
/// again. Issuing again gives the same bytes, because the day of issue is kept.
/// </remarks>
public sealed class IssueStatements(Books books)
{
    internal const string CopiesVerb = "statements.copies";
    private const int Step = 400;

    /// <summary>Drawn before they are put away: few, so that their bytes are let go while they are young, and yet so many that the threads seldom wait for the last one of a slice.</summary>
    private const int Slice = 200;

    /// <summary>Slices that may wait to be put away, so that drawing goes on while the database waits for the disk.</summary>
    private const int Waiting = 4;

    /// <summary>Copies that are noted in one transaction: some second of drawing, which is what a kill loses.</summary>
    private const int NotedAtOnce = 3 * Step;

    /// <param name="OutFolder">Where the files go; null where a ZIP is enough.</param>
    /// <param name="On">Day of issue, on the first issue only; today where it is null.</param>
    public sealed record Request(string? CoOp, string Run, string By, string? OutFolder, string? ZipPath = null, PaperKind Paper = PaperKind.Letter, DateOnly? On = null, bool DryRun = false);

    /// <param name="ManifestPath">Null where it is in the ZIP only.</param>
    public sealed record Result(int Written, int AlreadyThere, long Bytes, string? ManifestPath, string? ZipPath);

    /// <param name="IssuedBefore">Whether any statement of the run was issued before on this paper.</param>
    private sealed record Job(CoOp CoOp, DividendRun Run, DateOnly IssuedOn, PrepareStatements Prepare, IReadOnlyList<(int Id, string Number)> Members, bool IssuedBefore, string LedgerHash, long LedgerSequence);

    public Outcome<Result> Run(Request request, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        if (request is { OutFolder: null, ZipPath: null }) return Refusals.NowhereToIssue();
        var begun = books.Write(request.DryRun, db => Begin(db, request));
        if (begun.IsRefused) return begun.Refusal!;
        var job = begun.Value;
        var manifestPath = request.OutFolder is { } into ? Path.Combine(into, "manifest.json") : request.ZipPath + ".manifest";
        if (request.DryRun) return new Result(job.Members.Count, 0, 0, request.OutFolder is null ? null : manifestPath, request.ZipPath);
        try
        {
            if (request.OutFolder is { } folder) Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refusals.FolderUnusable(request.OutFolder!);
        }

        using var batch = new StatementBatch(request.Paper == PaperKind.A4 ? PaperSize.A4 : PaperSize.Letter);
        using var zip = request.ZipPath is null ? null : new StatementZip(request.ZipPath, job.IssuedOn);
        using var manifest = new StatementManifest(manifestPath, job.CoOp, job.Run, job.IssuedOn, request.Paper, job.LedgerSequence, job.LedgerHash);
        int written = 0, alreadyThere = 0;
        long bytes = 0;
        var chunks = job.Members.Chunk(Step).ToList();
        // While these are drawn, the next are put together and those before are put away.
        var next = chunks.Count == 0 ? null : PrepareLater(job, request.Paper, chunks[0]);
        var away = Task.CompletedTask;
        var waiting = new Queue<Task>();
        var unnoted = new List<(Printed Copy, StatementCopy? Known)>(NotedAtOnce);
        try
        {
            for (var at = 0; at < chunks.Count; at++)
            {
                var (statements, known) = next!.GetAwaiter().GetResult();
                next = at + 1 < chunks.Count ? PrepareLater(job, request.Paper, chunks[at + 1]) : null;
                var copies = new Printed[statements.Count];
                for (var from = 0; from < copies.Length; from += Slice)
                {
                    Refusal? refusal = null;
                    var slice = new Range(from, Math.Min(from + Slice, copies.Length));
                    Parallel.For(slice.Start.Value, slice.End.Value, new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
                    {
                        var (memberId, statement) = statements[i];
                        if (Unprintable(batch, statement) is { } missing) refusal = missing;
                        else copies[i] = Print(batch, request, job, memberId, statement, known.GetValueOrDefault(memberId));
                    });
                    if (refusal is not null) return refusal;
                    away = PutAwayAfter(away, copies, slice, known);
                    waiting.Enqueue(away);
                    if (waiting.Count > Waiting) waiting.Dequeue().GetAwaiter().GetResult();
                }
            }
        }
        finally
        {
            away.GetAwaiter().GetResult();
            Note();
        }
        manifest.Finish();
        zip?.Finish(manifestPath);
        if (request.OutFolder is null) File.Delete(manifestPath);
        return new Result(written, alreadyThere, bytes, request.OutFolder is null ? null : manifestPath, request.ZipPath);

        async Task PutAwayAfter(Task before, Printed[] copies, Range slice, Dictionary<int, StatementCopy> known)
        {
            await before.ConfigureAwait(false);
            await Task.Run(() => PutAway(copies, slice, known), CancellationToken.None).ConfigureAwait(false);
        }

        void PutAway(Printed[] copies, Range slice, Dictionary<int, StatementCopy> known)
        {
            for (var i = slice.Start.Value; i < slice.End.Value; i++)
            {
                var copy = copies[i];
                manifest.Add(copy);
                zip?.Add(copy);
                bytes += copy.Bytes;
                if (copy.Drawn) written++;
                else alreadyThere++;
                copies[i] = copy with { Pdf = [] };
                unnoted.Add((copies[i], known.GetValueOrDefault(copy.MemberId)));
            }
            if (unnoted.Count >= NotedAtOnce) Note();
            progress?.Invoke(written + alreadyThere, job.Members.Count);
        }

        void Note()
        {
            Record(job, request.Paper, request.By, unnoted);
            unnoted.Clear();
        }
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
            var today = books.Today(coOp);
            issue = new StatementIssue { RunId = run.Id, On = request.On ?? (today < posting.On ? posting.On : today), By = request.By, At = books.Now };
            db.StatementIssues.Add(issue);
            AuditTrail.Add(db, coOp.Id, issue.At, request.By, "statements.issue", $"run {run.Name}", Dated(issue.On));
        }
        var last = db.LedgerEntries.AsNoTracking().Where(entry => entry.CoOpId == coOp.Id && entry.Sequence == posting.LastSequence).Select(entry => new { entry.Sequence, entry.Hash }).SingleOrDefault();
        var prepare = new PrepareStatements(db, coOp, run, issue.On);
        return new Job(coOp, run, issue.On, prepare, prepare.Members(db), IssuedBefore(db, run.Id, request.Paper), last is null ? "" : Convert.ToHexStringLower(last.Hash), last?.Sequence ?? 0);
    }

    private Task<(List<(int MemberId, MemberStatement Statement)> Statements, Dictionary<int, StatementCopy> Known)> PrepareLater(Job job, PaperKind paper, (int Id, string Number)[] members)
    {
        var ids = members.Select(member => member.Id).ToArray();
        return Task.Run(() => (books.Read(db => job.Prepare.Of(db, ids)), job.IssuedBefore ? Known(job.Run.Id, paper, ids) : []));
    }

    private static bool IssuedBefore(EvergreenDb db, int runId, PaperKind paper)
    {
        var name = Name(paper);
        return db.StatementCopies.Any(copy => copy.RunId == runId && copy.Paper == name);
    }

    private Dictionary<int, StatementCopy> Known(int runId, PaperKind paper, int[] members)
    {
        var name = Name(paper);
        return books.Read(db => db.StatementCopies.Where(copy => copy.RunId == runId && copy.Paper == name && members.Contains(copy.MemberId)).ToDictionary(copy => copy.MemberId));
    }

    private static Printed Print(StatementBatch batch, Request request, Job job, int memberId, MemberStatement statement, StatementCopy? known)
    {
        var file = FileName(job.CoOp, job.Run, statement.Member.Number);
        var printed = new Printed(memberId, statement.Member.Number, file, statement.Settlement.Dividend, statement.Settlement.Payable, [], 0, "", Drawn: false);
        var path = request.OutFolder is null ? null : Path.Combine(request.OutFolder, file);
        if (path is not null && known is not null && File.Exists(path) && new FileInfo(path).Length == known.Bytes && File.ReadAllBytes(path) is var there && Sha256(there) == known.Sha256)
            return printed with { Pdf = there, Bytes = there.Length, Sha256 = known.Sha256 };
        var pdf = batch.Draw(statement);
        // Not written beside and moved, which costs a third of the drawing: a file that was cut short differs from its record, or has none, and is drawn again.
        if (path is not null) File.WriteAllBytes(path, pdf);
        return printed with { Pdf = pdf, Bytes = pdf.Length, Sha256 = Sha256(pdf), Drawn = true };
    }

    /// <summary>What the audit trail says of an issue.</summary>
    internal static string Dated(DateOnly on) => $"dated {on:yyyy-MM-dd}";

    /// <summary>Each copy in short, for the digest of those that were noted.</summary>
    internal static RowSum SumOf(StatementCopy copy) => RowSum.Of(string.Create(CultureInfo.InvariantCulture, $"{copy.RunId}|{copy.MemberId}|{copy.Paper}|{copy.Sha256}|{copy.Bytes}"));

    /// <summary>The copies are noted, and in the audit trail by what they change of the digest of all copies of the run.</summary>
    private void Record(Job job, PaperKind paper, string by, List<(Printed Copy, StatementCopy? Known)> copies)
    {
        var (runId, name) = (job.Run.Id, Name(paper));
        var fresh = copies.FindAll(copy => copy.Known?.Sha256 != copy.Copy.Sha256);
        if (fresh.Count == 0) return;
        books.Write<int>(false, db =>
        {
            var replaced = fresh.Where(copy => copy.Known is not null).Select(copy => copy.Copy.MemberId).ToArray();
            var sum = default(RowSum);
            if (replaced.Length > 0)
            {
                var before = db.StatementCopies.Where(copy => copy.RunId == runId && copy.Paper == name && replaced.Contains(copy.MemberId));
                foreach (var copy in before.AsNoTracking()) sum -= SumOf(copy);
                before.ExecuteDelete();
            }
            var noted = fresh.ConvertAll(copy => new StatementCopy { RunId = runId, MemberId = copy.Copy.MemberId, Paper = name, Sha256 = copy.Copy.Sha256, Bytes = copy.Copy.Bytes });
            BulkWriter.Insert(db, noted);
            foreach (var copy in noted) sum += SumOf(copy);
            AuditTrail.Add(db, job.CoOp.Id, books.Now, by, CopiesVerb, $"run {job.Run.Name}", $"{noted.Count} on {name}, {replaced.Length} of them anew, rows {sum}");
            return fresh.Count;
        });
    }

    internal static Refusal? Unprintable(StatementBatch batch, MemberStatement statement)
    {
        var letters = statement.Member.AddressLines.Prepend(statement.Member.Name).SelectMany(batch.MissingLetters).Distinct(StringComparer.Ordinal).ToList();
        return letters.Count == 0 ? null : Refusals.LettersMissing(statement.Member.Number, letters);
    }

    internal static string Name(PaperKind paper) => paper == PaperKind.A4 ? "a4" : "letter";

    internal static string FileName(CoOp coOp, DividendRun run, string number) => $"{coOp.Code}-{run.Name}-{SafeName(number)}.pdf";

    internal static string SafeName(string number) => string.Concat(number.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c.ToString() : $"%{(int)c:X2}"));

    internal static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>A statement as it was issued.</summary>
/// <param name="Pdf">Empty once it is put away.</param>
internal sealed record Printed(int MemberId, string Number, string File, Money Dividend, Money Payable, byte[] Pdf, int Bytes, string Sha256, bool Drawn);

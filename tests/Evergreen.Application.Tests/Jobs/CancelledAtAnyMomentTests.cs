using Evergreen.Application.Access;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Members;
using Evergreen.Domain.Statements;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Jobs;

/// <summary>Each kind of long work, stopped at its first word, its second, and so on until it comes to its end: whatever it had begun, nothing is half done, and asked for anew it does all of it once.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class CancelledAtAnyMomentTests(TestDatabase databases)
{
    private const int Workers = 450, ByMail = 250;
    private static readonly WorkOnJobs.Terms Terms = new("here", TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1));
    private OpenTestDatabase database = null!;
    private JobFiles files = null!;
    private Bakery bakery = null!;
    private string folder = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        folder = Directory.CreateTempSubdirectory("evergreen-cancel-").FullName;
        files = new JobFiles(Path.Combine(folder, "files"));
        bakery = Bakery.In(database, [.. Enumerable.Range(0, Workers).Select(i => 100_000L + i)]);
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void CalculatingARunLeavesNothing()
    {
        bakery.Adopt();
        Stopped(DividendJobs.Kinds.Single(kind => kind.Name == DividendJobs.Calculate), new DividendJobs.CalculateOrder("bakery", 2025), () => Said(db => $"{db.DividendRuns.Count()} {db.RunPools.Count()} {db.Allocations.Count()} {db.AuditRecords.Count(record => record.Verb == "dividends.calculate")}"),
            before: "0 0 0 0", after: $"1 1 {Workers} 1");
    }

    [Test]
    public void PostingARunLeavesNothing()
    {
        bakery.UpToApproval();
        var head = database.Books.Read(db => db.LedgerHeads.Single()).Sequence;
        Stopped(DividendJobs.Kinds.Single(kind => kind.Name == DividendJobs.Post), new DividendJobs.PostOrder("bakery", Bakery.Run, null), () => Said(db => $"{db.LedgerHeads.Single().Sequence - head} {db.LedgerEntries.Count() - head} {db.DividendPostings.Count()} {db.AuditRecords.Count(record => record.Verb == "dividends.post")}"),
            before: "0 0 0 0", after: $"{Workers + 1} {Workers + 1} 1 1");
    }

    [Test]
    public void IssuingStatementsLeavesNoFileAndNoStatementThatIsNotWhole()
    {
        bakery.UpToApproval();
        bakery.Post();
        var kind = StatementJobs.Kinds.Single(kind => kind.Name == StatementJobs.Issue);
        Stopped(kind, new StatementJobs.IssueOrder("bakery", Bakery.Run, PaperKind.Letter), () => $"{Files()}", before: "0", after: "1");
        Assert.That(database.Books.Read(db => (db.StatementIssues.Count(), db.StatementCopies.Count())), Is.EqualTo((1, Workers)));
        // The same bytes as where nobody stopped anything.
        var through = Path.Combine(folder, "through.zip");
        Assert.That(new IssueStatements(database.Books).Run(new("bakery", Bakery.Run, "ann", null, through)).Refusal, Is.Null);
        Assert.That(File.ReadAllBytes(Directory.GetFiles(files.Root, "*.zip", SearchOption.AllDirectories).Single()), Is.EqualTo(File.ReadAllBytes(through)));
    }

    [Test]
    public void PrintingLeavesNoFileAndNobodyNotedAsPrinted()
    {
        Issued();
        Stopped(StatementJobs.Kinds.Single(kind => kind.Name == StatementJobs.Print), new StatementJobs.PrintOrder("bakery", Bakery.Run, PaperKind.Letter, false), () => $"{Files()} {Said(db => $"{db.StatementDeliveries.Count(delivery => delivery.Way == StatementDeliveryWay.Printed)}")}",
            before: "0 0", after: $"1 {Workers}");
    }

    [Test]
    public void TellingMembersTellsEachOnceAndWhoWasToldIsNoted()
    {
        database.Books.Write<int>(false, db =>
        {
            foreach (var member in db.Members.OrderBy(member => member.Id).Take(ByMail))
            {
                member.Email = $"m{member.Number}@example.coop";
                db.DeliveryChoices.Add(new DeliveryChoice { CoOpId = member.CoOpId, MemberId = member.Id, On = new DateOnly(2026, 1, 1), Way = DeliveryWay.Electronic, RecordedAt = database.Books.Now });
            }
            return ByMail;
        });
        Issued();
        // It stands by itself step by step: what is queued stays so, with its note, and is not queued again.
        var told = 0;
        Stopped(StatementJobs.Kinds.Single(kind => kind.Name == StatementJobs.Notify), new StatementJobs.NotifyOrder("bakery", Bakery.Run, "https://bakery.example/"), () =>
        {
            var (mails, noted, most) = database.Books.Read(db => (db.Mails.Count(), db.StatementDeliveries.Count(delivery => delivery.Way == StatementDeliveryWay.Mailed), db.Mails.GroupBy(mail => mail.MemberId).Select(each => each.Count()).ToList().DefaultIfEmpty(0).Max()));
            Assert.That((mails == noted, mails >= told, most <= 1), Is.EqualTo((true, true, true)), $"{mails} mails, {noted} noted, {told} before, {most} for one member");
            told = mails;
            return mails == ByMail ? "all" : "some";
        }, before: "some", after: "all");
    }

    [TestCase(ImportKind.Hours, "450 0 0 0", "0 0 0 1", "450 rows removed, those that were held included")]
    [TestCase(ImportKind.Equity, "450 0 0 0", "0 0 450 1", "450 entries of the ledger reversed")]
    [TestCase(ImportKind.Members, "50 450 0 0", "0 0 0 1", "50 members that came with it removed, 450 members again what they were")]
    public void TakingAnImportBackLeavesAllOfItInTheBooks(ImportKind kind, string before, string after, string said)
    {
        var number = Imported(kind);
        Stopped(ImportJobs.Kinds.Single(one => one.Name == ImportJobs.Withdraw), new ImportJobs.WithdrawOrder("bakery", number, "wrong file"), () => Said(db =>
        {
            var id = db.Imports.Single(import => import.Number == number).Id;
            var rows = db.HoursWorked.Count(row => row.ImportId == id) + db.EquityRows.Count(row => row.ImportId == id) + db.Members.Count(member => member.ImportId == id);
            return $"{rows} {db.MembersBeforeImport.Count()} {db.LedgerEntries.Count(entry => entry.Kind == EntryKind.Reversal)} {db.AuditRecords.Count(record => record.Verb == "import.withdraw")}";
        }), before, after);
        Assert.That(new CheckBooks(database.Books).Run(new()).Value.Findings, Is.Empty);
        var (job, act) = database.Books.Read(db => (db.Jobs.OrderByDescending(one => one.Id).First(), db.AuditRecords.Single(record => record.Verb == "import.withdraw")));
        Assert.That(JobResult.FromJson(job.ResultJson), Is.EqualTo(new JobResult($"Import {number} is withdrawn: {said}.", Import: number)));
        Assert.That((act.By, act.From), Is.EqualTo(("ann", $"job {job.Id}")), "under whoever asked for it");

        // Asked for once more it is refused, and says who did it before.
        Assert.That(Run(ImportJobs.Kinds.Single(one => one.Name == ImportJobs.Withdraw), new ImportJobs.WithdrawOrder("bakery", number, "wrong file"), 0), Is.EqualTo(WorkOnJobs.Ending.Failed));
        Assert.That(Said(db => db.Jobs.OrderByDescending(one => one.Id).First().RefusalSentence!), Does.Contain($"Import {number} was withdrawn on").And.Contain("by ann: wrong file"));
    }

    [Test]
    public void WhatStandsInTheWayOfTakingAnImportBackIsInTheLog()
    {
        var number = Imported(ImportKind.Equity);
        var shares = SampleCoOp.File("out.csv", "source_id,member_number,account,fiscal_year,posted_on,amount", "O1,0002,membership_share,,2026-01-11,-105.00", "O2,0001,membership_share,,2026-01-11,-105.00");
        Assert.That(new ImportEquity(database.Books).Run(new("bakery", shares, "ann") { DespiteTotals = true }).Value.Committed, Is.True);
        Assert.That(Run(ImportJobs.Kinds.Single(one => one.Name == ImportJobs.Withdraw), new ImportJobs.WithdrawOrder("bakery", number, "wrong file"), 0), Is.EqualTo(WorkOnJobs.Ending.Failed));
        Assert.That(database.Books.Read(db => db.JobLines.OrderBy(line => line.No).Select(line => line.Text).ToList()), Is.EqualTo(new[]
        {
            "Begun.", "In the way: member 0001, membership_share: only 5.00 is left there: something was taken out since.", "In the way: member 0002, membership_share: only 5.00 is left there: something was taken out since.",
            $"Member 0001 holds 5.00 in membership_share, less than import {number} brought there: something was taken out since. Take that back first.",
        }));
    }

    /// <summary>A file of the kind about every worker; that of members has new ones besides.</summary>
    private int Imported(ImportKind kind)
    {
        var numbers = Enumerable.Range(1, Workers);
        var request = (ImportFile file) => new ImportRequest("bakery", file, "ann") { DespiteTotals = true };
        var report = kind switch
        {
            ImportKind.Hours => new ImportHours(database.Books).Run(request(SampleCoOp.File("hours.csv", ["source_id,member_number,work_date,hours", .. numbers.Select(i => $"H{i},{i:0000},2026-01-05,8.00")]))).Value,
            ImportKind.Equity => new ImportEquity(database.Books).Run(request(SampleCoOp.File("equity.csv", ["source_id,member_number,account,fiscal_year,posted_on,amount", .. numbers.Select(i => $"E{i},{i:0000},membership_share,,2026-01-05,10.00")]))).Value,
            _ => new ImportMembers(database.Books, new KeyFile(Path.Combine(folder, "books.keys"))).Run(request(SampleCoOp.File("members.csv", ["member_number,name,joined_on", .. numbers.Select(i => $"{i:0000},Baker {i},2020-01-01"), .. Enumerable.Range(Workers + 1, 50).Select(i => $"{i:0000},Miller {i},2026-01-05")]))).Value,
        };
        Assert.That(report.Committed, Is.True, $"{report.NotTaken?.Sentence} {report.Problems.FirstOrDefault()}");
        return report.Number!.Value;
    }

    private void Issued()
    {
        bakery.UpToApproval();
        bakery.Post();
        Assert.That(new IssueStatements(database.Books).Run(new("bakery", Bakery.Run, "ann", Path.Combine(folder, "pdf"))).Refusal, Is.Null);
    }

    private int Files() => Directory.Exists(files.Root) ? Directory.GetFiles(files.Root, "*", SearchOption.AllDirectories).Length : 0;

    private string Said(Func<EvergreenDb, string> say) => database.Books.Read(say);

    /// <summary>Stops the work at each of its words in turn, and looks at what is there.</summary>
    private void Stopped(JobKind kind, object order, Func<string> state, string before, string after)
    {
        var moments = 0;
        for (var word = 1; ; word++)
        {
            Assert.That(word, Is.LessThan(60), "it comes to an end");
            var ending = Run(kind, order, word);
            if (ending == WorkOnJobs.Ending.Done) break;
            Assert.That((ending, state()), Is.EqualTo((WorkOnJobs.Ending.Cancelled, before)), $"stopped at word {word}");
            moments++;
        }
        Assert.That(state(), Is.EqualTo(after));
        Assert.That(moments, Is.GreaterThanOrEqualTo(1), "it was stopped on the way");
        TestContext.Out.WriteLine($"proof: {kind.Name} stopped at {moments} moments");
    }

    private WorkOnJobs.Ending Run(JobKind kind, object order, int word)
    {
        WorkOnJobs? worker = null;
        var words = 0;
        var kinds = new JobKinds([kind with
        {
            Work = (books, task, voice, stop) => kind.Work(books, task, voice with
            {
                Progress = (stage, done, total) =>
                {
                    voice.Progress(stage, done, total);
                    if (Interlocked.Increment(ref words) == word) worker!.AskToStop(task.JobId);
                },
            }, stop),
        }]);
        worker = new WorkOnJobs(database.Books, kinds, files, Terms);
        Assert.That(new StartJob(database.Books, kinds).Run(new(kind.Name, bakery.CoOp.Id, "test", order, Guid.NewGuid().ToString("N"), "ann")).Refusal, Is.Null);
        var result = worker.RunNext(default);
        Assert.That(result.Fault, Is.Null);
        return result.Ending;
    }
}

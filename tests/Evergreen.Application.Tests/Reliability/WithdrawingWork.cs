using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Jobs;
using Evergreen.Worker;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>Taking an import of equity back, as the job that a page asks for.</summary>
internal sealed class WithdrawingWork : Workload
{
    private const int Import = 2;
    private readonly int rows;
    private readonly int job;

    public WithdrawingWork(TestDatabase databases, int members, int rows) : base(databases, members)
    {
        this.rows = rows;
        var file = SampleCoOp.File("equity.csv", ["source_id,member_number,account,fiscal_year,posted_on,amount", .. Enumerable.Range(0, rows).Select(i => $"E{i},{i % members + 1:0000},membership_share,,2026-01-{i % 14 + 1:00},1.00")]);
        var imported = new ImportEquity(Origin.Books).Run(new ImportRequest(null, file, "bea") { DespiteTotals = true }).Value;
        Assert.That((imported.Committed, imported.Number), Is.EqualTo((true, Import)));
        job = new StartJob(Origin.Books, new JobKinds(ImportJobs.Kinds)).Run(new(ImportJobs.Withdraw, Bakery.CoOp.Id, ImportJobs.SubjectOfImport(Import), new ImportJobs.WithdrawOrder("bakery", Import, "killed on purpose"), "once", "bea")).Value.JobId;
    }

    public override IReadOnlyList<string> Order(DatabaseAddress address) => ["undo"];

    protected override int Standing(Books books) => books.Read(db =>
    {
        var withdrawn = db.Imports.Count(import => import.Number == Import && import.WithdrawnAt != null);
        var reversed = Whole(db.LedgerEntries.LongCount(entry => entry.Kind == EntryKind.Reversal), rows);
        return withdrawn == reversed && withdrawn == db.AuditRecords.Count(record => record.Verb == "import.withdraw") && withdrawn == (db.EquityRows.Any() ? 0 : 1) ? withdrawn : -1;
    });

    /// <summary>An hour later, when whoever had the job is known to be gone. However far it had come, it ends with the same words.</summary>
    protected override void Repeat(Books books)
    {
        var later = new Books(books.Address, new FakeTimeProvider(StoppedClock.February2026.GetUtcNow().AddHours(1)));
        var worker = new WorkOnJobs(later, new JobKinds(ImportJobs.Kinds), JobFiles.Of(books.Address), new("other", TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1)));
        while (worker.RunNext(CancellationToken.None) is { Ending: not WorkOnJobs.Ending.Idle } result) Assert.That(result.Fault, Is.Null);
        var ended = books.Read(db => db.Jobs.Single(one => one.Id == job));
        Assert.That((ended.State, JobResult.FromJson(ended.ResultJson)?.Sentence), Is.EqualTo((JobState.Done, $"Import {Import} is withdrawn: {rows} entries of the ledger reversed.")));
    }
}

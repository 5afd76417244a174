using Evergreen.Application.Audit;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Languages;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Audit;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class AuditTimelineTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private SampleCoOp shop = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        shop = SampleCoOp.In(database);
        for (var day = 0; day < 3; day++)
        {
            Act(shop.CoOp.Id, "ann", "members.note", "member 0042", "one");
            Act(shop.CoOp.Id, "bo", "members.address", "member 0043", "two");
            Act(null, "cy", "access.sign-in", "user 3", null);
            database.Clock.Advance(TimeSpan.FromDays(1));
        }
    }

    [TearDown]
    public void Close() => database.Dispose();

    private void Act(int? coOp, string by, string verb, string subject, string? detail) => database.Books.Write<int>(dryRun: false, db =>
    {
        AuditTrail.Add(db, coOp, database.Books.Now, by, verb, subject, detail);
        return 0;
    });

    private AuditTimeline.Result Look(Func<AuditTimeline.Request, AuditTimeline.Request> filter) => new AuditTimeline(database.Books).Run(filter(new(shop.CoOp.Id))).Value;

    [Test]
    public void TheNewestComesFirstAndOtherCoOpsNever()
    {
        var all = Look(request => request);
        Assert.That(all.Records.Select(record => record.Verb), Is.EqualTo(new[] { "members.address", "members.note", "members.address", "members.note", "members.address", "members.note", "co-op.create" }));
        Assert.That((string.Join(' ', all.People), string.Join(' ', all.Verbs)), Is.EqualTo(("ann bea bo", "co-op.create members.address members.note")));
        Assert.That(Look(request => request with { WholeHouse = true }).Records, Has.Count.EqualTo(10));
        Assert.That(new AuditTimeline(database.Books).Run(new(shop.CoOp.Id + 1)).Value.Records, Is.Empty);
    }

    [Test]
    public void EachRecordSaysFromWhereItWasAskedFor()
    {
        Whence.Begin("192.0.2.7");
        Act(shop.CoOp.Id, "ann", "members.note", "member 0044", null);
        Whence.Begin("job 12\r\n" + new string('x', 100));
        Act(shop.CoOp.Id, "ann", "members.note", "member 0045", null);
        Assert.That(Look(request => request with { Subject = "member 0044" }).Records.Single().From, Is.EqualTo("192.0.2.7"));
        Assert.That(Look(request => request with { Subject = "member 0045" }).Records.Single().From, Is.EqualTo("job 12\uFFFD\uFFFD" + new string('x', Whence.Longest - 8)));
    }

    [Test]
    public void VerbsAreSaidInWords()
    {
        Assert.That(AuditVerbs.Known.Select(AuditVerbs.Say), Is.Unique);
        Assert.That((AuditVerbs.Say("dividends.post"), AuditVerbs.Say("import.equity"), AuditVerbs.Say("portal.first-visit")), Is.EqualTo(("Posted a dividend", "Imported shares and notices", "Portal: first visit")));
        var spanish = Language.Of("es", "US");
        Assert.That((AuditVerbs.Say("dividends.post", spanish), AuditVerbs.Say("import.equity", spanish)), Is.EqualTo(("Asentó un dividendo", "Importó participaciones y avisos")), "as a member reads it in the record of what was done");
        Assert.That(AuditVerbs.Known.Select(verb => AuditVerbs.Say(verb, spanish)), Is.Unique);
        Assert.That((AuditVerbs.SayKind("import."), AuditVerbs.SayKind("portal.")), Is.EqualTo(("imports", "portal")));
    }

    [Test]
    public void WhoWhatWhenAndOnWhatAreFiltersThatJoin()
    {
        Assert.That(Look(request => request with { By = "ann" }).Records, Has.Count.EqualTo(3));
        Assert.That(Look(request => request with { Verb = "members." }).Records, Has.Count.EqualTo(6));
        Assert.That(Look(request => request with { Verb = "members.note", Subject = "member 0042", From = new DateOnly(2026, 1, 16) }).Records, Has.Count.EqualTo(2));
        Assert.That(Look(request => request with { From = new DateOnly(2026, 1, 16), To = new DateOnly(2026, 1, 16) }).Records.Select(record => record.At), Is.All.EqualTo(new DateTime(2026, 1, 16, 10, 0, 0, DateTimeKind.Utc)));
        Assert.That(new AuditTimeline(database.Books).Run(new(shop.CoOp.Id) { From = new DateOnly(2026, 2, 2), To = new DateOnly(2026, 2, 1) }).Refusal!.Code, Is.EqualTo("audit-days-reversed"));
    }

    [Test]
    public void ASubjectShowsItsOwnRecordsAndThoseOfItsPartsAlone()
    {
        foreach (var subject in (string[])["run 2025-1", "run 2025-1, missing-bank", "run 2025-10", "run 2025-10, dust", "year 2025", "year 2025, line 3", "policy 2025 version 1", "policy 2025 version 2", "policy 2026 version 1", "member 0042, other"])
            Act(shop.CoOp.Id, "ann", "members.note", subject, null);
        string[] On(string subject) => [.. Look(request => request with { Subject = subject }).Records.Select(record => record.Subject).Distinct().Order(StringComparer.Ordinal)];
        Assert.That(On("run 2025-1"), Is.EqualTo(new[] { "run 2025-1", "run 2025-1, missing-bank" }));
        Assert.That(On("run 2025-1, missing-bank"), Is.EqualTo(new[] { "run 2025-1, missing-bank" }));
        Assert.That(On("year 2025"), Is.EqualTo(new[] { "year 2025", "year 2025, line 3" }));
        Assert.That(On("policy 2025"), Is.EqualTo(new[] { "policy 2025 version 1", "policy 2025 version 2" }));
        Assert.That(On("member 0042"), Is.EqualTo(new[] { "member 0042" }));
        Assert.That(On("run 2025-%"), Is.Empty);
    }

    [Test]
    public void PagesFollowEachOtherWithoutGapAndAnExportHasThemAll()
    {
        for (var i = 0; i < 60; i++) Act(shop.CoOp.Id, "ann", "members.note", $"member {i}", null);
        var first = Look(request => request with { By = "ann" });
        var second = Look(request => request with { By = "ann", Before = first.Next });
        Assert.That((first.Records.Count, second.Records.Count, second.Next), Is.EqualTo((50, 13, (string?)null)));
        Assert.That(first.Records.Concat(second.Records).Select(record => record.Id), Is.Ordered.Descending.And.Unique);
        var exported = new List<long>();
        Assert.That(new AuditTimeline(database.Books).Export(new(shop.CoOp.Id) { By = "ann" }, record => exported.Add(record.Id)).Value, Is.EqualTo(63));
        Assert.That(exported, Is.Ordered.Descending);
    }
}

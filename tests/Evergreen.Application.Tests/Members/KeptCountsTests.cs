using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>How many a list holds is counted once, and anew after every act at the co-op.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class KeptCountsTests(TestDatabase databases)
{
    private static readonly MemberFilter Reached = new(null, null, null, true, false, false, new DateOnly(2026, 1, 15));
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        SampleCoOp.In(database);
        Enrol("Ana");
    }

    [TearDown]
    public void Close() => database.Dispose();

    private string Enrol(string given) => new EnrolMember(database.Books).Run(new(null, null, new Particulars { GivenName = given, FamilyName = "Zu", Email = "a@example.org" }, [], new DateOnly(2024, 5, 1), "ann")).Value.Number;

    private long Count() => new MemberList(database.Books).Run(new(null, Reached)).Value.Count;

    [Test]
    public void EveryActIsCounted()
    {
        var before = Count();
        var number = Enrol("Bea");
        Assert.That(Count(), Is.EqualTo(before + 1));
        var version = new MemberPage(database.Books).Run(null, number).Value.Version;
        Assert.That(new EditMember(database.Books).Run(new(null, number, version, new Particulars { GivenName = "Bea", FamilyName = "Zu" }, "ann")).Refusal, Is.Null);
        Assert.That(Count(), Is.EqualTo(before), "whoever lost the address is not among those with one");
    }

    [Test]
    public void ItIsKeptUntilThen()
    {
        var before = Count();
        // As nothing in the program does it: no line in the audit trail tells.
        database.Books.Write<int>(false, db => db.Members.Where(member => member.Email != null).ExecuteUpdate(set => set.SetProperty(member => member.Email, (string?)null)));
        Assert.That(Count(), Is.EqualTo(before));
        database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That(Count(), Is.EqualTo(before), "however long ago");
        Enrol("Cid");
        Assert.That(Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task WhoeverAsksWhileItIsCountedWaitsForTheAnswer()
    {
        var (counts, id, asked, counted) = (new KeptCounts(), database.Books.Read(db => db.CoOps.Single().Id), 0, 0);
        using var begun = new ManualResetEventSlim();
        long Ask() => database.Books.Read(db =>
        {
            Interlocked.Increment(ref asked);
            return counts.Of(db, id, "members", () =>
            {
                Interlocked.Increment(ref counted);
                begun.Set();
                Assert.That(SpinWait.SpinUntil(() => Volatile.Read(ref asked) == 5, TimeSpan.FromSeconds(20)));
                return db.Members.LongCount();
            });
        });
        List<Task<long>> all = [Task.Run(Ask)];
        Assert.That(begun.Wait(TimeSpan.FromSeconds(20)));
        for (var i = 0; i < 4; i++) all.Add(Task.Run(Ask));
        Assert.That(await Task.WhenAll(all), Is.All.EqualTo(database.Books.Read(db => db.Members.LongCount())));
        Assert.That(counted, Is.EqualTo(1));
    }

    [Test]
    public void CountThatFailedIsNotKept()
    {
        var (counts, id) = (new KeptCounts(), database.Books.Read(db => db.CoOps.Single().Id));
        Assert.That(() => database.Books.Read(db => counts.Of(db, id, "members", () => throw new InvalidOperationException("away"))), Throws.InvalidOperationException);
        Assert.That(database.Books.Read(db => counts.Of(db, id, "members", () => 3)), Is.EqualTo(3));
    }

    /// <summary>A picture that was taken before an act is not told what another has counted since.</summary>
    [Test]
    public void OlderPictureIsCountedByItself()
    {
        var (counts, id) = (new KeptCounts(), database.Books.Read(db => db.CoOps.Single().Id));
        long Count(EvergreenDb db) => counts.Of(db, id, "members", () => db.Members.LongCount());
        database.Books.Read(older =>
        {
            var before = older.Members.LongCount();
            Enrol("Dan");
            Assert.That(database.Books.Read(Count), Is.EqualTo(before + 1));
            Assert.That(Count(older), Is.EqualTo(before));
            return 0;
        });
        Assert.That(database.Books.Read(Count), Is.EqualTo(database.Books.Read(db => db.Members.LongCount())));
    }
}

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
        if (databases.Kind != DatabaseKind.Sqlite)
        {
            database.Clock.Advance(KeptCounts.Longest);
            Assert.That(Count(), Is.Zero, "servers number lines before they commit: there a count is not kept for long");
            return;
        }
        Enrol("Cid");
        Assert.That(Count(), Is.EqualTo(1));
    }
}

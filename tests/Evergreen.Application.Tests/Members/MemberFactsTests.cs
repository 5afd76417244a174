using System.Text;
using Evergreen.Application.Dividends;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>Members' dated facts: what was true on a day stays true of that day.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class MemberFactsTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        Bakery.In(database, [100_00, 200_00]);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private static DateOnly Day(int year, int month, int day) => new(year, month, day);

    private Outcome<ChangeStatus.Result> Status(MemberStatus status, DateOnly on, string member = "0001") => new ChangeStatus(database.Books).Run(new ChangeStatus.Request(null, member, status, on, "ann"));
    private Outcome<IReadOnlyList<string>> Class(string code, bool enters, DateOnly on, bool create = false) => new ChangeClass(database.Books).Run(new ChangeClass.Request(null, "0001", code, enters, on, "ann", create));
    private Outcome<ConsentFact> Consent(ConsentKind kind, DateOnly on, bool ends = false) => new RecordConsent(database.Books).Run(new RecordConsent.Request(null, "0001", kind, on, "ann", ends));
    private MemberRegister.Entry AsOf(DateOnly date) => new MemberRegister(database.Books).AsOf(null, date, "0001").Value.Single();

    [Test]
    public void StatusIsWhatItWasOnThatDay()
    {
        Status(MemberStatus.OnLeave, Day(2024, 3, 1));
        Status(MemberStatus.Active, Day(2024, 9, 1));
        Status(MemberStatus.Suspended, Day(2025, 2, 1));
        Status(MemberStatus.Left, Day(2025, 6, 30));
        Assert.That(new[] { Day(2019, 12, 31), Day(2024, 2, 29), Day(2024, 3, 1), Day(2024, 12, 31), Day(2025, 3, 1), Day(2025, 6, 29), Day(2025, 6, 30) }.Select(day => AsOf(day).Status),
            Is.EqualTo(new MemberStatus?[] { null, MemberStatus.Active, MemberStatus.OnLeave, MemberStatus.Active, MemberStatus.Suspended, MemberStatus.Suspended, MemberStatus.Left }));
        Assert.That(Status(MemberStatus.Left, Day(2025, 7, 1)).Value.AlreadyThere, Is.True);
    }

    [Test]
    public void NothingFollowsADeathAndNothingComesBeforeJoining()
    {
        Assert.That(Status(MemberStatus.Deceased, Day(2025, 5, 5)).IsRefused, Is.False);
        Assert.That(Status(MemberStatus.Active, Day(2025, 6, 1)).Refusal!.Code, Is.EqualTo("member-deceased"));
        Assert.That(Status(MemberStatus.OnLeave, Day(2019, 1, 1)).Refusal!.Code, Is.EqualTo("member-not-yet"));
        Assert.That(Status(MemberStatus.Left, Day(2025, 1, 1), "0099").Refusal!.Code, Is.EqualTo("member-unknown"));
    }

    /// <summary>Heard of late: the register has facts of later days by then.</summary>
    [Test]
    public void ADeathRecordedLateIsFinalEverywhere()
    {
        Assert.That(Status(MemberStatus.OnLeave, Day(2025, 6, 1)).IsRefused, Is.False);
        Assert.That(Status(MemberStatus.Active, Day(2025, 8, 1)).IsRefused, Is.False);
        Assert.That(Status(MemberStatus.Deceased, Day(2025, 5, 5)).IsRefused, Is.False);
        Assert.That(new[] { Day(2025, 5, 4), Day(2025, 5, 5), Day(2025, 6, 1), Day(2025, 12, 31) }.Select(day => AsOf(day).Status), Is.EqualTo(new MemberStatus?[] { MemberStatus.Active, MemberStatus.Deceased, MemberStatus.Deceased, MemberStatus.Deceased }));
        Assert.That(new MemberPage(database.Books).Run(null, "0001").Value.Status, Is.EqualTo(MemberStatus.Deceased));
        IEnumerable<string> Listed(MemberStatus status) => new MemberList(database.Books).Run(new(null, new MemberFilter(null, status, null, null, false, false, Day(2026, 1, 15)))).Value.Rows.Select(row => row.Number);
        Assert.That((Listed(MemberStatus.Active).Single(), Listed(MemberStatus.Deceased).Single()), Is.EqualTo(("0002", "0001")));
        Assert.That((new YearOverview(database.Books).Run(null).Value.Members, new InviteMembers(database.Books).HowMany(null).Value.Without), Is.EqualTo((1, 1)));

        using var file = new MemoryStream();
        Assert.That(new ExportMembers(database.Books).Run(null, file, "ann").IsRefused, Is.False);
        Assert.That(Encoding.UTF8.GetString(file.ToArray()).Split("\r\n")[1], Does.Contain("2020-01-01,2025-05-05"));
        var again = new ImportMembers(database.Books).Run(SampleCoOp.Request(new ImportFile("members.csv", () => new MemoryStream(file.ToArray()))) with { CoOp = null }).Value;
        Assert.That((again.NotTaken, again.Members!.Changed), Is.EqualTo(((Refusal?)null, 0L)));
    }

    [Test]
    public void ClassesAreWhatTheyWereOnThatDay()
    {
        Assert.That(Class("driver", true, Day(2025, 1, 1)).Refusal!.Code, Is.EqualTo("class-unknown"));
        Assert.That(Class("driver", true, Day(2025, 1, 1), create: true).Value, Is.EqualTo(new[] { "driver", "worker" }));
        Assert.That(Class("driver", true, Day(2025, 2, 1)).Refusal!.Code, Is.EqualTo("class-unchanged"));
        Assert.That(Class("worker", false, Day(2025, 3, 1)).Value, Is.EqualTo(new[] { "driver" }));
        Assert.That(AsOf(Day(2025, 2, 28)).Classes, Is.EqualTo(new[] { "driver", "worker" }));
        Assert.That(AsOf(Day(2024, 12, 31)).Classes, Is.EqualTo(new[] { "worker" }));
    }

    [Test]
    public void ConsentCoversWhatItsKindSays()
    {
        Assert.That(Consent(ConsentKind.Written, Day(2025, 4, 1), ends: true).Refusal!.Code, Is.EqualTo("consent-missing"));
        Assert.That(Consent(ConsentKind.Bylaw, Day(2024, 12, 1), ends: true).IsRefused, Is.False);
        Assert.That(AsOf(Day(2025, 12, 31)).ConsentFrom, Is.Null);
        var written = Consent(ConsentKind.Written, Day(2025, 4, 1)).Value;
        Assert.That(Consent(ConsentKind.Written, Day(2025, 4, 1)).Value.Id, Is.EqualTo(written.Id), "recorded once");
        Assert.That(AsOf(Day(2025, 12, 31)).ConsentFrom, Is.EqualTo(Day(2025, 1, 1)), "a written consent covers the whole year of its receipt");
    }

    [Test]
    public void AConsentByTheBylawSaysOfWhichBylawACopyWasGiven()
    {
        Outcome<ConsentFact> Given(DateOnly on, string? bylaw, ConsentKind kind = ConsentKind.Bylaw, bool ends = false) => new RecordConsent(database.Books).Run(new(null, "0001", kind, on, "ann", ends, Bylaw: bylaw));
        IReadOnlyDictionary<DateOnly, string> Bylaws() => new MemberPage(database.Books).Run(null, "0001").Value.BylawsGiven;
        Given(Day(2025, 2, 1), null);
        Assert.That(Bylaws(), Is.Empty, "nobody has to say it");
        Given(Day(2025, 2, 1), " bylaw 7.3 of 12 March 2024 ");
        Given(Day(2025, 2, 1), "bylaw 7.3 of 12 March 2024");
        Given(Day(2025, 8, 1), "bylaw 7.4, with a copy of its annex");
        Assert.That(Bylaws(), Is.EquivalentTo(new Dictionary<DateOnly, string> { [Day(2025, 2, 1)] = "bylaw 7.3 of 12 March 2024", [Day(2025, 8, 1)] = "bylaw 7.4, with a copy of its annex" }));
        Assert.That(database.Books.Read(db => db.AuditRecords.Where(record => record.Verb == "member.consent").OrderBy(record => record.Id).Select(record => record.Detail).ToList()), Is.EqualTo(new[]
        {
            "Bylaw on 2025-02-01", "Bylaw on 2025-02-01, with a copy of bylaw 7.3 of 12 March 2024", "Bylaw on 2025-08-01, with a copy of bylaw 7.4, with a copy of its annex",
        }), "said twice, written down once");
        Assert.That(Given(Day(2025, 9, 1), "bylaw 7.3", ConsentKind.Written).Refusal!.Code, Is.EqualTo("bylaw-without-notice"));
        Assert.That(Given(Day(2025, 9, 1), "bylaw 7.3", ends: true).Refusal!.Code, Is.EqualTo("bylaw-without-notice"));
        Assert.That(Given(Day(2025, 9, 1), new string('b', RecordConsent.LongestBylaw + 1)).Refusal!.Code, Is.EqualTo("text-too-long"));
    }

    [Test]
    public void RegisterHoldsEveryMemberInTheOrderOfNumbers() =>
        Assert.That(new MemberRegister(database.Books).AsOf(null, Day(2025, 12, 31)).Value.Select(entry => (entry.Number, entry.Status)), Is.EqualTo(new[] { ("0001", (MemberStatus?)MemberStatus.Active), ("0002", MemberStatus.Active) }));
}

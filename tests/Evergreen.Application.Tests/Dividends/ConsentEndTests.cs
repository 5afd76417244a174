using System.Text;
using Evergreen.Application.Dividends;
using Evergreen.Application.Members;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Dividends;

/// <summary>Three workers, of whom one leaves in July and works on as no member, and one whose bylaw consent is interrupted.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class ConsentEndTests(TestDatabase databases)
{
    private const string Policy = """
        { "netIncomeBasis": "book", "memberRatio": "100%", "collectiveReserve": "0%",
          "pools": [ { "code": "labour", "name": "Labour", "net": "100%", "unit": [ { "measure": "hours" } ], "cash": "20%", "notice": "qualified", "eligibility": { "activeAtYearEnd": false } } ],
          "losses": { "steps": [ "reserve" ] } }
        """;

    private static readonly DateOnly Left = new(2025, 7, 1);
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, [200_00, 200_00, 100_00], net: "1000.00", otherHours: 0);
        Work(1, Left, 75_00);
        Work(1, new DateOnly(2025, 12, 31), 25_00);
        Assert.That(new ChangeStatus(database.Books).Run(new(null, "0002", MemberStatus.Left, Left, "ann")).IsRefused, Is.False);
        Assert.That(new RecordConsent(database.Books).Run(new(null, "0003", ConsentKind.Bylaw, new DateOnly(2025, 2, 1), "ann", Ends: true)).IsRefused, Is.False);
        Assert.That(new RecordConsent(database.Books).Run(new(null, "0003", ConsentKind.Bylaw, new DateOnly(2025, 6, 1), "ann")).IsRefused, Is.False);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private void Work(int member, DateOnly on, long hundredths) => database.Books.Write<int>(false, db =>
    {
        var (id, import) = (bakery.Members[member].Id, db.Imports.First(one => one.CoOpId == bakery.CoOp.Id));
        var total = db.PatronageTotals.Single(one => one.MemberId == id);
        (total.Quantity, total.Rows) = (total.Quantity + hundredths, total.Rows + 1);
        db.Add(new HoursWorked { SourceId = import.SourceId, SourceRef = $"{member} on {on:yyyy-MM-dd}", CoOpId = bakery.CoOp.Id, MemberId = id, On = on, HoursHundredths = hundredths, CategoryId = total.CategoryId, ImportId = import.Id, Row = 100 + (int)total.Rows });
        return 1;
    });

    private Allocation Row(int member) => database.Books.Read(db => db.Allocations.Single(row => row.MemberId == bakery.Members[member].Id));

    [Test]
    public void PatronageAfterLeavingIsNonqualifiedAndWhatCameBeforeStaysQualified()
    {
        bakery.UpToApproval(Policy);
        // 200, 300 and 100 of 600 hours. Of the 500.00 of the second, two thirds stand on hours before July: 333.33, of which 66.67 in cash; of the other 166.67 it is 33.33.
        Assert.That(Forms(0), Is.EqualTo((333_33L, 66_67L, 266_66L, 0L)));
        Assert.That(Forms(1), Is.EqualTo((500_00L, 100_00L, 266_66L, 133_34L)));
        Assert.That(Forms(2), Is.EqualTo((166_67L, 33_34L, 133_33L, 0L)), "worked in June, when the consent was in force again");
        bakery.Post();
        Assert.That(new CheckBooks(database.Books).Run(new CheckBooks.Request()).Value.Findings, Is.Empty);

        (long, long, long, long) Forms(int member)
        {
            var row = Row(member);
            return (row.DividendCents, row.CashCents, row.QualifiedCents, row.NonqualifiedCents);
        }
    }

    [Test]
    public void HouseholdGoesWithTheConsentOfItsPrimaryOwner()
    {
        database.Books.Write<int>(false, db =>
        {
            db.Members.Single(one => one.Id == bakery.Members[2].Id).HouseholdOfId = bakery.Members[1].Id;
            return 1;
        });
        Work(2, new DateOnly(2025, 8, 1), 50_00);
        bakery.UpToApproval(Policy);
        // 450 of 650 hours, 150 of them from July on: 692.31, of which 461.54 and 230.77.
        var row = Row(1);
        Assert.That((row.DividendCents, row.CashCents, row.QualifiedCents, row.NonqualifiedCents), Is.EqualTo((692_31L, 92_31L + 46_15L, 369_23L, 184_62L)));
    }

    [Test]
    public void ExplanationShowsTheSplitAndBothRoundings()
    {
        bakery.UpToApproval(Policy);
        bakery.Post();
        var steps = new ExplainDividend(database.Books).Run(null, 2025, "0002").Value.Steps.Where(step => step.Part == "me").ToDictionary(step => step.Text, step => (step.Figure, step.Source));
        Assert.That(steps["My units on days that my consent covers"], Is.EqualTo(("200.00", "2025-01-01 to 2025-06-30")));
        Assert.That(steps["My units on the other days"].Figure, Is.EqualTo("100.00"));
        Assert.That(steps["My dividend on what my consent covers"].Figure, Is.EqualTo("333.33"));
        Assert.That(steps["My dividend on the rest"].Figure, Is.EqualTo("166.67"));
        Assert.That(steps["Cash of what my consent covers"], Is.EqualTo(("66.67", "20%, rounded up to the cent so that it is never below 20 %")));
        Assert.That(steps["Cash of the rest"], Is.EqualTo(("33.33", "20%, to the nearest cent")));
        Assert.That(steps["of it in cash"], Is.EqualTo(("100.00", "sum")));

        var whole = new ExplainDividend(database.Books).Run(null, 2025, "0001").Value.Steps;
        Assert.That(whole.Single(step => step.Text == "of it in cash").Source, Does.StartWith("20%, rounded up"));
        Assert.That(whole.Select(step => step.Text), Has.None.Contains("my consent covers"));
    }

    [Test]
    public void WithoutAnyConsentNothingIsSaidToBeRoundedUp()
    {
        new RecordConsent(database.Books).Run(new(null, "0001", ConsentKind.Bylaw, new DateOnly(2024, 1, 1), "ann", Ends: true));
        bakery.UpToApproval(Policy);
        bakery.Post();
        var cash = new ExplainDividend(database.Books).Run(null, 2025, "0001").Value.Steps.Single(step => step.Text == "of it in cash");
        Assert.That((cash.Figure, cash.Source), Is.EqualTo(("66.67", "20%, to the nearest cent, because no consent of mine covers the year")));
        Assert.That(Row(0).QualifiedCents, Is.Zero);

        // 166.67 in one piece is 33.334, which is rounded up to 33.34; without consent it would be 33.33.
        new RecordConsent(database.Books).Run(new(null, "0003", ConsentKind.Bylaw, new DateOnly(2024, 1, 1), "ann", Ends: true));
        new RecordConsent(database.Books).Run(new(null, "0003", ConsentKind.Bylaw, new DateOnly(2025, 6, 1), "ann", Ends: true));
        Assert.That(new ExplainDividend(database.Books).Run(null, 2025, "0003").Value.Steps.Single(step => step.Text == "of it in cash").Source, Does.EndWith("has changed since"));
    }

    [Test]
    public void MemberSeesTheDaysThatTheConsentCoversAndWhatLiesOutside()
    {
        bakery.UpToApproval(Policy);
        bakery.Post();
        var mine = new MyDividend(database.Books, new RemainderCuts()).Run(new(bakery.CoOp, bakery.Members[1].Id, 2025)).Value.Posted!;
        Assert.That(mine.Consent.Ranges, Is.EqualTo(new[] { new DayRange(new DateOnly(2025, 1, 1), new DateOnly(2025, 6, 30)) }));
        Assert.That(mine.Pools[0].Sums.Single().OutsideConsent, Is.EqualTo(100_00));
        var third = new MyDividend(database.Books, new RemainderCuts()).Run(new(bakery.CoOp, bakery.Members[2].Id, 2025)).Value.Posted!;
        Assert.That(third.Consent.Gaps(bakery.CoOp.Year(2025)), Is.EqualTo(new[] { new DayRange(new DateOnly(2025, 2, 1), new DateOnly(2025, 5, 31)) }));
        Assert.That(third.Pools[0].Sums.Single().OutsideConsent, Is.Zero);
    }

    [Test]
    public void RegisterSaysWhichConsentIsInForceOnTheDay()
    {
        DateOnly? From(string member, DateOnly on) => new MemberRegister(database.Books).AsOf(null, on, member).Value.Single().ConsentFrom;
        Assert.That((From("0002", Left.AddDays(-1)), From("0002", Left)), Is.EqualTo(((DateOnly?)new DateOnly(2025, 1, 1), (DateOnly?)null)));
        Assert.That((From("0003", new DateOnly(2025, 1, 31)), From("0003", new DateOnly(2025, 2, 1)), From("0003", new DateOnly(2025, 12, 31))), Is.EqualTo(((DateOnly?)new DateOnly(2025, 1, 1), (DateOnly?)null, (DateOnly?)new DateOnly(2025, 6, 1))));
    }

    [Test]
    public void ExportNamesTheNoticeInItsThreeWordsAndAddsWhatIsNotQualified()
    {
        bakery.UpToApproval(Policy);
        using var bytes = new MemoryStream();
        Assert.That(new DividendWorksheet(database.Books).Export(null, Bakery.Run, DividendWorksheet.Layout.Allocations, bytes).Value, Is.EqualTo(3));
        Assert.That(Encoding.UTF8.GetString(bytes.ToArray()).Split("\r\n"), Is.EqualTo(new[]
        {
            "member_number,name,pool,unit,units,total_units,pool_amount_cents,share_numerator,share_denominator,floor_cents,remainder_cent,dividend_cents,cash_cents,retained_cents,notice_kind,withheld_cents,payable_cents,nonqualified_cents",
            "0001,Worker 1,labour,hours,200.00,600.00,100000,1,3,33333,0,33333,6667,26666,qualified,0,6667,0",
            "0002,Worker 2,labour,hours,300.00,600.00,100000,1,2,50000,0,50000,10000,40000,qualified,0,10000,13334",
            "0003,Worker 3,labour,hours,100.00,600.00,100000,1,6,16666,1,16667,3334,13333,qualified,0,3334,0",
            "",
        }));
    }
}

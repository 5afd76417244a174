using Evergreen.Application.Patronage;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Patronage;
using NUnit.Framework;
using static Evergreen.Application.Tests.Patronage.Posting;

namespace Evergreen.Application.Tests.Patronage;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class RecordHoursTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open() => database = databases.Create();

    [TearDown]
    public void Close() => database.Dispose();

    private static async Task<KeyedAnswer> Answer(RecordHours record, PostRequest<HoursLine> request) => (await record.Run(request)).Value;

    [Test]
    public async Task ADayOfHoursGoesInOnce()
    {
        SampleCoOp.In(database).Enrol("1");
        var record = new RecordHours(database.Books);
        Assert.That((await Answer(record, One("k1", Day("H1", "7.50")))).Status, Is.EqualTo(201));
        Assert.That((await Answer(record, One("k2", Day("H1", "7.50")))).Replayed, Is.True);
        Assert.That((await Answer(record, One("k3", Day("H1", "8.00", day: 3)))).Body, Is.EqualTo("hours-differ/hours/workedOn"));
        var total = database.Books.Read(db => db.PatronageTotals.Single());
        Assert.That((total.Measure, total.Quantity, total.Rows), Is.EqualTo((Measure.Hours, 750L, 1L)));
        Assert.That(database.Books.Read(db => db.PatronageCategories.Single().Code), Is.EqualTo("regular"));
        Assert.That(new CheckBooks(database.Books).Run(new("shop")).Value.Findings, Is.Empty);
    }

    [TestCase(HoursDating.PeriodEnd, 2025)]
    [TestCase(HoursDating.PaidOn, 2026)]
    public async Task APayPeriodBelongsToTheYearOfTheDateThatTheCoOpChose(HoursDating dating, int year)
    {
        SampleCoOp.In(database, dating: dating).Enrol("1");
        var period = new HoursLine("P1", "1", null, new DateOnly(2025, 12, 15), new DateOnly(2025, 12, 28), new DateOnly(2026, 1, 5), new Hours(8000), Wages: Money.Parse("1600.00"));
        Assert.That((await Answer(new RecordHours(database.Books), One("k1", period))).Status, Is.EqualTo(201));
        Assert.That(database.Books.Read(db => db.PatronageTotals.Select(total => total.FiscalYear).Distinct().Single()), Is.EqualTo(year));
        Assert.That(database.Books.Read(db => db.PatronageTotals.Single(total => total.Measure == Measure.Wages).Quantity), Is.EqualTo(160000));
    }
}

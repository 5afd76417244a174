using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using NUnit.Framework;

namespace Evergreen.Application.Tests.CoOps;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class CreateCoOpTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open() => database = databases.Create();

    [TearDown]
    public void Close() => database.Dispose();

    private string? Create(string code, string country = "US", string currency = "USD", int month = 12, string? colour = null) =>
        new CreateCoOp(database.Books).Run(new CreateCoOp.Request(code, "A co-op", country, currency, month, TaxRegime.SubchapterT, "ann") { BrandColour = colour }).Refusal?.Code;

    private string? Find(string? code) => database.Books.Read(db => FindCoOp.Run(db, code)).Refusal?.Code;

    [Test]
    public void CoOpStartsWithItsChartAndAnEmptyLedger()
    {
        Assert.That(Create("laundry"), Is.Null);
        var started = database.Books.Read(db => (Accounts: db.Accounts.Count(), Head: db.LedgerHeads.Single().Sequence, Audit: db.AuditRecords.Single().Verb));
        Assert.That(started, Is.EqualTo((AccountCodes.Chart.Count, 0L, "co-op.create")));
    }

    [TestCase("Laundry")]
    [TestCase("-laundry")]
    [TestCase("")]
    [TestCase("la undry")]
    public void CodeIsLowerCaseLettersDigitsAndHyphens(string code) => Assert.That(Create(code), Is.EqualTo("coop-code"));

    [Test]
    public void ValuesThatCannotBeUsedAreNamed()
    {
        Assert.That(Create("a", country: "USA"), Is.EqualTo("coop-value"));
        Assert.That(Create("a", currency: "JPY"), Is.EqualTo("coop-value"));
        Assert.That(Create("a", month: 13), Is.EqualTo("coop-value"));
        Assert.That(Create("a", colour: "green"), Is.EqualTo("coop-value"));
    }

    [Test]
    public void CodeIsTakenOnce()
    {
        Create("laundry");
        Assert.That(Create("laundry"), Is.EqualTo("coop-code-taken"));
    }

    [Test]
    public void OnlyCoOpNeedsNoName()
    {
        Assert.That(Find(null), Is.EqualTo("coop-missing"));
        Create("laundry");
        Assert.That(Find(null), Is.Null);
        Assert.That(Find("grocery"), Is.EqualTo("coop-unknown"));
        Create("grocery");
        Assert.That(Find(null), Is.EqualTo("coop-not-named"));
        Assert.That(Find("grocery"), Is.Null);
    }

    [Test]
    public void AddressThatIsNoneIsRefused() => Assert.That(DatabaseAddress.Parse("postgres://:::").Refusal!.Code, Is.EqualTo("database-address"));
}

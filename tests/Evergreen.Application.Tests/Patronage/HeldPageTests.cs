using Evergreen.Application.Patronage;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Patronage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Patronage;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class HeldPageTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private SampleCoOp shop = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        shop = SampleCoOp.In(database);
    }

    [TearDown]
    public void Close() => database.Dispose();

    [Test]
    public void EachNumberStandsOnceWithWhoItMayBe()
    {
        shop.Enrol("0077", "5");
        shop.Purchases("R1,77,2025-01-02,10.00,,,,", "R2,77,2024-01-03,5.00,,,,", "R3,78,2025-01-03,-7.00,,,,");
        var numbers = new HeldPage(database.Books).Run("shop").Value.Numbers;
        Assert.That(numbers.Select(held => (held.MemberNumber, held.Rows, held.Purchases, held.First, held.Last, string.Join(' ', held.Candidates.Select(member => member.Number)))), Is.EqualTo(new[]
        {
            ("77", 2L, Money.Parse("15.00"), new DateOnly(2024, 1, 3), new DateOnly(2025, 1, 2), "0077"), ("78", 1L, Money.Parse("-7.00"), new DateOnly(2025, 1, 3), new DateOnly(2025, 1, 3), ""),
        }));
        var rows = new HeldPage(database.Books).Of("shop", "77").Value;
        Assert.That(rows.Lines.Select(line => line.SourceRef), Is.EqualTo(new[] { "R1", "R2" }));
        Assert.That(new HeldPage(database.Books).Of("shop", "5").Refusal!.Code, Is.EqualTo("nothing-held"));
    }

    [Test]
    public void ManyNumbersComePageByPage()
    {
        shop.Purchases([.. Enumerable.Range(100, 60).Select(i => $"R{i},{i},2025-01-02,1.00,,,,")]);
        var first = new HeldPage(database.Books).Run("shop").Value;
        var second = new HeldPage(database.Books).Run("shop", first.Next).Value;
        Assert.That((first.Numbers.Count, first.Next, second.Numbers.Count, second.Numbers[0].MemberNumber, second.Next), Is.EqualTo((50, "149", 10, "150", (string?)null)));
    }

    [Test]
    public void DepartmentsShowWhatCameInAndCanBeNamed()
    {
        shop.Enrol("1");
        shop.Purchases("R1,1,2025-01-02,10.00,wine,,,", "R2,1,2024-01-02,4.00,wine,,,", "R3,1,2025-01-02,1.00,bread,,,");
        var wine = new DepartmentsPage(database.Books).Run("shop").Value.Single(department => department.Code == "wine");
        Assert.That((wine.Measure, wine.Rows, wine.Quantity, wine.LastYear), Is.EqualTo((Measure.Purchases, 2L, 1000L, (int?)2025)));
        var edit = new EditDepartment(database.Books);
        Assert.That(edit.Run(new("shop", wine.Id, " Wine and beer ", "not eligible since 2024", "ann")).IsRefused, Is.False);
        Assert.That(new DepartmentsPage(database.Books).Run("shop").Value.Single(department => department.Code == "wine").Name, Is.EqualTo("Wine and beer"));
        Assert.That(database.Books.Read(db => db.AuditRecords.Single(record => record.Verb == "department.edit").Subject), Is.EqualTo("department wine"));
        Assert.That(edit.Run(new("shop", wine.Id, "Wine", "", "bo", ("", ""))).Refusal!, Has.Property("Code").EqualTo("department-changed").And.Property("Sentence").StartsWith("ann changed this department on "));
        Assert.That(edit.Run(new("shop", wine.Id, "Wine", "", "bo", ("Wine and beer", "not eligible since 2024"))).IsRefused, Is.False);
        Assert.That(edit.Run(new("shop", 999, "x", "", "ann")).Refusal!.Code, Is.EqualTo("department-unknown"));
        Assert.That(edit.Run(new("shop", wine.Id, new string('x', 101), "", "ann")).Refusal!.Code, Is.EqualTo("department-text-too-long"));
    }
}

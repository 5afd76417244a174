using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

/// <summary>The sample books go in whole, with the control totals of their README; and come out as files that go in again without change.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class SampleBooksTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private string folder = null!;
    private KeyFile keys = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        folder = Directory.CreateTempSubdirectory("evergreen-").FullName;
        keys = new KeyFile(Path.Combine(folder, "books.keys"));
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Found(string code, int yearEndMonth) => new CreateCoOp(database.Books).Run(new(code, code, "US", "USD", yearEndMonth, TaxRegime.SubchapterT, "bea"));

    private ImportReport Import(string code, string file, string? total = null) => Import(code, ImportFile.At(SampleCoOp.Book($"{code}/{file}")), total);

    private ImportReport Import(string code, ImportFile file, string? total)
    {
        var request = new ImportRequest(code, file, "bea") { CreateClasses = true, ExpectTotal = total is null ? null : Money.Parse(total) };
        var outcome = file.Name.Split('-', '.')[0] switch
        {
            "members" => new ImportMembers(database.Books, keys).Run(request),
            "equity" => new ImportEquity(database.Books).Run(request),
            "hours" => new ImportHours(database.Books).Run(request),
            _ => new ImportPurchases(database.Books).Run(request),
        };
        return outcome.Value;
    }

    private static void IsWhole(ImportReport report, long rows, long negatives = 0, string? column = null)
    {
        Assert.That(report.NotTaken?.Sentence, Is.Null, string.Join('\n', report.Problems.Take(5)));
        Assert.That((report.Committed, report.Totals.Accepted, report.Totals.Held, report.Totals.Rejected, report.Errors), Is.EqualTo((true, rows, 0L, 0L, 0L)));
        if (column is not null) Assert.That(report.Totals.Columns[column].Negatives, Is.EqualTo(negatives));
    }

    [Test]
    public void TheLaundryGoesInWholeAndComesOutTheSame()
    {
        Found("laundry", 6);
        IsWhole(Import("laundry", "members.csv"), 47);
        IsWhole(Import("laundry", "equity.csv", "241800.57"), 241, 1, "amount");
        foreach (var (year, rows, hours, wages, negatives) in new[] { (2024, 1295, "72597.28", "1551869.29", 1), (2025, 1338, "75888.97", "1605851.16", 0), (2026, 1430, "81926.98", "1714102.42", 1) })
        {
            var report = Import("laundry", $"hours-{year}.csv", hours);
            IsWhole(report, rows, negatives, "hours");
            Assert.That(report.Totals.Sum("wages"), Is.EqualTo(Money.Parse(wages)));
            Assert.That(report.ProblemGroups.Single(group => group.Code == "period-straddles-year-end").Count, Is.GreaterThan(40));
        }
        var byYear = database.Books.Read(db => db.HoursWorked.Where(row => row.On > new DateOnly(2026, 6, 30)).Sum(row => row.HoursHundredths));
        Assert.That(byYear, Is.EqualTo(3_179_41));
        Assert.That(new CheckBooks(database.Books).Run(new("laundry")).Value.Findings, Is.Empty);
        ComesOutAndGoesInAgain("laundry", "hours-all.csv", to => new ExportHours(database.Books).Run("laundry", to));
    }

    [Test]
    public void TheGroceryGoesInWholeAndComesOutTheSame()
    {
        Found("grocery", 12);
        IsWhole(Import("grocery", "members.csv"), 205);
        IsWhole(Import("grocery", "equity.csv", "40533.91"), 694, 1, "amount");
        foreach (var (year, rows, amount, negatives) in new[] { (2023, 6412, "251972.34", 171), (2024, 6655, "257143.68", 172), (2025, 6933, "269638.37", 177) })
            IsWhole(Import("grocery", $"purchases-{year}.csv", amount), rows, negatives, "amount");
        Assert.That(database.Books.Read(db => db.Purchases.Count(row => row.MemberId == null && row.On.Year == 2024)), Is.EqualTo(1240));
        Assert.That(database.Books.Read(db => db.Members.Count(member => member.HouseholdOfId != null)), Is.EqualTo(14));
        Assert.That(new CheckBooks(database.Books).Run(new("grocery")).Value.Findings, Is.Empty);
        ComesOutAndGoesInAgain("grocery", "purchases-all.csv", to => new ExportPurchases(database.Books).Run("grocery", to));
    }

    /// <summary>Every row of the exported files is known here; and an empty co-op takes them in and gives out the same bytes.</summary>
    private void ComesOutAndGoesInAgain(string code, string patronage, Func<Stream, Outcome<ExportedFile>> export)
    {
        (string Name, byte[] Bytes)[] Out(string of, Func<Stream, Outcome<ExportedFile>> rows) =>
        [
            ("members.csv", Bytes(to => new ExportMembers(database.Books, keys).Run(of, to, "bea", "a copy"))),
            ("equity.csv", Bytes(to => new ExportEquity(database.Books).Run(of, to))),
            (patronage, Bytes(rows)),
        ];
        var files = Out(code, export);
        foreach (var (name, bytes) in files)
        {
            var again = new ImportFile(name, () => new MemoryStream(bytes));
            var report = Import(code, again, null);
            Assert.That(report.NotTaken?.Sentence, Is.Null, string.Join('\n', report.Problems.Take(5)));
            // A file that comes out with the very bytes that went in is known as a whole.
            if (!report.AlreadyImported)
                Assert.That(report.Members ?? new MemberCounts(0, 0, report.Totals.Skipped), Is.EqualTo(new MemberCounts(0, 0, report.Totals.RowsInFile)), name + string.Join('\n', report.Changes.Take(5)));
        }
        Found("copy", code == "laundry" ? 6 : 12);
        foreach (var (name, bytes) in files) Assert.That(Import("copy", new ImportFile(name, () => new MemoryStream(bytes)), null).NotTaken?.Sentence, Is.Null);
        var copies = Out("copy", to => patronage.StartsWith("hours", StringComparison.Ordinal) ? new ExportHours(database.Books).Run("copy", to) : new ExportPurchases(database.Books).Run("copy", to));
        for (var i = 0; i < files.Length; i++) Assert.That(copies[i].Bytes, Is.EqualTo(files[i].Bytes), files[i].Name);
    }

    private static byte[] Bytes(Func<Stream, Outcome<ExportedFile>> export)
    {
        using var to = new MemoryStream();
        Assert.That(export(to).Refusal?.Sentence, Is.Null);
        return to.ToArray();
    }

    [Test]
    public void SecretsLeaveOnlyForAReasonThatIsWrittenDown()
    {
        Found("laundry", 6);
        Import("laundry", "members.csv");
        using var without = new MemoryStream();
        Assert.That(new ExportMembers(database.Books, keys).Run("laundry", without, "bea").Value.Rows, Is.EqualTo(47));
        Assert.That(System.Text.Encoding.UTF8.GetString(without.ToArray()), Does.Not.Contain("900000001").And.Not.Contain("0004554178"));
        using var with = new MemoryStream();
        new ExportMembers(database.Books, keys).Run("laundry", with, "bea", "tax forms of 2026");
        Assert.That(System.Text.Encoding.UTF8.GetString(with.ToArray()), Does.Contain("SSN,900000001,").And.Contain("0004554178"));
        Assert.That(database.Books.Read(db => db.AuditRecords.Single(record => record.Verb == "secrets.read").Detail), Is.EqualTo("tax forms of 2026"));
    }

    [Test]
    public void AnExportNamesItsSourceWhereThereAreSeveral()
    {
        var shop = SampleCoOp.In(database);
        Assert.That(new ExportPurchases(database.Books).Run("shop", Stream.Null).Refusal!.Code, Is.EqualTo("source-unknown"));
        new ImportPurchases(database.Books).Run(SampleCoOp.Request(SampleCoOp.PurchaseFile("R1,,2025-01-02,10.00,,,,")) with { Source = "till-1" });
        new ImportPurchases(database.Books).Run(SampleCoOp.Request(SampleCoOp.PurchaseFile("R1,77,2025-01-02,11.00,wine,false,main,1.25")) with { Source = "till-2" });
        Assert.That(new ExportPurchases(database.Books).Run(shop.CoOp.Code, Stream.Null).Refusal!.Code, Is.EqualTo("source-not-named"));
        Assert.That(System.Text.Encoding.UTF8.GetString(Bytes(to => new ExportPurchases(database.Books).Run("shop", to, "till-2"))), Does.EndWith("R1,77,2025-01-02,11.00,wine,false,main,1.25\r\n"));
    }
}

using System.Text;
using Evergreen.Application.CoOps;
using Evergreen.Application.Imports;
using Evergreen.Application.Patronage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

/// <summary>An empty co-op in a fresh database, and files of a few lines to import into it.</summary>
internal sealed class SampleCoOp(OpenTestDatabase database)
{
    public OpenTestDatabase Database => database;
    public CoOp CoOp { get; private set; } = null!;

    public static SampleCoOp In(OpenTestDatabase database, int yearEndMonth = 12, HoursDating dating = HoursDating.PeriodEnd) => new(database)
    {
        CoOp = new CreateCoOp(database.Books).Run(new("shop", "The Shop", "US", "USD", yearEndMonth, TaxRegime.SubchapterT, "bea") { HoursDatedBy = dating }).Value,
    };

    /// <summary>Members with a number and a name only.</summary>
    public void Enrol(params string[] numbers) => database.Books.Write<int>(dryRun: false, db =>
    {
        foreach (var number in numbers) db.Members.Add(new Member { CoOpId = CoOp.Id, Number = number, Kind = MemberKind.Person, Name = $"Member {number}" });
        return numbers.Length;
    });

    public void CloseYear(int year) => database.Books.Write<int>(dryRun: false, db =>
    {
        var fiscal = CoOp.Year(year);
        db.YearClosings.Add(new YearClosing { CoOpId = CoOp.Id, FiscalYear = year, StartsOn = fiscal.StartsOn, EndsOn = fiscal.EndsOn, At = database.Books.Now, By = "bea", NetIncomeCents = 0, FiguresSha256 = new string('0', 64) });
        return year;
    });

    /// <summary>A file of these lines, canonical unless named otherwise.</summary>
    public static ImportFile File(string name, params string[] lines) => new(name, () => new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n")));

    public static ImportRequest Request(ImportFile file) => new("shop", file, "bea");

    public static ImportFile PurchaseFile(params string[] rows) => File("purchases.csv", ["source_id,member_number,purchased_on,amount,department,eligible,store,volume", .. rows]);

    public Outcome<ImportReport> TryPurchases(params string[] rows) => new ImportPurchases(database.Books).Run(Request(PurchaseFile(rows)));

    /// <summary>Imports the rows, which must go in.</summary>
    public ImportReport Purchases(params string[] rows)
    {
        var report = TryPurchases(rows).Value;
        Assert.That(report.NotTaken?.Sentence, Is.Null, string.Join('\n', report.Problems));
        return report;
    }

    /// <summary>A file of the sample books, e.g. <c>laundry/members.csv</c>.</summary>
    public static string Book(string path)
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "Evergreen.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "tests", "books", path);
    }
}

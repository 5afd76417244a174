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

    /// <summary>A run of the year, approved and posted; with a part of this member in it where one is named.</summary>
    public void PostRun(int year, string? member = null) => database.Books.Write<int>(dryRun: false, db =>
    {
        var at = database.Books.Now;
        if (db.YearClosings.Find(CoOp.Id, year) is null)
        {
            var fiscal = CoOp.Year(year);
            db.YearClosings.Add(new YearClosing { CoOpId = CoOp.Id, FiscalYear = year, StartsOn = fiscal.StartsOn, EndsOn = fiscal.EndsOn, At = at, By = "bea", NetIncomeCents = 0, FiguresSha256 = new string('0', 64) });
        }
        var policy = new PolicyVersion { CoOpId = CoOp.Id, FiscalYear = year, Version = 1, Json = "{}", Sha256 = new string('1', 64), At = at, By = "bea" };
        db.Add(policy);
        db.SaveChanges();
        var run = new DividendRun
        {
            CoOpId = CoOp.Id, FiscalYear = year, Number = 1, PolicyVersionId = policy.Id, CalculatedAt = at, CalculatedBy = "bea", InputsSha256 = new string('2', 64), ResultSha256 = new string('3', 64),
            NetIncomeCents = 0, AllocatedCents = 0, CashCents = 0, MembersAllocated = member is null ? 0 : 1, WorkingJson = "{}",
        };
        db.Add(run);
        db.SaveChanges();
        if (member is not null)
        {
            db.Add(new RunPool { RunId = run.Id, PoolNo = 1, Code = "p", Name = "P", Unit = "purchases", TotalUnits = "1", UnitsScale = "1", AmountCents = 0, LeftoverCents = 0, ResidueCents = 0 });
            db.SaveChanges();
            var id = db.Members.Single(m => m.Number == member).Id;
            db.Add(new Allocation { RunId = run.Id, PoolNo = 1, MemberId = id, Units = "1", FloorCents = 0, ExtraCent = 0, DividendCents = 0, CashCents = 0, QualifiedCents = 0, NonqualifiedCents = 0, CapitalCents = 0, WithheldCents = 0, Treatment = CashTreatment.Paid });
            db.SaveChanges();
        }
        db.Add(new DividendApproval { RunId = run.Id, By = "cy", At = at, Resolution = "1" });
        db.SaveChanges();
        db.Add(new DividendPosting { RunId = run.Id, CoOpId = CoOp.Id, FiscalYear = year, Generation = 0, By = "bea", At = at, On = CoOp.Year(year).EndsOn.AddDays(1), FirstSequence = 1, LastSequence = 1 });
        return run.Id;
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

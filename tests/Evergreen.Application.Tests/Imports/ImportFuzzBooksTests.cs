using System.Globalization;
using System.Text;
using System.Text.Json;
using Evergreen.Application.Access;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

/// <summary>Some thousand good and damaged rows go through the importers themselves: what they report is what is in the books, every bad row has its reason, and the books are sound.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class ImportFuzzBooksTests(TestDatabase databases)
{
    private const int Rows = 800;
    private OpenTestDatabase database = null!;
    private string folder = null!;
    private Random random = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        SampleCoOp.In(database);
        folder = Directory.CreateTempSubdirectory("evergreen-").FullName;
        random = new Random(20260115);
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void WhatIsReportedOfDamagedFilesIsWhatIsInTheBooks()
    {
        var members = Take("members", "member_number,name,joined_on,left_on,classes,email,household_of", request => new ImportMembers(database.Books, new KeyFile(Path.Combine(folder, "books.keys"))).Run(request),
            i => [Number(i), $"Member {i}", Day(), "", "worker;customer", $"m{i}@example.org", i > 20 && random.Next(10) == 0 ? Number(random.Next(1, 20)) : ""]);
        var hours = Take("hours", "source_id,member_number,work_date,hours,hours_kind,wages", request => new ImportHours(database.Books).Run(request),
            i => [$"H{i}", Number(random.Next(Rows)), Day(), Amount(100, 80_000), "regular", Amount(100, 400_000)]);
        var purchases = Take("purchases", "source_id,member_number,purchased_on,amount,department,eligible,store", request => new ImportPurchases(database.Books).Run(request),
            i => [$"R{i}", random.Next(10) == 0 ? "" : Number(random.Next(Rows)), Day(), Amount(-2_000, 40_000), "\"cheese, fresh\"", "true", "main"]);
        var equity = Take("equity", "source_id,member_number,account,fiscal_year,posted_on,amount", request => new ImportEquity(database.Books).Run(request),
            i => [$"E{i}", Number(random.Next(Rows)), "qualified_notice", "2020", Day(), Amount(-500, 40_000)]);

        Assert.That(members.Totals.Held + equity.Totals.Held, Is.Zero);
        Assert.That(hours.Totals.Held + purchases.Totals.Held, Is.Positive, "of members whose own rows were rejected");
        database.Books.Read(db =>
        {
            Assert.That((db.Members.LongCount(), db.HoursWorked.LongCount(), db.Purchases.LongCount(), db.EquityRows.LongCount(), db.LedgerEntries.LongCount()),
                Is.EqualTo((members.Totals.Accepted, hours.Totals.Accepted, purchases.Totals.Accepted, equity.Totals.Accepted, equity.Totals.Accepted)));
            Assert.That((db.HeldRows.LongCount(row => row.Kind == ImportKind.Hours), db.HeldRows.LongCount(row => row.Kind == ImportKind.Purchases)), Is.EqualTo((hours.Totals.Held, purchases.Totals.Held)));
            Assert.That((new Money(db.HoursWorked.Sum(row => row.HoursHundredths)), new Money(db.Purchases.Sum(row => row.AmountCents)), new Money(db.EquityRows.Sum(row => row.AmountCents))),
                Is.EqualTo((hours.Totals.Sum("hours"), purchases.Totals.Sum("amount"), equity.Totals.Sum("amount"))));
            return 0;
        });
        Assert.That(new CheckBooks(database.Books).Run(new(null)).Value.Findings, Is.Empty);
    }

    private ImportReport Take(string kind, string header, Func<ImportRequest, Outcome<ImportReport>> import, Func<int, string[]> row)
    {
        var bytes = Encoding.UTF8.GetBytes($"{header}\r\n{string.Concat(Enumerable.Range(0, Rows).Select(i => Line(row(i)) + "\r\n"))}");
        var problems = Path.Combine(folder, $"{kind}.jsonl");
        var report = import(SampleCoOp.Request(new ImportFile($"{kind}.csv", () => new MemoryStream(bytes, writable: false))) with { TakeGoodRows = true, DespiteTotals = true, CreateClasses = true, ProblemsPath = problems }).Value;
        var totals = report.Totals;
        Assert.That((report.Committed, totals.AddsUp, report.Lines), Is.EqualTo((true, true, PhysicalLines.In(bytes))), kind);
        Assert.That(totals.Accepted + totals.Held, Is.GreaterThan(Rows / 2), kind);
        Assert.That(totals.Rejected, Is.GreaterThan(Rows / 50), kind);
        Assert.That(totals.Blank, Is.Positive, kind);
        var wrong = new HashSet<long>();
        foreach (var line in File.ReadLines(problems))
        {
            using var problem = JsonDocument.Parse(line);
            foreach (var part in (string[])["code", "expected", "remedy"])
                Assert.That(problem.RootElement.GetProperty(part).GetString(), Is.Not.Empty, line);
            if (problem.RootElement.GetProperty("severity").GetString() == "error") wrong.Add(problem.RootElement.GetProperty("line").GetInt64());
        }
        Assert.That(wrong, Has.Count.EqualTo(totals.Rejected), $"{kind}: every rejected row has its reason");
        return report;
    }

    /// <summary>The row, or in one of ten something that went wrong with it.</summary>
    private string Line(string[] fields)
    {
        if (random.Next(10) > 0) return string.Join(',', fields);
        var field = random.Next(fields.Length);
        switch (random.Next(14))
        {
            case 0: return "";
            case 1: return new string(',', fields.Length - 1);
            case 2: return string.Join(',', fields.Take(random.Next(1, fields.Length)));
            case 3: return string.Join(',', fields) + ",more";
            case 4: fields[field] = "\"open"; break;
            case 5: fields[field] = "mid\"quote"; break;
            case 6: fields[field] = "nul\0byte"; break;
            case 7: fields[field] = "bidi\u202Etxt"; break;
            case 8: fields[field] = "1.5E+3"; break;
            case 9: fields[field] = "2025-02-30"; break;
            case 10: fields[field] = "12.345"; break;
            case 11: fields[field] = "\"two\r\nlines\""; break;
            case 12: fields[field] = new string('x', 50_000); break;
            default: return string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => "\"\",;\t|\0'=-0a\u00E9\u00A0"[random.Next(14)]));
        }
        return string.Join(',', fields);
    }

    private static string Number(int i) => i.ToString("0000", CultureInfo.InvariantCulture);
    private string Day() => new DateOnly(2025, 1, 1).AddDays(random.Next(365)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private string Amount(int from, int to) => new Money(random.Next(from, to)).ToString();
}

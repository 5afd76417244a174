using System.Text;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

public sealed class CanonicalRowsTests
{
    internal static ImportFile File(string text, string name = "file.csv") => new(name, () => new MemoryStream(Encoding.UTF8.GetBytes(text)));

    /// <summary>Accepts every row and gives each as its non-empty fields in the contract's order.</summary>
    internal static (List<string> Rows, ProblemList Problems, ControlTotals Totals) ReadAll(ImportFile file, Profile profile, ReadingOptions? options = null, RejectsFile? rejects = null)
    {
        var problems = new ProblemList();
        using var rows = CanonicalRows.Open(file, profile, problems, options, rejects).Value;
        var read = new List<string>();
        while (rows.Read())
        {
            read.Add(string.Join('|', Enumerable.Range(0, rows.File.Columns.Count).Where(rows.Has).Select(rows.Text)));
            rows.Accept();
        }
        return (read, problems, rows.Finish().Value);
    }

    private static Profile Canonical(CanonicalFile file) => Profile.Canonical(file);

    [Test]
    public void GoodRowsAreGivenAndBadOnesReportedWithLineColumnValueAndRemedy()
    {
        const string file = "source_id,member_number,purchased_on,amount,department\r\nR1,0012,2026-01-05,10.50,produce\r\nR2,0012,2026-02-30,1.005,produce\r\n\r\n,0012,2026-01-07,-3.00,\r\nR4,0013,2026-01-09,-2.25,bakery\r\n";
        var (rows, problems, totals) = ReadAll(File(file), Canonical(CanonicalFile.Purchases));
        Assert.That(rows, Is.EqualTo(new[] { "R1|0012|2026-01-05|10.50|produce", "R4|0013|2026-01-09|-2.25|bakery" }));
        Assert.That(problems.First.Select(p => (p.Line, p.Column, p.Value, p.Code)), Is.EqualTo(new[]
        {
            (3L, "purchased_on", "2026-02-30", "date-impossible"), (3L, "amount", "1.005", "amount-decimals"), (5L, "source_id", "", "value-missing"),
        }));
        Assert.That((totals.RowsInFile, totals.Accepted, totals.Rejected, totals.Blank, totals.AddsUp), Is.EqualTo((5, 2, 2, 1, true)));
        var amount = totals.Columns["amount"];
        Assert.That((amount.Sum, amount.MinHundredths, amount.MaxHundredths, amount.Negatives), Is.EqualTo((Money.Parse("8.25"), -225L, 1050L, 1L)));
        Assert.That(totals.Dates["purchased_on"], Is.EqualTo(new DateRange(new(2026, 1, 5), new(2026, 1, 9))));
        Assert.That(problems.First[1].ToString(), Is.EqualTo("line 3, amount: '1.005': expected at most two decimals. Decide on the whole cent; the amount is not rounded for you."));
    }

    [Test]
    public void HeldAndSkippedRowsAreCountedApart()
    {
        const string file = "source_id,purchased_on,amount\nR1,2026-01-05,1.00\nR2,2026-01-05,2.00\nR3,2026-01-05,4.00\nR4,2026-01-05,8.00\n";
        var problems = new ProblemList();
        using var rows = CanonicalRows.Open(File(file), Canonical(CanonicalFile.Purchases), problems).Value;
        rows.Read();
        rows.Accept();
        rows.Read();
        rows.Hold();
        rows.Read();
        rows.Skip("already-imported");
        rows.Read();
        rows.Reject(rows.File["source_id"], new Fault("source-id-differs", "the same content as before", "Give the correction a source_id of its own."));
        Assert.That(rows.Read(), Is.False);
        var totals = rows.Finish().Value;
        Assert.That((totals.Accepted, totals.Held, totals.Skipped, totals.Rejected, totals.RowsInFile), Is.EqualTo((1, 1, 1, 1, 4)));
        Assert.That((totals.Sum("amount"), totals.HeldColumns["amount"].Sum, totals.SkippedBecause["already-imported"]), Is.EqualTo((Money.Parse("1.00"), Money.Parse("2.00"), 1L)));
        var again = ControlTotals.FromJson(totals.ToJson());
        Assert.That((again.ToJson(), again.Sum("amount")), Is.EqualTo((totals.ToJson(), Money.Parse("1.00"))));
    }

    [Test]
    public void ARowLeftUndecidedStopsTheReading()
    {
        using var rows = CanonicalRows.Open(File("source_id,purchased_on,amount\nR1,2026-01-05,1.00\nR2,2026-01-05,2.00\n"), Canonical(CanonicalFile.Purchases), new ProblemList()).Value;
        rows.Read();
        Assert.That(() => rows.Read(), Throws.InvalidOperationException);
    }

    [Test]
    public void SecretsAreMaskedInProblems()
    {
        var (_, problems, _) = ReadAll(File("member_number,name,tax_id_type,tax_id\n1,Ana,none,123-45-6789\n2,Bo,SSN,1.2E+8\n"), Canonical(CanonicalFile.Members));
        Assert.That(problems.First.Select(p => p.Value), Is.EqualTo(new[] { "•••• (11 characters)", "•••• (6 characters)" }));
    }

    [TestCase("joined_on,left_on", "2026-02-01,2026-01-01", "left-before-joined")]
    [TestCase("consent,consent_on", "written,", "consent-undated")]
    [TestCase("country,postal_code", "US,2139", "leading-zero-lost")]
    [TestCase("country,postal_code", "usa,02139", "text-length")]
    [TestCase("bank_scheme,bank_routing,bank_account,bank_account_type", "ach,11000015,1,checking", "leading-zero-lost")]
    [TestCase("bank_scheme,bank_routing,bank_account,bank_account_type", "ach,011000015,,checking", "bank-incomplete")]
    [TestCase("bank_scheme,bank_routing,bank_account,bank_account_type", "wire,,,", "code-unknown")]
    public void FieldsOfAMemberMustAgree(string columns, string values, string code) =>
        Assert.That(ReadAll(File($"member_number,{columns}\n1,{values}\n"), Canonical(CanonicalFile.Members)).Problems.First.Select(p => p.Code), Is.EqualTo(new[] { code }));

    [TestCase("work_date,period_start,period_end,paid_on", ",,,", "date-or-period")]
    [TestCase("work_date,period_start,period_end,paid_on", "2026-01-01,2026-01-01,2026-01-07,2026-01-09", "date-or-period")]
    [TestCase("work_date,period_start,period_end,paid_on", ",2026-01-01,2026-01-07,", "date-or-period")]
    [TestCase("work_date,period_start,period_end,paid_on", ",2026-01-08,2026-01-07,2026-01-09", "period-reversed")]
    [TestCase("work_date", "2026-01-01", null)]
    [TestCase("period_start,period_end,paid_on", "2026-01-01,2026-01-07,2026-01-09", null)]
    public void HoursHaveADayOrAPeriod(string columns, string values, string? code) =>
        Assert.That(ReadAll(File($"source_id,member_number,hours,{columns}\nS1,1,7.25,{values}\n"), Canonical(CanonicalFile.Hours)).Problems.First.Select(p => p.Code), Is.EqualTo(code is null ? [] : new[] { code }));

    [Test]
    public void RejectedRowsComeBackAsTheyStoodAndCanBeImportedAgain()
    {
        const string file = "source_id,member_number,purchased_on,amount,note\r\nR1,1,2026-01-05,10.50,ok\r\n=R2,\"a,b\",2026-01-06,-3.0x,-x\r\nR3,1,2026-01-05,-1.505,\r\nR4,\"open\r\n";
        var text = new StringWriter();
        var rejects = new RejectsFile(text);
        var (_, problems, totals) = ReadAll(File(file), Canonical(CanonicalFile.Purchases), rejects: rejects);
        Assert.That(text.ToString().Split("\r\n"), Is.EqualTo(new[]
        {
            "source_id,member_number,purchased_on,amount,note,Problem,How to fix",
            "'=R2,\"a,b\",2026-01-06,'-3.0x,'-x,amount: expected an amount without a currency symbol or other letters,\"Remove the symbol, or name it for this source if every amount carries it.\"",
            "R3,1,2026-01-05,-1.505,,amount: expected at most two decimals,Decide on the whole cent; the amount is not rounded for you.",
            "\"R4,\"\"open\",,,,,\"expected a quote that is closed again, with a separator or the end of the line after it\",\"Close the quote that opens on this line, or double it if it belongs to the text. The lines after this one were read as rows of their own.\"",
            "",
        }));
        Assert.That((totals.Rejected, problems.Errors), Is.EqualTo((3, 3)));
        var corrected = text.ToString().Replace("-3.0x", "-3.00", StringComparison.Ordinal).Replace("-1.505", "-1.50", StringComparison.Ordinal);
        var (rows, _, again) = ReadAll(File(corrected), Canonical(CanonicalFile.Purchases));
        Assert.That(rows, Is.EqualTo(new[] { "=R2|a,b|2026-01-06|'-3.00", "R3|1|2026-01-05|-1.50" }).Or.EqualTo(new[] { "=R2|a,b|2026-01-06|-3.00", "R3|1|2026-01-05|-1.50" }));
        Assert.That(again.Rejected, Is.EqualTo(1));
    }

    [Test]
    public void ProblemsAreAllCountedAndTheFirstKept()
    {
        var lines = new StringWriter();
        var problems = new ProblemList(lines, keep: 3);
        for (var i = 1; i <= 10; i++) problems.Add(new Problem(i % 2 == 0 ? Severity.Warning : Severity.Error, "x", null, i, "a", "v", "e", "r"));
        Assert.That((problems.First.Count, problems.Errors, problems.Warnings), Is.EqualTo((3, 5, 5)));
        Assert.That(problems.Groups.Select(g => (g.Severity, g.Count, g.FirstLine)), Is.EqualTo(new[] { (Severity.Error, 5L, 1L), (Severity.Warning, 5L, 2L) }));
        Assert.That(lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)[1].Trim(), Is.EqualTo("{\"severity\":\"warning\",\"code\":\"x\",\"line\":2,\"column\":\"a\",\"value\":\"v\",\"expected\":\"e\",\"remedy\":\"r\"}"));
    }

    [TestCase("%PDF-1.7\n", "file.csv", "file-kind")]
    [TestCase("a,b\n1,2\n", "file.xlsx", "file-name-differs")]
    [TestCase("PK\u0003\u0004xxxxxxxx", "file.csv", "file-name-differs")]
    [TestCase("PK\u0003\u0004xxxxxxxx", "file.xlsx", "workbook-damaged")]
    [TestCase("", "file.csv", "file-empty")]
    public void AFileIsOpenedByWhatItHolds(string content, string name, string code) =>
        Assert.That(CanonicalRows.Open(File(content, name), Canonical(CanonicalFile.Purchases), new ProblemList()).Refusal!.Code, Is.EqualTo(code));
}

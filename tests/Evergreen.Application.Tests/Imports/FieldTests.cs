using System.Text;
using CsCheck;
using Evergreen.Application.Imports;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

public sealed class FieldTests
{
    private static readonly NumberForm Dollars = new('.', ',', "$");
    private static readonly NumberForm Euros = new(',', '.', "€");

    private static string Number(string text, NumberForm form) =>
        NumberField.Read(Encoding.UTF8.GetBytes(text), form, out var hundredths) is { } fault ? fault.Code : hundredths.ToString(System.Globalization.CultureInfo.InvariantCulture);

    [TestCase("1234.50", "123450")]
    [TestCase("-0.05", "-5")]
    [TestCase("7", "700")]
    [TestCase("1.234", "amount-decimals")]
    [TestCase("$8.00", "amount-symbol")]
    [TestCase("1,234.00", "amount-thousands")]
    [TestCase("1,50", "amount-thousands")]
    [TestCase("1.5E+3", "amount-scientific")]
    [TestCase("1e-2", "amount-scientific")]
    [TestCase("(3.00)", "amount-negative")]
    [TestCase("3.00-", "amount-negative")]
    [TestCase("+3.00", "amount-form")]
    [TestCase(".5", "amount-form")]
    [TestCase("12345678901234567890", "amount-range")]
    [TestCase("1000000000000.01", "amount-range")]
    [TestCase("٣", "amount-symbol")]
    public void CanonicalAmountsAreDigitsAPointAndTwoDecimals(string text, string read) => Assert.That(Number(text, NumberForm.Canonical), Is.EqualTo(read));

    [TestCase("$8.00", "800")]
    [TestCase("-$3.00", "-300")]
    [TestCase("$-3.00", "-300")]
    [TestCase("$1,234,567.89", "123456789")]
    [TestCase("1,234", "123400")]
    [TestCase("1,23", "amount-thousands")]
    [TestCase("1234,567.00", "amount-thousands")]
    [TestCase("1,2345", "amount-thousands")]
    [TestCase(",123", "amount-thousands")]
    [TestCase("€8.00", "amount-symbol")]
    [TestCase("$$8.00", "amount-symbol")]
    [TestCase("$8.00$", "amount-symbol")]
    [TestCase("--3.00", "amount-form")]
    [TestCase("($3.00)", "amount-negative")]
    [TestCase("$", "amount-symbol")]
    public void OnlyTheNamedSymbolAndWellFormedGroupsAreRemoved(string text, string read) => Assert.That(Number(text, Dollars), Is.EqualTo(read));

    [TestCase("1.234,50 €", "123450")]
    [TestCase("-1,5", "-150")]
    [TestCase("1,234", "amount-decimals")]
    [TestCase("1.50", "amount-thousands")]
    public void TheDecimalSignIsTheSourcesAndNeverDecidedByLooks(string text, string read) => Assert.That(Number(text, Euros), Is.EqualTo(read));

    [Test]
    public void ParenthesesTrailingMinusAndReversedSignsOnlyWhereTheSourceSaysSo()
    {
        var form = Dollars with { Parentheses = true, TrailingMinus = true };
        Assert.That((Number("($3.00)", form), Number("3.00-", form), Number("(-3.00)", form)), Is.EqualTo(("-300", "-300", "amount-negative")));
        Assert.That((Number("3.00", form with { Reversed = true }), Number("-3.00", form with { Reversed = true })), Is.EqualTo(("-300", "300")));
    }

    private static string Date(string text, DateForm form) =>
        DateField.Read(Encoding.UTF8.GetBytes(text), form, out var date) is { } fault ? fault.Code : date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [TestCase("2026-06-30", "2026-06-30")]
    [TestCase("2024-02-29", "2024-02-29")]
    [TestCase("2026-02-29", "date-impossible")]
    [TestCase("2026-02-30", "date-impossible")]
    [TestCase("2026-13-01", "date-impossible")]
    [TestCase("2026-6-30", "date-form")]
    [TestCase("2026/06/30", "date-form")]
    [TestCase("06/30/2026", "date-form")]
    [TestCase("2026-06-30 10:00", "date-form")]
    [TestCase("0202-06-30", "date-year")]
    [TestCase("yesterday", "date-form")]
    public void CanonicalDatesAreYearMonthDay(string text, string read) => Assert.That(Date(text, DateForm.Canonical), Is.EqualTo(read));

    [TestCase("6/30/2026", DateOrder.MonthFirst, "2026-06-30")]
    [TestCase("30.6.2026", DateOrder.DayFirst, "2026-06-30")]
    [TestCase("6/30/26", DateOrder.MonthFirst, "date-year")]
    [TestCase("30/6/2026", DateOrder.MonthFirst, "date-impossible")]
    [TestCase("2026-06-30", DateOrder.MonthFirst, "date-form")]
    [TestCase("2026-06-30 23:59:59", DateOrder.YearFirst, "2026-06-30")]
    [TestCase("6/30/2026 11:59 PM", DateOrder.MonthFirst, "2026-06-30")]
    [TestCase("2026-06-30 25:00", DateOrder.YearFirst, "date-form")]
    [TestCase("2026-07-01T03:30:00Z", DateOrder.YearFirst, "date-zone")]
    public void ForeignDatesHaveTheOneOrderOfTheirFile(string text, DateOrder order, string read) => Assert.That(Date(text, new(order)), Is.EqualTo(read));

    [Test]
    public void ATimeStampBecomesTheStoresLocalDate() =>
        Assert.That(Date("2026-07-01T03:30:00Z", new(DateOrder.YearFirst, TimeZoneInfo.CreateCustomTimeZone("store", TimeSpan.FromHours(-5), null, null))), Is.EqualTo("2026-06-30"));

    private static string Text(string text, ColumnKind kind = ColumnKind.Text) =>
        TextField.Check(Encoding.UTF8.GetBytes(text), new("x", kind, MaxLength: 40), out var composed) is { } fault ? fault.Code : composed ?? text;

    [TestCase("Ana\u0000", "text-control")]
    [TestCase("Ana\u0007", "text-control")]
    [TestCase("Ana\nMaria", "text-control")]
    [TestCase("Ana\u0085", "text-control")]
    [TestCase("Ana\u202Ecod.exe", "text-direction")]
    [TestCase("Ana\u2066", "text-direction")]
    [TestCase("An\uFFFD", "text-unreadable")]
    [TestCase("a\u0301\u0301\u0301\u0301\u0301", "text-marks")]
    [TestCase("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "text-length")]
    [TestCase("Zoe\u0308 Ångström", "Zoë Ångström")]
    [TestCase("Nguyê\u0303n Thi\u0323\u0302", "Nguyễn Thị\u0302")]
    [TestCase("\u0418\u0306 \u03B1\u0301", "\u0419 \u03AC")]
    public void TextIsPrintableAndComposed(string text, string read) => Assert.That(Text(text), Is.EqualTo(read));

    [Test]
    public void NotesMayHaveLinesAndIdsMayNotBeScientific()
    {
        Assert.That(Text("one\ntwo", ColumnKind.Note), Is.EqualTo("one\ntwo"));
        Assert.That((Text("1.23457E+15", ColumnKind.Identifier), Text("1.23457E+15"), Text("00E12", ColumnKind.Identifier)), Is.EqualTo(("id-scientific", "1.23457E+15", "00E12")));
    }

    [Test]
    public void ComposedLettersAreStable() =>
        Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Gen.Char['\u0300', '\u0332'], Gen.Char['À', 'ž'], Gen.Char['\u1EA0', '\u1EF9'])].Sample(text =>
        {
            var once = Composition.Compose(text);
            return Composition.Compose(once) == once;
        }, iter: 5000);

    [TestCase("=1+1", "'=1+1")]
    [TestCase("-2+3", "'-2+3")]
    [TestCase("@x", "'@x")]
    [TestCase("\tx", "'\tx")]
    [TestCase("'=x", "''=x")]
    [TestCase("'t Hooft", "'t Hooft")]
    [TestCase("''", "''")]
    [TestCase("", "")]
    public void RiskyTextGetsOneApostrophe(string text, string written)
    {
        Assert.That(FormulaSafe.Write(text), Is.EqualTo(written));
        Assert.That(FormulaSafe.Read(written), Is.EqualTo(text));
    }

    [Test]
    public void EveryTextReadsBackAsItWas() =>
        Gen.String[Gen.Char["'=+-@\t\r\na1\", é"]].Sample(text =>
        {
            var safe = FormulaSafe.Write(text);
            var bytes = Encoding.UTF8.GetString(FormulaSafe.Read(Encoding.UTF8.GetBytes(safe)));
            var isHarmless = safe.Length == 0 || "=+-@\t\r\n".IndexOf(safe[0], StringComparison.Ordinal) < 0;
            return isHarmless && FormulaSafe.Read(safe) == text && bytes == text && FormulaSafe.Read(FormulaSafe.WriteField(text)) == text;
        }, iter: 20_000);

    [Test]
    public void WhatTheWriterWritesTheReaderReads() =>
        Gen.String[Gen.Char["'=\r\na\", é"], 0, 12].Array[3].Array[1, 20].Where(rows => rows.All(r => r.Any(f => f.Trim(' ').Length > 0))).Sample(rows =>
        {
            var text = new StringWriter();
            var csv = new CsvWriter(text).Header(["a", "b"]);
            foreach (var row in rows) csv.Text(row[0]).Text(row[1] + "|" + row[2]).EndRow();
            using var reader = DelimitedReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), new(Separator: ',')).Value;
            foreach (var row in rows)
                if (!reader.Read() || reader.Fault is not null || FormulaSafe.Read(reader.Text(0)) != row[0] || FormulaSafe.Read(reader.Text(1)) != row[1] + "|" + row[2]) return false;
            return !reader.Read();
        }, iter: 5000);
}

using System.Globalization;
using System.Numerics;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Patronage;

namespace Evergreen.Application.Dividends;

/// <summary>
/// A member's dividend as a table from which anybody can work it out again to the cent: every figure that goes in, every rule with its exact fraction, and every figure that comes out.
/// </summary>
/// <remarks>
/// Layout 1. Columns: <c>part</c> (co-op, pool, me, payment), <c>pool</c>, <c>step</c> (a fixed word), <c>name</c> (the co-op's own), <c>amount</c> (money or a quantity, two decimals),
/// <c>numerator</c> and <c>denominator</c> (an exact fraction), <c>rule</c> (a fixed word). Steps and rules are words for programs and the same in every language.
/// </remarks>
public static class DividendChainFile
{
    private static readonly string[] Columns = ["part", "pool", "step", "name", "amount", "numerator", "denominator", "rule"];

    public static void Write(MemberDividend dividend, Stream destination)
    {
        using var text = new StreamWriter(destination, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        var file = new Rows(new CsvWriter(text));
        file.Add("file", "", "layout", "my-dividend.v1");
        file.Add("file", "", "co-op", dividend.CoOp.Code);
        file.Add("file", "", "currency", dividend.CoOp.Currency);
        file.Add("file", "", "year-ends", Day(dividend.Year.EndsOn));
        file.Add("file", "", "member", dividend.Number);
        file.Add("file", "", "stage", dividend.Stage switch { DividendStage.Posted => "posted", DividendStage.BeingWorkedOut => "being-worked-out", _ => "books-open" });
        foreach (var back in dividend.TakenBack) file.Add("file", "", "taken-back", back.Run, back.Dividend);
        if (dividend.Posted is not { } posted) return;
        file.Add("file", "", "run", posted.Run.Name);
        CoOp(file, dividend, posted);
        foreach (var pool in posted.Pools) Pool(file, posted, pool);
        Payment(file, posted);
    }

    private static void CoOp(Rows file, MemberDividend dividend, PostedDividend posted)
    {
        var working = posted.Working;
        foreach (var line in dividend.Figures) file.Add("co-op", line.Pool ?? "", "figure", line.Line, line.Amount, rule: line.FromPatronage ? "patronage" : "other");
        file.Add("co-op", "", "net-income", "", working.NetIncome, rule: "sum");
        file.Add("co-op", "", "not-from-patronage", "", working.NonPatronage, rule: "sum");
        file.Add("co-op", "", "patronage-net", "", working.PatronageNet, rule: "difference");
        file.Add("co-op", "", "dividends-on-capital", "", working.CapitalDividends);
        file.Add("co-op", "", "rounding", rule: posted.Policy.Rounding switch { RoundingPolicy.LargestRemainder => "largest-remainder", RoundingPolicy.RoundHalfUpResidualToReserve => "half-up", _ => "floor" });
        file.Add("co-op", "", "minimum-payment", "", posted.Policy.MinimumPayment, rule: posted.Policy.BelowMinimum.ToString());
        if (posted.Policy.BackupWithholding is { } rate) file.Fraction("co-op", "", "withholding-rate", "", rate, "half-up");
    }

    private static void Pool(Rows file, PostedDividend posted, MemberPool pool)
    {
        var (working, code) = (pool.Working, pool.Rule.Code);
        file.Add("pool", code, "name", pool.Rule.Name, rule: pool.Rule.Kind == PoolKind.ShareInterest ? "share-interest" : "patronage");
        if (pool.Rule.NetShare is { } net) file.Fraction("pool", code, "net-share", "", net, "largest-remainder");
        file.Add("pool", code, "net", "", working.Net);
        file.Fraction("pool", code, "member-ratio", "", working.MemberRatio, posted.Policy.FixedMemberRatio is null ? "records" : "fixed");
        file.Add("pool", code, "member-net", "", working.MemberNet, rule: "half-up");
        file.Add("pool", code, "offset", "", working.Offset);
        file.Add("pool", code, "capital-charges", "", working.CapitalCharges);
        file.Add("pool", code, "losses-recovered", "", working.LossesRecovered);
        file.Add("pool", code, "divisible", "", working.Divisible);
        file.Fraction("pool", code, "reserve-share", "", posted.Policy.CollectiveReserve, "largest-remainder");
        file.Add("pool", code, "to-reserve", "", working.ToReserve);
        foreach (var fund in posted.Policy.OtherFunds)
        {
            file.Fraction("pool", code, "fund-share", fund.Code, fund.Share, "largest-remainder");
            file.Add("pool", code, "to-fund", fund.Code, working.Funds.Where(one => one.Code == fund.Code).Select(one => one.Amount).SingleOrDefault());
        }
        file.Add("pool", code, "to-members", "", working.ToMembers);
        file.Add("pool", code, "residue", "", working.Residue);
        file.Add("pool", code, "allocated", "", pool.Amount, rule: pool.IsCapped ? "capped" : "by-units");
        file.Fraction("pool", code, "total-units", pool.Pool.Unit, new Ratio(pool.TotalUnits, pool.Scale * 100), "");
        file.Add("pool", code, "leftover-cents", "", rule: pool.Pool.LeftoverCents.ToString(CultureInfo.InvariantCulture));
        if (pool.Cut is { } cut)
        {
            file.Fraction("pool", code, "smallest-remainder-with-a-cent", "", new Ratio(cut.Least, pool.TotalUnits), "in cents");
            file.Add("pool", code, "cents-for-that-remainder", "", rule: cut.CentsForSame.ToString(CultureInfo.InvariantCulture));
        }
        Me(file, posted, pool);
    }

    private static void Me(Rows file, PostedDividend posted, MemberPool pool)
    {
        var code = pool.Rule.Code;
        foreach (var sum in pool.Sums)
        {
            file.Sum("me", code, sum);
            if (sum.OutsideConsent != 0) file.Add("me", code, "outside-consent", sum.Category ?? "", new Money(sum.OutsideConsent), rule: sum.Measure.ToString().ToLowerInvariant());
        }
        file.Fraction("me", code, "class-weight", "", pool.ClassWeight, "");
        if (pool.Row is not { } row)
        {
            file.Add("me", code, "no-part", rule: pool.Gap?.ToString() ?? "");
            return;
        }
        file.Fraction("me", code, "units", pool.Pool.Unit, new Ratio(pool.Units, pool.Scale * 100), "");
        file.Fraction("me", code, "share", "", pool.Share, "");
        file.Fraction("me", code, "unrounded", "", new Ratio(pool.Amount.Cents * pool.Units, pool.TotalUnits * 100), "");
        file.Add("me", code, "cut-off", "", new Money(row.FloorCents), rule: "floor");
        if (pool.Cut?.Same.Index().FirstOrDefault(same => same.Item == row.MemberId) is { Item: > 0 } place)
            file.Add("me", code, "place-among-that-remainder", "", rule: (place.Index + 1).ToString(CultureInfo.InvariantCulture));
        file.Add("me", code, "extra-cent", "", rule: row.ExtraCent.ToString(CultureInfo.InvariantCulture));
        file.Add("me", code, "dividend", "", new Money(row.DividendCents));
        file.Fraction("me", code, "cash-share", "", pool.Rule.Cash, pool.Rule.CashRoundsUp ? "up" : "half-up");
        if (posted.Consent.IsNone) file.Add("me", code, "consent", "none");
        foreach (var range in posted.Consent.Ranges) file.Add("me", code, "consent", Day(range.From), rule: Day(range.To));
        file.Add("me", code, "notice", rule: pool.Rule.Notice.ToString().ToLowerInvariant());
        file.Add("me", code, "cash", "", new Money(row.CashCents), rule: row.Treatment.ToString());
        file.Add("me", code, "qualified", "", new Money(row.QualifiedCents));
        file.Add("me", code, "nonqualified", "", new Money(row.NonqualifiedCents));
        file.Add("me", code, "shares", "", new Money(row.CapitalCents));
        file.Add("me", code, "withheld", "", new Money(row.WithheldCents));
    }

    private static void Payment(Rows file, PostedDividend posted)
    {
        file.Add("payment", "", "dividend", "", posted.Sum(row => row.DividendCents), rule: "sum");
        file.Add("payment", "", "cash", "", posted.Sum(row => row.CashCents), rule: "sum");
        file.Add("payment", "", "withheld", "", posted.Sum(row => row.WithheldCents), rule: "sum");
        file.Add("payment", "", "payable", "", posted.Sum(row => row.PayableCents), rule: "difference");
        file.Add("payment", "", "retained", "", posted.Sum(row => row.RetainedCents), rule: "difference");
        if (posted.Entry is { } entry) file.Add("payment", "", "ledger-entry", rule: entry.ToString(CultureInfo.InvariantCulture));
        if (posted.Paid is { } paid) file.Add("payment", "", "paid", Day(paid.On), paid.Amount, rule: paid.Entry.ToString(CultureInfo.InvariantCulture));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class Rows
    {
        private readonly CsvWriter csv;

        public Rows(CsvWriter csv)
        {
            this.csv = csv;
            csv.Header(Columns);
        }

        public void Add(string part, string pool, string step, string name = "", Money? amount = null, string rule = "") =>
            csv.Text(part).Text(pool).Text(step).Text(name).Amount(amount).Text("").Text("").Text(rule).EndRow();

        public void Fraction(string part, string pool, string step, string name, Ratio fraction, string rule) =>
            csv.Text(part).Text(pool).Text(step).Text(name).Amount(null).AsRead(Digits(fraction.Numerator)).AsRead(Digits(fraction.Denominator)).Text(rule).EndRow();

        /// <summary>Rows of one kind: their sum, what one counts, and whether they count.</summary>
        public void Sum(string part, string pool, CountedSum sum) =>
            csv.Text(part).Text(pool).Text(sum.Measure.ToString().ToLowerInvariant()).Text(sum.Category).Amount(new Money(sum.Quantity)).AsRead(Digits(sum.Weight.Numerator)).AsRead(Digits(sum.Weight.Denominator))
                .Text(sum.Counts ? "counts" : sum.Eligibility == RowEligibility.NotEligible ? "marked-not-eligible" : "does-not-count").EndRow();

        private static string Digits(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);
    }
}

using System.Globalization;
using System.Numerics;
using Evergreen.Application.CoOps;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Periods;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>Explains one member's dividend of a year: from the co-op's net income to the member's cent, each line with its source and its rounding.</summary>
public sealed class ExplainDividend(Books books)
{
    /// <summary>A line of the working.</summary>
    /// <param name="Part">Where in the chain it stands: co-op, pool, member, payment.</param>
    /// <param name="Text">In plain words.</param>
    /// <param name="Figure">The amount, number or fraction, as text.</param>
    /// <param name="Source">Where the figure comes from, or how it was rounded.</param>
    public sealed record Step(string Part, string Text, string Figure, string Source);

    public sealed record Result(CoOp CoOp, DividendRun Run, string MemberNumber, string MemberName, Money Dividend, Money Cash, Money Retained, Money Payable, IReadOnlyList<Step> Steps);

    public Outcome<Result> Run(string? coOpCode, int year, string memberNumber, string? runName = null) => books.Read<Outcome<Result>>(db =>
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        var member = db.Members.SingleOrDefault(m => m.CoOpId == coOp.Value.Id && m.Number == memberNumber);
        if (member is null) return Refusals.MemberUnknown(memberNumber);
        DividendRun run;
        if (runName is not null)
        {
            var found = FindRun.Run(db, coOp.Value, runName);
            if (found.IsRefused) return found.Refusal!;
            run = found.Value;
        }
        else if (FindRun.Posted(db, coOp.Value.Id, year) is { } posted) run = posted;
        else return Refusals.NoRunPosted(year);
        var rows = db.Allocations.Where(row => row.RunId == run.Id && row.MemberId == member.Id).OrderBy(row => row.PoolNo).ToList();
        if (rows.Count == 0) return Refusals.NoDividend(memberNumber, run.Name);
        return Explain(db, coOp.Value, run, member, rows);
    });

    private static Result Explain(EvergreenDb db, CoOp coOp, DividendRun run, Member member, List<Allocation> rows)
    {
        var working = WorkingJson.Read(run.WorkingJson);
        var version = db.PolicyVersions.Single(policy => policy.Id == run.PolicyVersionId);
        var policy = PolicyDocument.Read(version.Json).Value;
        var pools = CalculateDividend.Pools(db, run.Id).ToDictionary(pool => pool.PoolNo);
        var steps = new List<Step>();
        void Add(string part, string text, object figure, string source) => steps.Add(new Step(part, text, figure.ToString()!, source));

        foreach (var line in db.SurplusLines.Where(line => line.CoOpId == coOp.Id && line.FiscalYear == run.FiscalYear).OrderBy(line => line.No))
            Add("co-op", line.Line, line.Amount, line.FromPatronage ? "year-end figures" : $"year-end figures, not from business with patrons: {line.Reason}");
        Add("co-op", $"Net income of the year ({(policy.NetIncomeBasis == NetIncomeBasis.Book ? "book" : "tax")} basis)", working.NetIncome, "sum of the lines above");
        if (!working.NonPatronage.IsZero) Add("co-op", "less what does not come from business with patrons", -working.NonPatronage, "to the collective reserve");
        Add("co-op", "Net income from business with patrons", working.PatronageNet, "difference");

        foreach (var row in rows) ExplainPool(db, coOp, run, member, policy, working.Pools[row.PoolNo - 1], pools[row.PoolNo], policy.Pools.Single(pool => pool.Code == pools[row.PoolNo].Code), row, Add);

        var dividend = new Money(rows.Sum(row => row.DividendCents));
        var cash = new Money(rows.Sum(row => row.CashCents));
        var retained = new Money(rows.Sum(row => row.RetainedCents));
        var payable = new Money(rows.Sum(row => row.PayableCents));
        if (rows.Count > 1) Add("payment", "My dividend over all pools", dividend, "sum");
        Add("payment", "In cash", cash, rows.Any(row => row.Treatment == CashTreatment.Retained) ? $"below the minimum of {policy.MinimumPayment}, so kept as my capital" : "sum of the pools");
        if (rows.Sum(row => row.WithheldCents) is var withheld and > 0) Add("payment", "less backup withholding", new Money(-withheld), $"{policy.BackupWithholding!.Value.ToPercent(4)} of the cash, to the nearest cent, because no tax id is on file (26 USC 3406)");
        Add("payment", "Payable to me", payable, TreatmentInWords(rows, policy));
        Add("payment", "Retained as my capital", retained, $"dividend less cash: qualified notice {new Money(rows.Sum(row => row.QualifiedCents))}, nonqualified notice {new Money(rows.Sum(row => row.NonqualifiedCents))}, shares {new Money(rows.Sum(row => row.CapitalCents))}");
        return new Result(coOp, run, member.Number, member.Name, dividend, cash, retained, payable, steps);
    }

    private static void ExplainPool(EvergreenDb db, CoOp coOp, DividendRun run, Member member, DividendPolicy policy, PoolWorking working, RunPool pool, PoolPolicy rule, Allocation row, Action<string, string, object, string> add)
    {
        var total = DividendWorksheet.Parse(pool.TotalUnits);
        var units = DividendWorksheet.Parse(row.Units);
        var scale = DividendWorksheet.Parse(pool.UnitsScale);
        var part = $"pool {pool.Code}";
        if (rule.Kind == PoolKind.ShareInterest)
        {
            add(part, $"Share interest at {rule.Rate!.Value.ToPercent(4)} a year, all members", working.Net, "share capital × days ÷ days of the year × rate, to the nearest penny once");
        }
        else
        {
            add(part, $"Net income of the pool '{pool.Name}'", working.Net, "year-end figures by pool, or the pool's share in the policy");
            add(part, "Members' part of the business", working.MemberRatio, policy.FixedMemberRatio is null
                ? $"{rule.UnitCode} of members over all {rule.UnitCode}, {Hundredths(working.MemberUnits)} ÷ {Hundredths(working.AllUnits)} = {working.MemberRatio.ToPercent(8)}, kept as an exact fraction" : $"fixed in the policy, {working.MemberRatio.ToPercent(8)}");
            add(part, "Net income earned with members", working.MemberNet, "pool × members' part, to the nearest cent");
            if (!working.NonMemberNet.IsZero) add(part, "Net income earned with others", working.NonMemberNet, "the rest, to the collective reserve");
            if (!working.Offset.IsZero) add(part, working.Offset.IsPositive ? "less losses of other pools set against it" : "loss set against other pools", -working.Offset, "election under 26 USC 1388(j)");
            if (!working.CapitalCharges.IsZero) add(part, "less dividends on capital and share interest", -working.CapitalCharges, "in proportion to the pools");
            if (!working.LossesRecovered.IsZero) add(part, "less losses of earlier years made up", -working.LossesRecovered, "losses carried forward");
            if (working.ToMembers.IsPositive)
            {
                add(part, "Collective reserve", -working.ToReserve, $"{policy.CollectiveReserve.ToPercent(4)} of {working.Divisible}, by largest remainder");
                foreach (var fund in working.Funds.Where(fund => !fund.Amount.IsZero)) add(part, fund.Name, -fund.Amount, $"{policy.OtherFunds.Single(share => share.Code == fund.Code).Share.ToPercent(4)} of {working.Divisible}");
            }
            add(part, working.ToMembers.IsNegative ? "Loss to be borne by members" : "Pool to be divided among members", working.ToMembers, "the rest");
            foreach (var sum in RowSums(db, coOp, run.FiscalYear, member.Id)) add("me", sum.Text, sum.Figure, sum.Source);
        }
        add("me", $"My units ({pool.Unit}{(rule.ClassWeights.Count > 0 ? ", after class weights" : "")})", UnitsText.Of(units, scale), "the rows above that count");
        add("me", $"All members' units ({pool.Unit})", UnitsText.Of(total, scale), $"{run.MembersAllocated} members");
        var share = new Ratio(units, total);
        add("me", "My exact share", share, share.ToPercent(10));
        add("me", "My share of the pool before rounding", UnitsText.Unrounded(new Money(pool.AmountCents), units, total), $"{new Money(pool.AmountCents)} × {share}");
        var rounding = policy.Rounding == RoundingPolicy.LargestRemainder
            ? $"cut off to {new Money(row.FloorCents)}{(row.ExtraCent == 1 ? " plus 0.01: one of the" : ", no extra cent: the")} {pool.LeftoverCents} leftover cents {(row.ExtraCent == 1 ? "that went to the largest remainders" : "went to larger remainders, or to lower member numbers where equal")}"
            : row.ExtraCent == 1 ? $"cut off to {new Money(row.FloorCents)} plus 0.01 (half a cent or more)" : $"cut off to {new Money(row.FloorCents)}; what rounding leaves goes to the reserve";
        add("me", "My dividend", new Money(row.DividendCents), rounding);
        if (row.DividendCents <= 0) return;
        add("me", "of it in cash", new Money(row.CashCents), CashRule(db, coOp, run, member, policy, rule, row, units, scale, add));
        add("me", "of it retained", new Money(row.RetainedCents), "dividend less cash");
    }

    /// <summary>How the cash was rounded; where consent covers a part of the year only, what that part is and the cash of each part are lines of their own.</summary>
    private static string CashRule(EvergreenDb db, CoOp coOp, DividendRun run, Member member, DividendPolicy policy, PoolPolicy rule, Allocation row, BigInteger units, BigInteger scale, Action<string, string, object, string> add)
    {
        const string Up = "rounded up to the cent so that it is never below 20 %", Nearest = "to the nearest cent";
        var percent = rule.Cash.ToPercent(4);
        var kept = row.Treatment == CashTreatment.Retained ? $"; below the minimum of {policy.MinimumPayment}, so kept as my capital" : "";
        if (!rule.CashRoundsUp) return $"{percent}, {Nearest}{kept}";
        var year = coOp.Year(run.FiscalYear);
        var facts = FactsOfMember.Read(db, coOp, member, year);
        var outside = facts.Consent.IsNone ? units : UnitsOutside(db, coOp, member, rule, facts, year, units, scale);
        var (covered, rest) = ConsentSplit.Of(new Money(row.DividendCents), units, outside);
        // The run keeps what it was calculated from only as a fingerprint: a consent recorded since must not be passed off as its reason.
        if (row.Treatment != CashTreatment.Retained && rule.Cash.DivideUp(covered) + rule.Cash.DivideHalfUp(rest) != new Money(row.CashCents)) return $"{percent}, as it was calculated; what is on record of my consent has changed since";
        if (facts.Consent.IsNone) return $"{percent}, {Nearest}, because no consent of mine covers the year{kept}";
        if (outside.IsZero) return $"{percent}, {Up}{kept}";
        add("me", "My units on days that my consent covers", UnitsText.Of(units - outside, scale), string.Join(", ", facts.Consent.Ranges.Select(range => $"{Day(range.From)} to {Day(range.To)}")));
        add("me", "My units on the other days", UnitsText.Of(outside, scale), "what remains of my units");
        add("me", "My dividend on what my consent covers", covered, "in proportion to the units, by largest remainder");
        add("me", "My dividend on the rest", rest, "what remains; it cannot carry a qualified notice");
        add("me", "Cash of what my consent covers", rule.Cash.DivideUp(covered), $"{percent}, {Up}");
        add("me", "Cash of the rest", rule.Cash.DivideHalfUp(rest), $"{percent}, {Nearest}");
        return $"sum{kept}";
    }

    /// <summary>As the calculation counts them.</summary>
    private static BigInteger UnitsOutside(EvergreenDb db, CoOp coOp, Member member, PoolPolicy rule, MemberFacts facts, FiscalYear year, BigInteger units, BigInteger scale)
    {
        var raw = new PatronageOfMember(db, coOp, year, Households.Of(db, member.Id), facts.Consent).For(rule).Where(sum => sum.Counts).Aggregate(Ratio.Zero, (all, sum) => all + sum.Weight * new Ratio(sum.OutsideConsent, 1));
        var scaled = raw * rule.WeightOf(facts.Classes) * new Ratio(scale, 1);
        return BigInteger.Min(units, BigInteger.Max(0, scaled.Numerator / scaled.Denominator));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What was recorded for the member and their household in the year, by category, with the number of rows and the imports that they came in.</summary>
    private static IEnumerable<(string Text, string Figure, string Source)> RowSums(EvergreenDb db, CoOp coOp, int year, int memberId)
    {
        var ids = db.Members.Where(m => m.Id == memberId || m.HouseholdOfId == memberId).Select(m => m.Id).ToList();
        var categories = db.PatronageCategories.Where(category => category.CoOpId == coOp.Id).ToDictionary(category => category.Id, category => category.Code);
        var totals = db.PatronageTotals.Where(total => total.CoOpId == coOp.Id && total.FiscalYear == year && ids.Contains(total.MemberId))
            .GroupBy(total => new { total.Measure, total.CategoryId, total.Eligibility }).Select(group => new { group.Key.Measure, group.Key.CategoryId, group.Key.Eligibility, Quantity = group.Sum(total => total.Quantity), Rows = group.Sum(total => total.Rows) }).ToList();
        var period = coOp.Year(year);
        var imports = db.Purchases.Where(row => row.MemberId != null && ids.Contains(row.MemberId.Value) && row.On >= period.StartsOn && row.On <= period.EndsOn).Select(row => row.ImportId)
            .Union(db.HoursWorked.Where(row => row.MemberId != null && ids.Contains(row.MemberId.Value) && row.On >= period.StartsOn && row.On <= period.EndsOn).Select(row => row.ImportId))
            .Join(db.Imports, id => id, import => import.Id, (_, import) => import.Number).Distinct().Order().ToList();
        var from = imports.Count == 0 ? "" : $"; import {string.Join(", ", imports)}";
        foreach (var total in totals.OrderBy(total => total.Measure).ThenBy(total => categories.GetValueOrDefault(total.CategoryId), StringComparer.Ordinal).ThenBy(total => total.Eligibility))
        {
            var category = categories.GetValueOrDefault(total.CategoryId);
            var eligibility = total.Eligibility switch { RowEligibility.Eligible => ", marked eligible", RowEligibility.NotEligible => ", marked not eligible", _ => "" };
            yield return ($"{total.Measure}{(category is null ? "" : $", {category}")}{eligibility}", new Money(total.Quantity).ToString(), $"{total.Rows} rows{from}");
        }
    }

    private static string TreatmentInWords(List<Allocation> rows, DividendPolicy policy) => rows.Select(row => row.Treatment).Where(treatment => treatment != CashTreatment.Paid).Select(treatment => treatment switch
    {
        CashTreatment.Retained => $"nothing: below the minimum of {policy.MinimumPayment}",
        CashTreatment.Donated => $"given on in my name: below the minimum of {policy.MinimumPayment}",
        CashTreatment.RolledForward => $"kept for me until it reaches the minimum of {policy.MinimumPayment}",
        CashTreatment.StoreCredit => $"as store credit: below the minimum of {policy.MinimumPayment}",
        CashTreatment.Pooled => $"to the collective reserve: below the minimum of {policy.MinimumPayment}",
        _ => "with the wages, by payroll",
    }).FirstOrDefault("cash less withholding");

    private static string Hundredths(string units) => UnitsText.Of(BigInteger.Parse(units, CultureInfo.InvariantCulture), 1);
}

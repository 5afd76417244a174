using System.Numerics;
using Evergreen.Application.Dividends;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Patronage;
using Evergreen.Web.Layout;

namespace Evergreen.Web.Portal.Dividends;

/// <summary>Puts the chain of a dividend into words.</summary>
internal sealed class ReceiptText(PortalWords words, MemberDividend dividend, PostedDividend posted)
{
    private readonly Figures figures = new(words.Language, dividend.CoOp.Currency);

    private static readonly string[] FromCash = ["payment-cash", "payment-withheld"];

    private bool OnePool => posted.Pools.Count == 1;

    public IEnumerable<ReceiptPart> Parts()
    {
        yield return CoOp();
        foreach (var pool in posted.Pools)
            if (pool.Rule.Kind == PoolKind.Patronage) yield return OfPool(pool);
        foreach (var pool in posted.Pools)
            if (pool.Row is not null || pool.Sums.Count > 0) yield return Mine(pool);
        if (posted.HasPart) yield return Payment();
    }

    private ReceiptPart CoOp()
    {
        var (working, all) = (posted.Working, dividend.Figures);
        var lines = new List<ReceiptLine>
        {
            new(words["co-op.net"], figures.Amount(working.NetIncome))
            {
                Key = "net", Term = "net-income", Source = words[posted.Policy.NetIncomeBasis == NetIncomeBasis.Tax ? "co-op.net.tax" : "co-op.net.book"], SumOfTitle = words.Count("co-op.lines", all.Count),
                SumOf = [.. all.Select(line => new ReceiptLine(line.Line, figures.Amount(line.Amount)) { Key = "", Source = line.FromPatronage ? null : words["co-op.other", line.Reason ?? ""] })],
            },
        };
        if (!working.NonPatronage.IsZero)
        {
            var others = all.Where(line => !line.FromPatronage).ToList();
            lines.Add(new(words["co-op.non-patronage"], figures.Less(working.NonPatronage))
            {
                Key = "non-patronage", Term = "non-patronage", Source = words["co-op.non-patronage.why"], SumOfTitle = words.Count("co-op.lines", others.Count),
                SumOf = [.. others.Select(line => new ReceiptLine(line.Line, figures.Amount(line.Amount)) { Key = "", Source = line.Reason })],
            });
        }
        lines.Add(new(words["co-op.patronage"], figures.Amount(working.PatronageNet)) { Key = "patronage", From = ["co-op-net", "co-op-non-patronage"], Term = "patronage", IsTotal = true, Source = words["co-op.patronage.how"] });
        if (!working.CapitalDividends.IsZero && !posted.Policy.CapitalDividendsReducePatronageNet) lines.Add(new(words["co-op.capital"], figures.Amount(working.CapitalDividends)) { Key = "capital", From = ["co-op-patronage"], Source = words["co-op.capital.reserve"] });
        return new ReceiptPart("co-op", words["co-op", dividend.Year.Year], words["co-op.lead"], lines);
    }

    private ReceiptPart OfPool(MemberPool pool)
    {
        var (working, policy) = (pool.Working, posted.Policy);
        var lines = new List<ReceiptLine>();
        string[] members = [In(pool, "member-net")];
        if (!OnePool || working.Net != posted.Working.PatronageNet)
            lines.Add(new(words["pool.net"], figures.Amount(working.Net)) { Key = "net", From = ["co-op-patronage"], Term = "pool", Source = pool.Rule.NetShare is { } share ? words["pool.net.share", figures.Percent(share, 4)] : words["pool.net.figures"] });
        lines.Add(new(words["pool.ratio"], figures.Percent(working.MemberRatio, 8))
        {
            Key = "ratio", From = policy.FixedMemberRatio is null && pool.Row is not null ? [OfMine(pool, "all")] : ["co-op-patronage"], Term = "member-ratio",
            Source = policy.FixedMemberRatio is not null ? words["pool.ratio.fixed"] : words["pool.ratio.records", UnitsOf(pool, BigInteger.Parse(working.MemberUnits, System.Globalization.CultureInfo.InvariantCulture)), UnitsOf(pool, BigInteger.Parse(working.AllUnits, System.Globalization.CultureInfo.InvariantCulture))],
            Exactly = figures.Fraction(working.MemberRatio),
        });
        lines.Add(new(words["pool.member-net"], figures.Amount(working.MemberNet)) { Key = "member-net", From = lines.Count > 1 ? [In(pool, "net"), In(pool, "ratio")] : ["co-op-patronage", In(pool, "ratio")], IsTotal = true, Source = words["pool.member-net.how", figures.Amount(working.Net)] });
        if (!working.NonMemberNet.IsZero) lines.Add(new(words["pool.others"], figures.Amount(working.NonMemberNet)) { Key = "others", From = members, Source = words["pool.others.how", figures.Amount(working.Net), figures.Amount(working.MemberNet)] });
        if (!working.Offset.IsZero) lines.Add(new(words[working.Offset.IsPositive ? "pool.offset" : "pool.offset.borne"], figures.Less(working.Offset)) { Key = "offset", From = ["co-op-patronage"], Source = words["pool.offset.how"] });
        if (!working.LossToReserve.IsZero) lines.Add(new(words["pool.loss.reserve"], figures.Amount(working.LossToReserve)) { Key = "loss-reserve", From = members, Term = "loss", Source = words["pool.loss.reserve.how"] });
        if (!working.LossCarriedForward.IsZero) lines.Add(new(words["pool.loss.carried"], figures.Amount(working.LossCarriedForward)) { Key = "loss-carried", From = members, Term = "loss", Source = words["pool.loss.carried.how"] });
        if (!working.CapitalCharges.IsZero) lines.Add(new(words["pool.capital"], figures.Less(working.CapitalCharges)) { Key = "capital", From = ["co-op-capital", .. members], Source = words["pool.capital.how"] });
        if (!working.LossesRecovered.IsZero) lines.Add(new(words["pool.recovered"], figures.Less(working.LossesRecovered)) { Key = "recovered", From = members, Term = "loss", Source = words["pool.recovered.how"] });
        if (working.Divisible.IsPositive)
        {
            lines.Add(new(words["pool.reserve"], figures.Less(working.ToReserve)) { Key = "reserve", From = members, Term = "reserve", Source = words["pool.percent", figures.Percent(policy.CollectiveReserve, 4), figures.Amount(working.Divisible)] });
            foreach (var fund in working.Funds.Where(fund => !fund.Amount.IsZero))
                lines.Add(new(fund.Name, figures.Less(fund.Amount)) { Key = "fund-" + fund.Code, From = members, Source = words["pool.percent", figures.Percent(policy.OtherFunds.First(one => one.Code == fund.Code).Share, 4), figures.Amount(working.Divisible)] });
        }
        lines.Add(new(words[working.ToMembers.IsNegative ? "pool.members.loss" : "pool.members"], figures.Amount(working.ToMembers)) { Key = "members", From = [.. lines.Skip(lines.FindIndex(line => line.Key == "member-net")).Where(line => line.Key != "others").Select(line => In(pool, line.Key))], Term = "pool", IsTotal = true, Source = words.Count("pool.members.how", posted.Run.MembersAllocated) });
        if (!working.Residue.IsZero) lines.Add(new(words["pool.residue"], figures.Less(working.Residue)) { Key = "residue", From = [In(pool, "members")], Term = "rounding", Source = words["pool.residue.how"] });
        return new ReceiptPart("pool-" + pool.Rule.Code, OnePool ? words["pool.one"] : words["pool.of", pool.Rule.Name], words["pool.lead"], lines);
    }

    private ReceiptPart Mine(MemberPool pool)
    {
        var lines = pool.Sums.Select(Sum).ToList();
        string[] counted = [.. pool.Sums.Zip(lines).Where(pair => pair.First.Counts).Select(pair => OfMine(pool, pair.Second.Key))];
        if (pool.ClassWeight != Ratio.One && pool.Row is not null) lines.Add(new(words["me.class"], "× " + figures.Fraction(pool.ClassWeight)) { Key = "class", From = counted, Term = "class-weight", Source = words["me.class.how"] });
        if (pool.Row is { } row)
        {
            lines.Add(new(words["me.units"], UnitsOf(pool, pool.Units, pool.Scale)) { Key = "units", From = pool.Rule.Kind == PoolKind.ShareInterest ? ["co-op-capital", "co-op-patronage"] : [.. counted, OfMine(pool, "class")], Term = "unit", IsTotal = true, Source = pool.Rule.Kind == PoolKind.ShareInterest ? words["me.units.interest"] : words["me.units.how"] });
            lines.Add(new(words["me.all"], UnitsOf(pool, pool.TotalUnits, pool.Scale)) { Key = "all", From = [OfMine(pool, "units")], Source = words.Count("me.all.how", posted.Run.MembersAllocated) });
            lines.Add(new(words["me.share"], figures.Percent(pool.Share, 10)) { Key = "share", From = [OfMine(pool, "units"), OfMine(pool, "all")], Term = "exact-share", Source = words["me.share.how"], Exactly = figures.Fraction(pool.Share) });
            lines.Add(new(words["me.unrounded"], figures.Unrounded(pool.Amount, pool.Units, pool.TotalUnits)) { Key = "unrounded", From = [OfMine(pool, "share"), In(pool, "members")], Term = "unrounded", Source = words["me.unrounded.how", figures.Amount(pool.Amount)] });
            lines.AddRange(Rounding(pool, row));
            lines.Add(new(words[row.DividendCents < 0 ? "me.loss" : "me.dividend"], figures.Amount(new Money(row.DividendCents)))
            {
                Key = "dividend", From = [OfMine(pool, "cut"), OfMine(pool, "cent")], Term = "dividend", IsTotal = true, Source = row.DividendCents < 0 ? words["me.loss.how"] : words["me.dividend.how", figures.Amount(new Money(row.FloorCents)), figures.Amount(new Money(row.ExtraCent))], Way = Entry(posted.Entry),
            });
        }
        else lines.Add(new(words["me.dividend"], figures.Amount(Money.Zero)) { Key = "dividend", From = [In(pool, "members"), .. counted], IsTotal = true, Source = Gap(words, dividend, pool) });
        return new ReceiptPart("me-" + pool.Rule.Code, OnePool ? words["me"] : words["me.of", pool.Rule.Name], null, lines);
    }

    private IEnumerable<ReceiptLine> Rounding(MemberPool pool, Allocation row)
    {
        if (pool.IsCapped) yield break;
        yield return new(words["me.cut"], figures.Amount(new Money(row.FloorCents))) { Key = "cut", From = [OfMine(pool, "unrounded")], Term = "rounding", Source = words["me.cut.how", figures.PartOfCent(pool.Remainder, pool.TotalUnits)] };
        var got = row.ExtraCent == 1;
        var cent = figures.Amount(new Money(row.ExtraCent));
        string[] cutFrom = [OfMine(pool, "cut")];
        if (posted.Policy.Rounding != RoundingPolicy.LargestRemainder && pool.Rule.Kind == PoolKind.Patronage)
        {
            yield return new(words["me.cent"], cent) { Key = "cent", From = cutFrom, Source = words[posted.Policy.Rounding == RoundingPolicy.FloorResidualToReserve ? "me.cent.floor" : got ? "me.cent.half" : "me.cent.below-half"] };
            yield break;
        }
        if (pool.Cut is not { } cut)
        {
            yield return new(words["me.cent"], cent) { Key = "cent", From = cutFrom, Source = words["me.cent.none"] };
            yield break;
        }
        var (mine, least) = (figures.PartOfCent(pool.Remainder, pool.TotalUnits), figures.PartOfCent(cut.Least, pool.TotalUnits));
        var left = words.Number(pool.Pool.LeftoverCents);
        var tied = pool.Remainder == cut.Least && cut.Same.Count > 1;
        yield return new(words["me.cent"], cent)
        {
            Key = "cent", From = cutFrom, Term = "leftover",
            Source = words.Count("me.cent.left", pool.Pool.LeftoverCents) + " " + (tied ? words[got ? "me.cent.tied.got" : "me.cent.tied", mine, cut.Same.Count] : words[got ? "me.cent.got" : "me.cent.not", mine, least]),
        };
    }

    private ReceiptLine Sum(CountedSum sum)
    {
        var name = sum.CategoryName.Length == 0 ? words["measure." + Word(sum.Measure)] : sum.Measure is Measure.Hours or Measure.Wages ? words.HoursKind(sum.CategoryName) : sum.CategoryName;
        var marked = sum.Eligibility switch { RowEligibility.Eligible => words["me.marked"], RowEligibility.NotEligible => words["me.marked-not"], _ => "" };
        var source = sum.Counts ? sum.Weight == Ratio.One ? words["me.counts"] : words["me.counts.weight", figures.Fraction(sum.Weight)] : words["me.not-counted"];
        var query = $"measure={Word(sum.Measure)}&category={Uri.EscapeDataString(sum.Category ?? Application.Patronage.MyRows.WithoutCategory)}&marked={Word(sum.Eligibility)}";
        var bought = sum.Measure is Measure.Purchases or Measure.Volume;
        return new ReceiptLine(name, figures.Quantity(sum.Measure, sum.Quantity))
        {
            Key = $"{Word(sum.Measure)}-{sum.Category}-{Word(sum.Eligibility)}".Replace(' ', '_').TrimEnd('-'), Source = string.Join(" ", new[] { source, marked }.Where(text => text.Length > 0)),
            Way = new ReceiptWay(ReceiptWayKind.Rows, words.Count(bought ? "me.purchases" : "me.hours", sum.Rows), query, words.Count(bought ? "pdf.purchases" : "pdf.hours", sum.Rows)),
        };
    }

    private ReceiptPart Payment()
    {
        var total = posted.Sum(row => row.DividendCents);
        var cash = posted.Sum(row => row.CashCents);
        var kept = posted.Sum(row => row.RetainedCents);
        var lines = new List<ReceiptLine> { new(words["pay.dividend"], figures.Amount(total)) { Key = "dividend", From = [.. posted.Pools.Where(pool => pool.Row is not null).Select(pool => OfMine(pool, "dividend"))], Source = posted.Rows.Count() > 1 ? words["pay.dividend.sum"] : null } };
        if (total.IsNegative)
        {
            lines.Add(new(words["pay.loss"], figures.Amount(kept)) { Key = "loss", From = ["payment-dividend"], Term = "loss", IsTotal = true, Source = words["pay.loss.how"], Way = Entry(posted.Entry) });
            return new ReceiptPart("payment", words["pay"], null, lines);
        }
        lines.Add(new(words["pay.cash"], figures.Amount(cash)) { Key = "cash", From = ["payment-dividend"], Term = "cash", Source = CashRule(total, cash) });
        lines.AddRange(Kept());
        lines.Add(new(words["pay.sum"], figures.Amount(cash + kept)) { Key = "sum", From = ["payment-cash", "payment-qualified", "payment-nonqualified", "payment-shares"], IsTotal = true, Source = words["pay.sum.how", figures.Amount(cash), figures.Amount(kept), figures.Amount(total)] });
        var withheld = posted.Sum(row => row.WithheldCents);
        if (withheld.IsPositive) lines.Add(new(words["pay.withheld"], figures.Less(withheld)) { Key = "withheld", From = ["payment-cash"], Term = "withholding", Source = words["pay.withheld.how", figures.Percent(posted.Policy.BackupWithholding!.Value, 4), figures.Amount(cash)] });
        lines.Add(Paid(cash - withheld));
        return new ReceiptPart("payment", words["pay"], null, lines);
    }

    private IEnumerable<ReceiptLine> Kept()
    {
        foreach (var (key, amount) in new[] { ("qualified", posted.Sum(row => row.QualifiedCents)), ("nonqualified", posted.Sum(row => row.NonqualifiedCents)), ("shares", posted.Sum(row => row.CapitalCents)) })
        {
            if (amount.IsZero) continue;
            yield return new(words["pay." + key], figures.Amount(amount)) { Key = key, From = ["payment-dividend"], Term = key == "shares" ? "kept" : key, Source = key == "nonqualified" ? WhyNonqualified() : words[$"pay.{key}.how"], Way = Entry(posted.Entry) };
        }
    }

    private string WhyNonqualified()
    {
        var consent = posted.Consent;
        if (consent.IsNone && posted.Pools.Any(pool => pool.Rule.Notice == NoticeKind.Qualified)) return words["pay.nonqualified.no-consent"];
        if (!posted.Sum(row => row.QualifiedCents).IsPositive) return words["pay.nonqualified.how"];
        return (consent.Ranges, consent.Gaps(dividend.Year)) switch
        {
            (_, []) => words["pay.nonqualified.how"],
            ([var range], [var gap]) when gap.From == dividend.Year.StartsOn => words["pay.nonqualified.before", range.From],
            ([_], [var gap]) => words["pay.nonqualified.after", gap.From],
            _ => words["pay.nonqualified.gaps"],
        };
    }

    private string CashRule(Money total, Money cash)
    {
        var rules = posted.Pools.Where(pool => pool.Row is not null).Select(pool => (pool.Rule.Cash, pool.Rule.CashRoundsUp)).Distinct().ToList();
        var up = rules.Count == 1 && rules[0].CashRoundsUp && !posted.Consent.IsNone;
        var split = up && posted.Pools.Any(pool => pool.Row is not null && pool.Sums.Any(sum => sum.Counts && sum.OutsideConsent > 0));
        var rule = rules.Count == 1 ? words[split ? "pay.cash.split" : up ? "pay.cash.up" : "pay.cash.nearest", figures.Percent(rules[0].Cash, 4)] : words["pay.cash.pools"];
        var qualified = posted.Sum(row => row.QualifiedCents);
        if (!qualified.IsPositive) return rule;
        var base20 = total - posted.Sum(row => row.NonqualifiedCents);
        return rule + " " + words["pay.cash.test", figures.Amount(base20), figures.Amount(new Ratio(1, 5).DivideUp(base20)), figures.Amount(cash)];
    }

    private ReceiptLine Paid(Money payable)
    {
        var treatment = posted.Rows.Select(row => row.Treatment).FirstOrDefault(one => one != CashTreatment.Paid, CashTreatment.Paid);
        if (treatment is not (CashTreatment.Paid or CashTreatment.Payroll))
            return new(words["pay.paid"], figures.Amount(treatment == CashTreatment.Retained ? Money.Zero : payable)) { Key = "paid", From = FromCash, IsTotal = true, Term = "minimum", Source = words["pay.small." + treatment.ToString().ToLowerInvariant(), figures.Amount(posted.Policy.MinimumPayment)], Way = Entry(posted.Entry) };
        if (treatment == CashTreatment.Payroll) return new(words["pay.paid"], figures.Amount(payable)) { Key = "paid", From = FromCash, IsTotal = true, Source = words["pay.payroll"], Way = Entry(posted.Entry) };
        if (posted.Paid is { } paid)
            return new(words["pay.paid"], figures.Amount(paid.Amount)) { Key = "paid", From = FromCash, IsTotal = true, Source = paid.Amount == payable ? words["pay.paid.on", paid.On] : words["pay.paid.with", paid.On, figures.Amount(payable)], Way = Entry(paid.Entry) };
        return new(words["pay.to-pay"], figures.Amount(payable)) { Key = "paid", From = FromCash, IsTotal = true, Source = payable.IsZero ? words["pay.nothing"] : words["pay.to-pay.how"], Way = Entry(posted.Entry) };
    }

    /// <summary>Anchor of a line about a pool.</summary>
    private static string In(MemberPool pool, string key) => $"pool-{pool.Rule.Code}-{key}";

    /// <summary>Anchor of a line about the member's part in a pool.</summary>
    private static string OfMine(MemberPool pool, string key) => $"me-{pool.Rule.Code}-{key}";

    private ReceiptWay? Entry(long? entry) => entry is { } number ? new ReceiptWay(ReceiptWayKind.Entry, words["entry", number], number.ToString(System.Globalization.CultureInfo.InvariantCulture), words["entry", number] + ".") : null;

    /// <summary>Units as they are counted: money for purchases and wages, hours, or points where weights make one of several.</summary>
    private string UnitsOf(MemberPool pool, BigInteger units, BigInteger? scale = null)
    {
        var common = scale ?? ScaleOf(pool);
        var plain = figures.Units(units, common);
        var money = pool.Pool.Unit is "purchases" or "wages" && pool.Rule.ClassWeights.Count == 0 && common.IsOne;
        return money ? figures.Amount(new Money((long)units)) : words["unit." + (pool.Pool.Unit is "hours" && pool.Rule.ClassWeights.Count == 0 ? "hours" : pool.Pool.Unit is "share-interest" ? "share-interest" : "points"), plain];
    }

    /// <summary>Without class weights, as the member ratio is counted.</summary>
    private static BigInteger ScaleOf(MemberPool pool)
    {
        var common = BigInteger.One;
        foreach (var part in pool.Rule.Unit) common = common / BigInteger.GreatestCommonDivisor(common, part.Weight.Denominator) * part.Weight.Denominator;
        return common;
    }

    internal static string Gap(PortalWords words, MemberDividend dividend, MemberPool pool)
    {
        if (pool.Amount.IsZero) return words["gap.nothing-to-share"];
        var rule = pool.Rule.Eligibility;
        return pool.Gap switch
        {
            EligibilityGap.InAnothersHousehold => words["gap.household"],
            EligibilityGap.NotAMemberAtYearEnd => words["gap.member", dividend.Year.EndsOn],
            EligibilityGap.TooFewHours => words["gap.hours", rule.MinimumHours],
            EligibilityGap.ShareNotPaidIn => words["gap.share", words.Amount(rule.EquityAtLeast, dividend.CoOp.Currency), dividend.Year.EndsOn],
            EligibilityGap.TooFewMonths => words["gap.months", rule.MonthsOfMembership, dividend.Year.EndsOn],
            EligibilityGap.ClassWithoutWeight => words["gap.class"],
            EligibilityGap.BelowZero => words["gap.below-zero"],
            _ => words["gap.nothing"],
        };
    }

    private static string Word(Measure measure) => measure.ToString().ToLowerInvariant();
    private static string Word(RowEligibility eligibility) => eligibility switch { RowEligibility.Eligible => "yes", RowEligibility.NotEligible => "no", _ => "" };
}

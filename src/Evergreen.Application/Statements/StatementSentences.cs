using Evergreen.Application.Dividends;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Languages;
using Evergreen.Domain.Members;
using Evergreen.Domain.Periods;
using Evergreen.Domain.Statements;

namespace Evergreen.Application.Statements;

/// <summary>What the statements of a run say of it, in one language. Names of pools and funds, and the co-op's own sentence on redemption, stay as the co-op wrote them.</summary>
internal sealed class StatementSentences(CoOp coOp, FiscalYear year, DividendPolicy policy, Language language)
{
    internal static readonly WordBook Book = new(typeof(StatementSentences).Assembly, "Evergreen.Application.Statements.Words");

    private readonly Wording words = Book.Of(language);

    public Language Language => language;

    public string NoRedemption => words["no-redemption"];

    public string Write(Money amount) => language.Amount(amount, coOp.Currency);

    public string Figure(string written) => language.Figure(written);

    public string Replaces(string run, string reason) => words["replaces", run, reason];

    /// <summary>What a pool counts; a unit that is none of ours stays as the policy has it.</summary>
    public string Unit(string unit) => words.Has("unit." + unit) ? words["unit." + unit] : unit;

    public string Rounding(Allocation row, long leftover)
    {
        if (row.DividendCents < 0) return words["rounding.loss"];
        if (policy.Rounding != RoundingPolicy.LargestRemainder) return words[row.ExtraCent == 1 ? "rounding.nearest-up" : "rounding.down"];
        if (row.ExtraCent == 1) return words.Count("rounding.extra", leftover);
        return leftover == 0 ? words["rounding.none"] : words.Count("rounding.others", leftover);
    }

    /// <summary>How the cash is paid, and by which day while the payment period still runs on the day of issue.</summary>
    public string HowPaid(Member member, List<Allocation> rows, DateOnly issuedOn)
    {
        if (rows.All(row => row.Treatment == CashTreatment.Payroll)) return words["paid.payroll"];
        var by = Deadlines.PaymentPeriodEnd(year);
        if (coOp.Regime != TaxRegime.SubchapterT || issuedOn > by) return member.BankAccountLastFour is { } account ? words["paid.bank", account] : words["paid.check"];
        return member.BankAccountLastFour is { } lastFour ? words["paid.bank-by", by, lastFour] : words["paid.check-by", by];
    }

    public string? BelowMinimum(List<Allocation> rows) =>
        rows.Where(row => words.Has($"below.{row.Treatment}")).Select(row => words[$"below.{row.Treatment}", Write(policy.MinimumPayment)]).FirstOrDefault();

    /// <summary>From net income to what the members share.</summary>
    public IReadOnlyList<EarningsStep> Earnings(Working working)
    {
        var patronage = working.Pools.Where(pool => policy.Pools.Single(rule => rule.Code == pool.Code).Kind == PoolKind.Patronage).ToList();
        var interest = Sum(working.Pools.Except(patronage).Select(pool => pool.Net));
        var steps = new List<EarningsStep> { new(words["net-income"], working.NetIncome, Basis: words[policy.NetIncomeBasis == NetIncomeBasis.Book ? "net-income.book" : "net-income.tax"]) };
        Less(words["not-patronage"], working.NonPatronage, words["to-reserve"]);
        var one = patronage.Count == 1 ? patronage[0] : null;
        Less(words["non-members"], Sum(patronage.Select(pool => pool.NonMemberNet)), one is null ? words["non-members.records"] : words["non-members.part", Figure(one.MemberRatio.ToPercent(4))]);
        Less(words["capital-dividends"], Sum(patronage.Select(pool => pool.CapitalCharges)) - interest, null);
        Less(words["losses-made-up"], working.LossesRecovered, null);
        Less(words["loss-to-reserve"], -Sum(patronage.Select(pool => pool.LossToReserve)), null);
        Less(words["loss-forward"], -working.LossesCarriedForward, null);
        Less(words["reserve"], Sum(patronage.Select(pool => pool.ToReserve)), Earned(policy.CollectiveReserve));
        foreach (var fund in working.Funds) Less(fund.Name, fund.Amount, Earned(policy.OtherFunds.Single(share => share.Code == fund.Code).Share));
        steps.Add(new EarningsStep(words[interest.IsZero ? "shared" : "shared.with-interest"], steps.Aggregate(Money.Zero, (sum, step) => sum + step.Amount), IsTotal: true));
        return steps;

        void Less(string label, Money amount, string? basis)
        {
            if (!amount.IsZero) steps.Add(new EarningsStep(label, -amount, Basis: basis));
        }

        string Earned(Ratio share) => words["of-what-members-earned", Figure(share.ToPercent(4))];
    }

    internal static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, amount) => sum + amount);
}

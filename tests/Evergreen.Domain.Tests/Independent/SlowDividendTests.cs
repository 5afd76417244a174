using Evergreen.Domain.Dividends;

namespace Evergreen.Domain.Tests.Independent;

/// <summary>Two calculations that share no code agree to the cent.</summary>
public sealed class SlowDividendTests
{
    private const int Answered = 10_000;

    [Test]
    public void TenThousandDrawnYearsComeOutAlike()
    {
        int answered = 0, withLoss = 0, withHousehold = 0, withConsentInTheYear = 0, capped = 0;
        var refusals = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; answered < Answered; seed++)
        {
            // Mostly small co-ops; every hundredth is larger.
            var year = DrawnYear.Of(seed % 100 == 0 ? 60 : 2 + seed % 16, seed);
            var fast = DividendCalculation.Run(year.ToInputs());
            var slow = new SlowDividend(year);
            Assert.That(fast.Refusal?.Code, Is.EqualTo(slow.Refusal), $"seed {seed}: {fast.Refusal?.Sentence}");
            if (fast.IsRefused)
            {
                refusals[fast.Refusal!.Code] = refusals.GetValueOrDefault(fast.Refusal.Code) + 1;
                continue;
            }
            AssertAlike(fast.Value, slow, year, seed);
            answered++;
            if (slow.Rows.Any(row => row.Dividend.Sign < 0)) withLoss++;
            if (slow.Rows.GroupBy(row => row.Member).Any(rows => rows.Count(row => row.Dividend.Sign < 0) > 1)) capped++;
            if (year.Members.Any(member => member.OwnerId is not null)) withHousehold++;
            if (slow.Rows.Any(row => row.Qualified.Sign > 0 && row.Nonqualified.Sign > 0)) withConsentInTheYear++;
        }
        TestContext.Out.WriteLine($"{answered} of {answered + refusals.Values.Sum()} answered, {withLoss} with a loss borne by members, {capped} with two, {withHousehold} with households, {withConsentInTheYear} with consent in the year; refused: {string.Join(", ", refusals.Select(pair => $"{pair.Key} {pair.Value}"))}");
        // The drawing must keep reaching every corner, or the agreement says little.
        Assert.That(answered, Is.GreaterThan(refusals.Values.Sum()));
        Assert.That(new[] { withLoss, withHousehold, withConsentInTheYear }, Is.All.GreaterThan(300));
        Assert.That(capped, Is.GreaterThan(20));
        Assert.That(refusals.Keys, Is.EquivalentTo(["pool-without-units", "loss-not-placed", "capital-above-earnings", "pool-without-members", "capital-above-reserve"]));
    }

    private static void AssertAlike(DividendProposal fast, SlowDividend slow, PlainYear year, int seed)
    {
        var ours = fast.Pools.SelectMany((pool, i) => pool.Rows.Select(row => Line(i + 1, row.Member.Id, row.Dividend.Cents, row.Cash.Cents, row.Qualified.Cents, row.Nonqualified.Cents, row.Capital.Cents, row.Withheld.Cents, Name(row.Treatment))));
        var theirs = slow.Rows.Select(row => Line(row.Pool, row.Member, row.Dividend, row.Cash, row.Qualified, row.Nonqualified, row.Capital, row.Withheld, row.Treatment));
        if (!ours.SequenceEqual(theirs, StringComparer.Ordinal)) Assert.That(string.Join('\n', ours), Is.EqualTo(string.Join('\n', theirs)), $"seed {seed}");
        var working = fast.Working;
        Assert.That((working.ToReserve.Cents, working.LossesRecovered.Cents, working.LossesCarriedForward.Cents), Is.EqualTo(((long)slow.ToReserve, (long)slow.Recovered, (long)slow.Carried)), $"seed {seed}");
        Assert.That(working.Funds.Select(fund => fund.Amount.Cents), Is.EqualTo(year.Funds.Select(fund => (long)slow.Funds[fund.Code])), $"seed {seed}");
    }

    private static string Line(int pool, int member, BigInteger dividend, BigInteger cash, BigInteger qualified, BigInteger nonqualified, BigInteger capital, BigInteger withheld, string treatment) =>
        $"pool {pool} member {member}: {dividend} = cash {cash} + qualified {qualified} + nonqualified {nonqualified} + capital {capital}; withheld {withheld}, {treatment}";

    private static string Name(CashTreatment treatment) => treatment switch
    {
        CashTreatment.Paid => "paid",
        CashTreatment.Retained => "retain",
        CashTreatment.Donated => "donate",
        CashTreatment.RolledForward => "roll-forward",
        CashTreatment.StoreCredit => "store-credit",
        CashTreatment.Pooled => "pool",
        _ => "payroll",
    };
}

using CsCheck;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Tests.Independent;

namespace Evergreen.Domain.Tests.Dividends;

/// <summary>What holds of every year, whatever the co-op.</summary>
public sealed class DividendInvariantsTests
{
    private static void OfEveryYear(Action<PlainYear, DividendProposal> holds, int years = 700) =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[0, int.MaxValue - 1]).Sample((size, seed) =>
        {
            var year = DrawnYear.Of(size, seed);
            var outcome = DividendCalculation.Run(year.ToInputs());
            if (!outcome.IsRefused) holds(year, outcome.Value);
        }, seed: "0000Evergreen", iter: years, threads: 1);

    [Test]
    public void ThePartsMakeTheWholeAtEveryStep() => OfEveryYear((_, proposal) =>
    {
        var working = proposal.Working;
        long allocated = 0, funds = 0;
        foreach (var (pool, proposed) in working.Pools.Zip(proposal.Pools))
        {
            var rows = proposed.Rows.Sum(row => row.Dividend.Cents);
            Assert.That(rows, Is.EqualTo(pool.Allocated.Cents));
            Assert.That(pool.Allocated + pool.Residue, Is.EqualTo(pool.ToMembers));
            Assert.That(pool.MemberNet + pool.NonMemberNet, Is.EqualTo(pool.Net));
            if (proposed.Policy.Kind == PoolKind.Patronage)
            {
                Assert.That(pool.MemberNet - pool.Offset - pool.CapitalCharges - pool.LossesRecovered + pool.LossToReserve + pool.LossCarriedForward, Is.EqualTo(pool.Divisible.IsPositive ? pool.Divisible : Money.Min(pool.ToMembers, Money.Zero)));
                if (pool.Divisible.IsPositive) Assert.That(pool.ToReserve + pool.Funds.Sum(fund => fund.Amount) + pool.ToMembers, Is.EqualTo(pool.Divisible));
            }
            allocated += rows;
            funds += pool.Funds.Sum(fund => fund.Amount).Cents;
        }
        Assert.That(working.Funds.Sum(fund => fund.Amount).Cents, Is.EqualTo(funds));
        Assert.That(working.Pools.Sum(pool => pool.Offset), Is.EqualTo(Money.Zero));
        Assert.That(working.NetIncome.Cents + working.LossesCarriedForward.Cents, Is.EqualTo(working.ToReserve.Cents + working.CapitalDividends.Cents + working.LossesRecovered.Cents + allocated + funds));
        Assert.That(working.Balances, Is.True);
    });

    [Test]
    public void EveryShareLiesWithinACentOfTheExactShare() => OfEveryYear((year, proposal) =>
    {
        foreach (var pool in proposal.Pools.Where(pool => !pool.Working.ToMembers.IsNegative))
        {
            Assert.That(pool.Rows.Aggregate(BigInteger.Zero, (sum, row) => sum + row.Units), Is.EqualTo(pool.TotalUnits));
            foreach (var row in pool.Rows)
                Assert.That(BigInteger.Abs(row.Dividend.Cents * pool.TotalUnits - pool.Working.ToMembers.Cents * row.Units), Is.LessThan(pool.TotalUnits));
            if (year.Rounding == "largest-remainder") Assert.That((pool.Working.Residue, (long)pool.Rows.Sum(row => row.ExtraCent)), Is.EqualTo((Money.Zero, pool.LeftoverCents)));
        }
    });

    [Test]
    public void EveryDividendIsItsForms() => OfEveryYear((year, proposal) =>
    {
        foreach (var row in proposal.Pools.SelectMany(pool => pool.Rows))
        {
            Assert.That(row.Cash + row.Qualified + row.Nonqualified + row.Capital, Is.EqualTo(row.Dividend));
            Assert.That(row.Withheld >= Money.Zero && row.Withheld <= Money.Max(row.Cash, Money.Zero), Is.True);
            Assert.That(row.Dividend.IsNegative || (row.Cash >= Money.Zero && row.Qualified >= Money.Zero && row.Nonqualified >= Money.Zero && row.Capital >= Money.Zero), Is.True);
            if (year.IsUk) Assert.That(row.Dividend.IsNegative || (row.Qualified.IsZero && row.Nonqualified.IsZero), Is.True);
            if (row.Treatment == CashTreatment.Payroll) Assert.That(row.Cash, Is.EqualTo(row.Dividend));
        }
    });

    [Test]
    public void MoneyIsAFifthWhereverANoticeIsQualified() => OfEveryYear((_, proposal) =>
    {
        foreach (var rows in proposal.Pools.SelectMany(pool => pool.Rows).Where(row => !row.Dividend.IsNegative).GroupBy(row => row.Member.Id))
        {
            if (rows.All(row => row.Qualified.IsZero)) continue;
            var money = new Ratio(rows.Sum(row => row.Cash).Cents, 1);
            var basis = new Ratio((rows.Sum(row => row.Dividend) - rows.Sum(row => row.Nonqualified)).Cents, 1);
            Assert.That(money >= basis / new Ratio(5, 1), Is.True);
            // The part under consent passes on its own as well.
            foreach (var row in rows.Where(row => row.Qualified.IsPositive)) Assert.That(CashTest.Passes(row.Cash, row.Cash + row.Qualified, Money.Zero), Is.True);
        }
    });

    [Test]
    public void WithholdingIsTheRateOfTheMembersMoneyAndNoMore() => OfEveryYear((year, proposal) =>
    {
        foreach (var rows in proposal.Pools.SelectMany(pool => pool.Rows).GroupBy(row => row.Member))
        {
            var paid = rows.Where(row => row.Treatment == CashTreatment.Paid && row.Cash.IsPositive).Sum(row => row.Cash);
            var expected = year.Withholding is { } rate && !year.IsUk && !rows.Key.HasTaxId ? Ratio.Parse(rate).DivideHalfUp(paid) : Money.Zero;
            Assert.That(rows.Sum(row => row.Withheld), Is.EqualTo(expected));
        }
    });

    [Test]
    public void NobodyWithoutATaxIdIsPaidInFullWhereThePolicyWithholds() => OfEveryYear((year, proposal) =>
    {
        if (year.IsUk) return;
        foreach (var rows in proposal.Pools.SelectMany(pool => pool.Rows).Where(row => !row.Member.HasTaxId && row.Treatment == CashTreatment.Paid && row.Cash.IsPositive).GroupBy(row => row.Member))
        {
            var (cash, withheld) = (rows.Sum(row => row.Cash), rows.Sum(row => row.Withheld));
            // Half a cent of a smallest payment may round to nothing; anything more is held back, or the policy names no rate and the exemption has to stand on record.
            if (year.Withholding is { } rate) Assert.That(withheld.IsPositive || 2 * Ratio.Parse(rate).Numerator * cash.Cents < Ratio.Parse(rate).Denominator, Is.True, $"{cash} in full");
            else Assert.That(withheld.IsZero, Is.True);
        }
    });

    [Test]
    public void EntriesBalanceEmptyTheYearsIncomeAndLeaveNoLotBelowZero() => OfEveryYear((_, proposal) =>
    {
        var entries = Postings.Entries(proposal);
        foreach (var entry in entries) Assert.That(entry.Lines.Sum(line => line.AmountCents) == 0 && entry.Lines.All(line => line.AmountCents != 0), Is.True);
        var balances = Postings.Balances(entries);
        Assert.That(balances.GetValueOrDefault((AccountCodes.NetIncome, null, proposal.Inputs.Year.Year)), Is.Zero);
        Assert.That(balances.Values.Sum(), Is.Zero);

        foreach (var member in proposal.Inputs.Members)
        {
            foreach (var lot in member.Lots)
                Assert.That(balances.GetValueOrDefault((lot.AccountCode, member.Id, lot.FiscalYear)), Is.LessThanOrEqualTo(lot.Balance.Cents));
            // What the rows say of the notices is what the ledger does to them.
            var rows = proposal.Pools.SelectMany(pool => pool.Rows).Where(row => row.Member.Id == member.Id).ToList();
            Assert.That(-balances.Where(pair => pair.Key.Account == AccountCodes.QualifiedNotices && pair.Key.Member == member.Id).Sum(pair => pair.Value), Is.EqualTo(rows.Sum(row => row.Qualified).Cents));
            Assert.That(-balances.Where(pair => pair.Key.Account == AccountCodes.NonqualifiedNotices && pair.Key.Member == member.Id).Sum(pair => pair.Value), Is.EqualTo(rows.Sum(row => row.Nonqualified).Cents));
        }
        Assert.That(-balances.Where(pair => pair.Key.Account == AccountCodes.BackupWithholdingPayable).Sum(pair => pair.Value),
            Is.EqualTo(proposal.Pools.SelectMany(pool => pool.Rows).Sum(row => row.Withheld).Cents));
    });

    [Test]
    public void MembersAccountsAndReservesMakeUpTheEquity() => OfEveryYear((_, proposal) =>
    {
        var kinds = AccountCodes.Chart.ToDictionary(account => account.Code, account => account.Kind);
        var entries = Postings.Entries(proposal);
        long Of(AccountKind kind) => entries.SelectMany(entry => entry.Lines).Where(line => kinds[line.AccountCode.Split('-')[0]] == kind).Sum(line => line.AmountCents);
        // Net assets moved by the closing = what members, reserve and funds hold more, and what is now owed.
        Assert.That(Of(AccountKind.Asset), Is.EqualTo(proposal.Working.NetIncome.Cents));
        Assert.That(-Of(AccountKind.Equity), Is.EqualTo(Of(AccountKind.Asset) + Of(AccountKind.Liability)));
    });

    [Test]
    public void ReversingGivesZero() => OfEveryYear((_, proposal) =>
    {
        var entries = Postings.Entries(proposal);
        var both = entries.Concat(entries.Select((entry, i) => Postings.Reverse(entry, i + 1)));
        Assert.That(Postings.Balances(both).Values, Is.All.Zero);
        Assert.That(entries.Select((entry, i) => Postings.Reverse(entry, i + 1)).Select((reversal, i) => reversal.Reverses == i + 1 && reversal.Source == i + 1 && reversal.Kind == EntryKind.Reversal), Is.All.True);
    }, 300);

    [Test]
    public void TheOrderOfRowsChangesNothing() => OfEveryYear((year, proposal) =>
    {
        var random = new Random(year.Members.Count);
        T[] Shuffled<T>(IEnumerable<T> items)
        {
            var all = items.ToArray();
            random.Shuffle(all);
            return all;
        }
        var inputs = proposal.Inputs with
        {
            Patronage = Shuffled(proposal.Inputs.Patronage), OutsideConsent = Shuffled(proposal.Inputs.OutsideConsent), Figures = Shuffled(proposal.Inputs.Figures),
            Members = [.. proposal.Inputs.Members.Select(member => member with { Lots = Shuffled(member.Lots), Classes = Shuffled(member.Classes) })],
        };
        Assert.That(inputs.Sha256(), Is.EqualTo(proposal.Inputs.Sha256()));
        Assert.That(DividendCalculation.Run(inputs).Value.Sha256(), Is.EqualTo(proposal.Sha256()));
        Assert.That(DividendCalculation.Run(year.ToInputs()).Value.Sha256(), Is.EqualTo(proposal.Sha256()));
    }, 500);
}

using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Statements;

/// <summary>A statement contradicts itself. A fault of ours, never of the member's: nothing is printed.</summary>
public sealed class StatementDisagreesException(string message) : Exception(message);

/// <summary>What must agree on a statement before it may be printed.</summary>
internal static class StatementCheck
{
    public static void Run(MemberStatement statement)
    {
        var settlement = statement.Settlement;
        void Same(Money one, Money other, string what)
        {
            if (one != other) Disagree($"{what}: {one} against {other}");
        }
        void Disagree(string what) =>
            throw new StatementDisagreesException($"Statement {statement.DocumentNumber} of member {statement.Member.Number} disagrees with itself: {what}.");

        CheckEarnings(statement, Same);

        var pooled = Money.Zero;
        foreach (var pool in statement.Pools)
        {
            // A loss stops at what a member's notices hold, and the others then bear more than their exact share of it.
            if (!pool.Amount.IsNegative && !pool.DividendIsWithinOneCent) Disagree($"dividend {pool.Dividend} of pool '{pool.Name}' is a cent or more away from {pool.UnroundedShare(8)}");
            pooled += pool.Dividend;
        }
        Same(pooled, settlement.Dividend, "sum of the pools and the dividend");
        Same(settlement.Cash + settlement.Retained - settlement.LossCharged, settlement.Dividend, "cash plus retained less losses charged and the dividend");
        Same(settlement.Cash - settlement.Withheld - settlement.NotSent, settlement.Payable, "cash less withheld less not sent and the payable");
        foreach (var part in (Money[])[settlement.Withheld, settlement.NotSent, settlement.Payable, settlement.Qualified, settlement.Nonqualified, settlement.AddedToShares, settlement.LossCharged])
            if (part.IsNegative) Disagree($"a part of the dividend is negative: {part}");

        CheckAccount(statement, Same, Disagree);
    }

    private static void CheckEarnings(MemberStatement statement, Action<Money, Money, string> same)
    {
        var running = Money.Zero;
        foreach (var step in statement.Earnings)
        {
            if (step.IsTotal) same(running, step.Amount, $"the lines above '{step.Label}' and it");
            else running += step.Amount;
        }
        var shared = statement.Pools.Aggregate(Money.Zero, (sum, pool) => sum + pool.Amount);
        if (shared > running && !running.IsNegative) same(shared, running, "the member's pools and what members share");
    }

    private static void CheckAccount(MemberStatement statement, Action<Money, Money, string> same, Action<string> disagree)
    {
        foreach (var lot in statement.Account)
        {
            if (!lot.AddsUp) disagree($"{lot.Kind} {lot.FiscalYear}: {lot.Opening} + {lot.Credited} - {lot.LossesDebited} - {lot.Redeemed} is not {lot.Closing}");
            if (lot.Closing.IsNegative) disagree($"{lot.Kind} {lot.FiscalYear} closes below zero: {lot.Closing}");
        }

        var year = statement.YearEndsOn.Year;
        if (statement.Standing != StatementStanding.Reversed)
        {
            same(Credited(statement, StakeKind.QualifiedNotice, year), statement.Settlement.Qualified, $"credited to the qualified notices of {year} and this dividend's");
            same(Credited(statement, StakeKind.NonqualifiedNotice, year), statement.Settlement.Nonqualified, $"credited to the nonqualified notices of {year} and this dividend's");
        }

        var closing = AccountLot.Totals(statement.Account).Closing;
        foreach (var point in statement.StakeOverTheYears)
            if (point.FiscalYear == year) same(point.Total, closing, $"the chart's stake in {year} and the account's closing total");
    }

    private static Money Credited(MemberStatement statement, StakeKind kind, int year) => statement.Account
        .Where(lot => lot.Kind == kind && lot.FiscalYear == year)
        .Aggregate(Money.Zero, (sum, lot) => sum + lot.Credited);
}

using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Languages;

namespace Evergreen.Domain.Statements;

/// <summary>Whether a statement stands as first issued, replaces an earlier one, or tells that its dividend was reversed.</summary>
public enum StatementStanding { Original, Corrected, Reversed }

/// <summary>A member statement and notice of allocation: everything that one of them prints, in the order in which it is printed.</summary>
/// <remarks>
/// A value, not a calculation: amounts come from the posted run and the ledger. <see cref="Check"/> compares them with one another
/// before anything is drawn. Contents: 26 CFR 1.1388-1(b) (stated amount and the part that is a patronage dividend) and common model notices.
/// </remarks>
public sealed record MemberStatement
{
    /// <summary>The statement's own number, by which the co-op finds it again.</summary>
    public required string DocumentNumber { get; init; }
    public required DateOnly IssuedOn { get; init; }
    public required DateOnly YearStartsOn { get; init; }
    public required DateOnly YearEndsOn { get; init; }

    public StatementStanding Standing { get; init; } = StatementStanding.Original;

    /// <summary>For a corrected or reversed statement: which one it replaces and why, as a sentence.</summary>
    public string? StandingReason { get; init; }

    /// <summary>The member's language, in which everything on it is written; English where none is given.</summary>
    public Language Language { get => field ?? CoOp.English; init; }

    public required StatementCoOp CoOp { get; init; }
    public required StatementMember Member { get; init; }

    /// <summary>From net income to what the members share. Ends in a total, of which the member's pools are a part or the whole.</summary>
    public required IReadOnlyList<EarningsStep> Earnings { get; init; }

    /// <summary>What the members share as a part of the net income, for display: from whole cents to the nearest hundredth of a percent, halves up. Null where either is not positive.</summary>
    public Ratio? SharedOfNet => Earnings is [{ IsTotal: false, Amount: { IsPositive: true } net }, .., { IsTotal: true, Amount: { IsPositive: true } shared }]
        ? new Ratio(shared.Cents, net.Cents).RoundHalfUp(DividendSettlement.Decimals)
        : null;

    /// <summary>The pools in which this member has a part; empty when there is no dividend this year.</summary>
    public required IReadOnlyList<StatementPool> Pools { get; init; }

    public required DividendSettlement Settlement { get; init; }

    /// <summary>The member's account from opening to closing, one line per kind and year.</summary>
    public required IReadOnlyList<AccountLot> Account { get; init; }

    /// <summary>The stake at the end of past years, oldest first. The point of this fiscal year, if given, equals the account's closing total.</summary>
    public IReadOnlyList<StakeAtYearEnd> StakeOverTheYears { get; init; } = [];

    /// <summary>When and how retained amounts are paid back, in the co-op's own words.</summary>
    public required string Redemption { get; init; }

    /// <summary>What the law wants the member told: see <see cref="NoticeWording"/>.</summary>
    public required IReadOnlyList<NoticeParagraph> Notice { get; init; }

    /// <summary>The fiscal year as people say it: <c>2025</c>, or <c>2025/26</c> when it spans two calendar years.</summary>
    public string YearName => YearStartsOn.Year == YearEndsOn.Year
        ? $"{YearEndsOn.Year}"
        : $"{YearStartsOn.Year}/{YearEndsOn.Year % 100:00}";

    /// <summary>Compares every amount with the amounts it must agree with.</summary>
    /// <exception cref="StatementDisagreesException">Two amounts disagree; the message has the member, the numbers and what they are.</exception>
    public void Check() => StatementCheck.Run(this);
}

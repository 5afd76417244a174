using System.Numerics;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Periods;

namespace Evergreen.Application.Dividends;

/// <summary>Where the dividend of a year stands, as a member sees it.</summary>
public enum DividendStage
{
    /// <summary>The year is going on, or its books are not closed yet.</summary>
    BooksOpen = 1,

    /// <summary>The books are closed; no dividend is in the ledger yet.</summary>
    BeingWorkedOut = 2,
    Posted = 3,
}

/// <summary>Everything that one member's dividend of a year follows from, in the order of the chain, in figures and without words.</summary>
public sealed record MemberDividend
{
    public required CoOp CoOp { get; init; }
    public required FiscalYear Year { get; init; }

    /// <summary>The record that the dividend belongs to: the member's own, or one that was merged into it.</summary>
    public required string Number { get; init; }
    public required string Name { get; init; }
    public required DividendStage Stage { get; init; }
    public required IReadOnlyList<SurplusLine> Figures { get; init; }
    public required IReadOnlyList<TakenBack> TakenBack { get; init; }

    /// <summary>Numbers of the member's other records that have a part in the year.</summary>
    public required IReadOnlyList<string> OtherRecords { get; init; }

    /// <summary>Null until the year's dividend is in the ledger.</summary>
    public PostedDividend? Posted { get; init; }
    public Money Dividend => Posted?.Sum(row => row.DividendCents) ?? Money.Zero;
}

/// <summary>The dividend of a year once it is in the ledger, and the member's part of it.</summary>
public sealed record PostedDividend
{
    public required DividendRun Run { get; init; }
    public required DividendPosting Posting { get; init; }
    public required string Resolution { get; init; }
    public required DividendPayment? Payment { get; init; }
    public required DividendPolicy Policy { get; init; }
    public required Working Working { get; init; }

    /// <summary>In the order of the policy, also those in which the member has no part.</summary>
    public required IReadOnlyList<MemberPool> Pools { get; init; }

    /// <summary>Sequence of the member's entry; null where there is none.</summary>
    public required long? Entry { get; init; }

    /// <summary>Sequence of the entry by which the member was paid, and what was paid; null while it was not.</summary>
    public required (long Entry, DateOnly On, Money Amount)? Paid { get; init; }

    /// <summary>The days of the year whose patronage the member's consent covers.</summary>
    public required ConsentCover Consent { get; init; }
    public IEnumerable<Allocation> Rows => Pools.Where(pool => pool.Row is not null).Select(pool => pool.Row!);
    public bool HasPart => Pools.Any(pool => pool.Row is not null);

    public Money Sum(Func<Allocation, long> part)
    {
        var sum = Money.Zero;
        foreach (var row in Rows) sum += new Money(part(row));
        return sum;
    }
}

/// <summary>One pool, and the member in it.</summary>
public sealed record MemberPool
{
    public required PoolPolicy Rule { get; init; }
    public required PoolWorking Working { get; init; }
    public required RunPool Pool { get; init; }

    /// <summary>What of the member's year the pool could count, whether it does or not.</summary>
    public required IReadOnlyList<CountedSum> Sums { get; init; }

    /// <summary>Null where the member has no part; <see cref="Gap"/> says why.</summary>
    public required Allocation? Row { get; init; }
    public required EligibilityGap? Gap { get; init; }
    public required Ratio ClassWeight { get; init; }

    /// <summary>Where the leftover cents stopped; null where they are not given to the largest remainders.</summary>
    public required RemainderCut? Cut { get; init; }
    public Money Amount => new(Pool.AmountCents);
    public BigInteger TotalUnits => DividendWorksheet.Parse(Pool.TotalUnits);
    public BigInteger Scale => DividendWorksheet.Parse(Pool.UnitsScale);
    public BigInteger Units => Row is null ? BigInteger.Zero : DividendWorksheet.Parse(Row.Units);
    public Ratio Share => new(Units, TotalUnits);

    /// <summary>What cutting off the cents left of the member's exact share, in parts of the total units.</summary>
    public BigInteger Remainder => RemainderCuts.Remainder(Pool.AmountCents, Units, TotalUnits);

    /// <summary>A loss is divided so that nobody bears more than their notices hold.</summary>
    public bool IsCapped => Pool.AmountCents < 0;
}

/// <summary>The sum of the member's rows of one kind, with the household's.</summary>
/// <param name="Quantity">Cents or hundredths, as the measure says.</param>
/// <param name="Weight">What one counts in the pool.</param>
/// <param name="OutsideConsent">The part of the quantity that the member's consent does not cover, where it covers a part of the year.</param>
public sealed record CountedSum(Measure Measure, string? Category, string CategoryName, RowEligibility Eligibility, long Quantity, long Rows, bool Counts, Ratio Weight, long OutsideConsent);

/// <summary>A dividend of the same year that was taken back by opposite entries, and what the member's part of it was.</summary>
public sealed record TakenBack(string Run, DateOnly On, string Reason, Money Dividend);

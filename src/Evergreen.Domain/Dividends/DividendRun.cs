namespace Evergreen.Domain.Dividends;

/// <summary>What becomes of a member's cash leg.</summary>
public enum CashTreatment
{
    /// <summary>Owed to the member and paid out.</summary>
    Paid = 1,

    /// <summary>Below the minimum: kept as the member's own capital.</summary>
    Retained = 2,

    /// <summary>Below the minimum: given on in the member's name.</summary>
    Donated = 3,

    /// <summary>Below the minimum: stays owed to the member until it reaches the minimum.</summary>
    RolledForward = 4,

    /// <summary>Below the minimum: credit to be spent in the store.</summary>
    StoreCredit = 5,

    /// <summary>Below the minimum: assigned to the collective reserve.</summary>
    Pooled = 6,

    /// <summary>Paid with the wages, by the payroll system.</summary>
    Payroll = 7,
}

/// <summary>One calculation of a year's dividend: a proposal until it is approved and posted. Never changed; calculating again makes another run.</summary>
public sealed class DividendRun
{
    public int Id { get; init; }
    public required int CoOpId { get; init; }
    public required int FiscalYear { get; init; }

    /// <summary>1, 2, 3 … within the co-op and year; people call the run <c>2025-1</c>.</summary>
    public required int Number { get; init; }
    public required int PolicyVersionId { get; init; }
    public required DateTime CalculatedAt { get; init; }
    public required string CalculatedBy { get; init; }

    /// <summary>SHA-256 over everything that went in: figures, policy, members' facts, totals, balances.</summary>
    public required string InputsSha256 { get; init; }

    /// <summary>SHA-256 over every allocation; posted into the ledger, so that a changed allocation is found.</summary>
    public required string ResultSha256 { get; init; }
    public required long NetIncomeCents { get; init; }

    /// <summary>What all members are allocated together, over all pools; negative where members bear a loss.</summary>
    public required long AllocatedCents { get; init; }
    public required long CashCents { get; init; }
    public required int MembersAllocated { get; init; }

    /// <summary>The working from net income to the pools, step by step, as JSON.</summary>
    public required string WorkingJson { get; init; }
    public string Name => $"{FiscalYear}-{Number}";
}

/// <summary>A pool of a run: what was divided, over what.</summary>
public sealed class RunPool
{
    public required int RunId { get; init; }

    /// <summary>1, 2, 3 … in the order of the policy.</summary>
    public required int PoolNo { get; init; }
    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>Code of the unit: hours, wages, purchases, volume, composite.</summary>
    public required string Unit { get; init; }

    /// <summary>All members' units after weights; an integer as text, beyond 64 bits where weights make it so.</summary>
    public required string TotalUnits { get; init; }

    /// <summary>Units stand in 1/this of the unit's hundredths or cents, so that fractional weights stay whole numbers.</summary>
    public required string UnitsScale { get; init; }

    /// <summary>The amount allocated by the pool; negative for a loss.</summary>
    public required long AmountCents { get; init; }

    /// <summary>Cents that the floors left over.</summary>
    public required long LeftoverCents { get; init; }

    /// <summary>What the rounding policy gave to the reserve (or took from it); zero under the largest remainder.</summary>
    public required long ResidueCents { get; init; }
}

/// <summary>One member's part of one pool.</summary>
public sealed class Allocation
{
    public required int RunId { get; init; }
    public required int PoolNo { get; init; }
    public required int MemberId { get; init; }

    /// <summary>The member's units after weights; an integer as text.</summary>
    public required string Units { get; init; }

    /// <summary>Floor of pool × units ÷ total units, on the absolute value.</summary>
    public required long FloorCents { get; init; }

    /// <summary>0 or 1: the leftover cent given to this member.</summary>
    public required int ExtraCent { get; init; }
    public required long DividendCents { get; init; }
    public required long CashCents { get; init; }
    public required long QualifiedCents { get; init; }
    public required long NonqualifiedCents { get; init; }

    /// <summary>Retained without a notice, as the member's own share capital: a UK society's divi, or a loss against shares.</summary>
    public required long CapitalCents { get; init; }

    /// <summary>Backup withholding, taken from the cash.</summary>
    public required long WithheldCents { get; init; }
    public required CashTreatment Treatment { get; init; }
    public long RetainedCents => QualifiedCents + NonqualifiedCents + CapitalCents;
    public long PayableCents => CashCents - WithheldCents;
}

/// <summary>A second person agreed to a run, under a resolution of the board.</summary>
public sealed class DividendApproval
{
    public required int RunId { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }
    public required string Resolution { get; init; }
}

/// <summary>A run reached the ledger. One row a run: a second posting is refused by the key.</summary>
public sealed class DividendPosting
{
    public required int RunId { get; init; }
    public required int CoOpId { get; init; }
    public required int FiscalYear { get; init; }

    /// <summary>How many postings of this year were reversed before: with it the key allows one live posting a year.</summary>
    public required int Generation { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }

    /// <summary>Accounting date of the entries.</summary>
    public required DateOnly On { get; init; }
    public required long FirstSequence { get; init; }
    public required long LastSequence { get; init; }
}

/// <summary>A posted run was taken back by opposite entries.</summary>
public sealed class DividendReversal
{
    public required int RunId { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }
    public required DateOnly On { get; init; }
    public required string Reason { get; init; }
    public required long FirstSequence { get; init; }
    public required long LastSequence { get; init; }
}

/// <summary>The cash of a posted run was paid out. One row a run: a second payment is refused by the key.</summary>
public sealed class DividendPayment
{
    public required int RunId { get; init; }
    public required string By { get; init; }
    public required DateTime At { get; init; }

    /// <summary>The day on which the bank was charged; accounting date of the entries.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What finds it again at the bank: a batch number, the first and the last cheque.</summary>
    public required string Reference { get; init; }
    public required int Members { get; init; }

    /// <summary>All that left the bank, in cents.</summary>
    public required long PaidCents { get; init; }
    public required long FirstSequence { get; init; }

    /// <summary>One less than the first where nobody was owed anything.</summary>
    public required long LastSequence { get; init; }
}

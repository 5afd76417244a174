using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Dividends;

/// <summary>The working from a year's net income to each pool: every step with its amount, so that it can be shown and checked.</summary>
public sealed record Working
{
    public required Money NetIncome { get; init; }
    public required Money NonPatronage { get; init; }
    public required Money PatronageNet { get; init; }
    public required IReadOnlyList<PoolWorking> Pools { get; init; }
    public required Money CapitalDividends { get; init; }
    public required Money ToReserve { get; init; }
    public required IReadOnlyList<FundAmount> Funds { get; init; }
    public required Money LossesRecovered { get; init; }
    public required Money LossesCarriedForward { get; init; }

    /// <summary>Everything that was given out is everything that was earned.</summary>
    public bool Balances =>
        NetIncome + LossesCarriedForward == Pools.Aggregate(ToReserve + CapitalDividends + LossesRecovered, (sum, pool) => sum + pool.Allocated) + Funds.Aggregate(Money.Zero, (sum, fund) => sum + fund.Amount);
}

public sealed record FundAmount(string Code, string Name, Money Amount);

/// <summary>The working of one pool.</summary>
public sealed record PoolWorking
{
    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>The pool's patronage net income; for share interest, the interest.</summary>
    public required Money Net { get; init; }

    /// <summary>Members' units over all units, or the fixed ratio; exact.</summary>
    public required Ratio MemberRatio { get; init; }
    public required string MemberUnits { get; init; }
    public required string AllUnits { get; init; }

    /// <summary>Net × ratio, to the nearest cent.</summary>
    public required Money MemberNet { get; init; }

    /// <summary>The rest: earned with non-members, to the collective reserve.</summary>
    public required Money NonMemberNet { get; init; }

    /// <summary>Losses of other pools set against this one (positive), or this pool's loss borne by others (negative).</summary>
    public Money Offset { get; init; }

    /// <summary>The pool's part of dividends on capital and share interest.</summary>
    public Money CapitalCharges { get; init; }

    /// <summary>The pool's part of earlier losses made up.</summary>
    public Money LossesRecovered { get; init; }

    /// <summary>What was divided between reserve, funds and members.</summary>
    public Money Divisible { get; init; }
    public Money ToReserve { get; init; }
    public IReadOnlyList<FundAmount> Funds { get; init; } = [];

    /// <summary>To be allocated to members; negative for a loss that members bear.</summary>
    public Money ToMembers { get; init; }
    public Money LossToReserve { get; init; }
    public Money LossCarriedForward { get; init; }

    /// <summary>What members were in fact allocated: <see cref="ToMembers"/> without the residue that rounding gave to the reserve.</summary>
    public Money Allocated { get; init; }
    public Money Residue { get; init; }
}

/// <summary>A pool of a proposal with its rows, in the order of member numbers.</summary>
public sealed record ProposedPool(PoolPolicy Policy, PoolWorking Working, BigInteger TotalUnits, BigInteger UnitsScale, long LeftoverCents, IReadOnlyList<ProposedAllocation> Rows);

/// <summary>One member's part of one pool, before it is stored.</summary>
public sealed record ProposedAllocation(MemberFacts Member, BigInteger Units, long FloorCents, int ExtraCent, Money Dividend)
{
    /// <summary>Units of patronage that the member's consent does not cover.</summary>
    public BigInteger UnitsOutsideConsent { get; init; }
    public Money Cash { get; set; }
    public Money Qualified { get; set; }
    public Money Nonqualified { get; set; }
    public Money Capital { get; set; }
    public Money Withheld { get; set; }
    public CashTreatment Treatment { get; set; } = CashTreatment.Paid;
}

/// <summary>The result of a calculation: nothing of it is in the ledger yet.</summary>
public sealed record DividendProposal(CalculationInputs Inputs, Working Working, IReadOnlyList<ProposedPool> Pools, IReadOnlyList<string> Findings)
{
    /// <summary>Lower-case hexadecimal SHA-256 over every row, in order.</summary>
    public string Sha256() => ResultSha256(Pools.SelectMany((pool, index) => pool.Rows.Select(row => (index + 1, row.Member.Id,
        row.Units.ToString(CultureInfo.InvariantCulture), row.FloorCents, row.ExtraCent, row.Dividend.Cents, row.Cash.Cents, row.Qualified.Cents, row.Nonqualified.Cents, row.Capital.Cents, row.Withheld.Cents, row.Treatment))));

    /// <summary>The hash of stored allocations, in the order of pools and member numbers.</summary>
    public static string ResultSha256(IEnumerable<(int Pool, int Member, string Units, long Floor, int Extra, long Dividend, long Cash, long Qualified, long Nonqualified, long Capital, long Withheld, CashTreatment Treatment)> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Pool}|{row.Member}|{row.Units}|{row.Floor}|{row.Extra}|{row.Dividend}|{row.Cash}|{row.Qualified}|{row.Nonqualified}|{row.Capital}|{row.Withheld}|{(int)row.Treatment}\n");
            if (text.Length < 1 << 16) continue;
            hash.AppendData(Encoding.UTF8.GetBytes(text.ToString()));
            text.Clear();
        }
        hash.AppendData(Encoding.UTF8.GetBytes(text.ToString()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

using System.Globalization;
using System.Text.Json;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>What a calculation comes to, on one screen. A member's amounts are summed over all pools.</summary>
public sealed record DividendFigures
{
    public required Money NetIncome { get; init; }

    /// <summary>What all members are allocated together; negative where they bear a loss.</summary>
    public required Money Total { get; init; }
    public required Money Cash { get; init; }
    public required Money Retained { get; init; }
    public required Money Withheld { get; init; }

    /// <summary>To the collective reserve, rounding residue included; negative where it bears more than it gets.</summary>
    public required Money ToReserve { get; init; }
    public required Money ToFunds { get; init; }

    /// <summary>Members who take part.</summary>
    public required int Members { get; init; }

    /// <summary>Of them, those who are paid money.</summary>
    public required int MembersPaid { get; init; }
    public required Money Least { get; init; }

    /// <summary>The middle amount; of an even number the lower of the two in the middle.</summary>
    public required Money Median { get; init; }
    public required Money Most { get; init; }
    public required IReadOnlyList<PoolFigures> Pools { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }

    public static DividendFigures Of(DividendProposal proposal)
    {
        var rows = proposal.Pools.Count == 1 ? proposal.Pools[0].Rows : [.. proposal.Pools.SelectMany(pool => pool.Rows)];
        var members = new Dictionary<int, (long Dividend, long Payable)>(rows.Count);
        foreach (var row in rows)
        {
            var (dividend, payable) = members.GetValueOrDefault(row.Member.Id);
            members[row.Member.Id] = (dividend + row.Dividend.Cents, payable + (row.Treatment is CashTreatment.Paid or CashTreatment.Payroll ? (row.Cash - row.Withheld).Cents : 0));
        }
        var dividends = members.Values.Select(member => member.Dividend).Order().ToArray();
        var total = rows.Sum(row => row.Dividend);
        var cash = rows.Sum(row => row.Cash);
        return new DividendFigures
        {
            NetIncome = proposal.Working.NetIncome,
            Total = total,
            Cash = cash,
            Retained = total - cash,
            Withheld = rows.Sum(row => row.Withheld),
            ToReserve = proposal.Working.ToReserve,
            ToFunds = proposal.Working.Funds.Sum(fund => fund.Amount),
            Members = members.Count,
            MembersPaid = members.Values.Count(member => member.Payable > 0),
            Least = dividends.Length == 0 ? Money.Zero : new Money(dividends[0]),
            Median = dividends.Length == 0 ? Money.Zero : new Money(dividends[(dividends.Length - 1) / 2]),
            Most = dividends.Length == 0 ? Money.Zero : new Money(dividends[^1]),
            Pools = [.. proposal.Pools.Select(PoolFigures.Of)],
            Warnings = [.. ProposalWarnings.Of(proposal)],
        };
    }

    internal string ToJson() => JsonSerializer.Serialize(this, WorkingJson.Options);

    public static DividendFigures FromJson(string json) => JsonSerializer.Deserialize<DividendFigures>(json, WorkingJson.Options) ?? throw new InvalidOperationException("A scenario without its figures.");
}

/// <summary>One pool of it.</summary>
/// <param name="LeftoverCents">Cents that cutting off left over.</param>
/// <param name="Residue">What rounding gave to the reserve, or took from it.</param>
/// <param name="ExtraCents">How many members got one cent more than their share cut off.</param>
/// <param name="ExtraCentTo">Numbers of the first of them, in order.</param>
public sealed record PoolFigures(string Code, string Name, Money Divided, Money Cash, int Members, long LeftoverCents, Money Residue, int ExtraCents, IReadOnlyList<string> ExtraCentTo)
{
    private const int Named = 20;

    public static PoolFigures Of(ProposedPool pool)
    {
        var extra = pool.Rows.Where(row => row.ExtraCent == 1).ToList();
        return new PoolFigures(pool.Policy.Code, pool.Policy.Name, pool.Working.Allocated, pool.Rows.Sum(row => row.Cash), pool.Rows.Count, pool.LeftoverCents, pool.Working.Residue,
            extra.Count, [.. extra.Take(Named).Select(row => row.Member.Number)]);
    }

    /// <summary>Where the cents went that did not divide, in words.</summary>
    public string LeftoverInWords
    {
        get
        {
            var kept = Residue.IsZero ? "" : Residue.IsNegative ? $" The reserve gives {-Residue}." : $" {Residue} goes to the reserve.";
            if (ExtraCents == 0) return LeftoverCents == 0 ? "The shares divide without a rest." : $"{Count(LeftoverCents, "cent")} left over.{kept}";
            var more = ExtraCents > ExtraCentTo.Count ? $" and {(ExtraCents - ExtraCentTo.Count).ToString(CultureInfo.InvariantCulture)} more" : "";
            return $"{Count(LeftoverCents, "cent")} left over. One more cent each to {Count(ExtraCents, "member")}: {string.Join(", ", ExtraCentTo)}{more}.{kept}";
        }
    }

    private static string Count(long number, string one) => $"{number.ToString(CultureInfo.InvariantCulture)} {one}{(number == 1 ? "" : "s")}";
}

using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Periods;

namespace Evergreen.Domain.Dividends;

/// <summary>What a run knows of one member, as of the year end.</summary>
public sealed record MemberFacts(int Id, string Number)
{
    /// <summary>Null where membership had not begun.</summary>
    public MemberStatus? Status { get; init; }
    public DateOnly? JoinedOn { get; init; }

    /// <summary>Codes of the classes at the year end.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The days of the year whose patronage a consent covers.</summary>
    public ConsentCover Consent { get; init; } = ConsentCover.None;
    public bool HasTaxId { get; init; }

    /// <summary>Id of the primary owner of the household, to whom patronage accrues; null for the owner.</summary>
    public int? OwnerId { get; init; }
    public Money MembershipShare { get; init; }

    /// <summary>Dividends of earlier years rolled forward because they were below the minimum.</summary>
    public Money RolledForward { get; init; }

    /// <summary>Retained notices; needed only where members may bear a loss.</summary>
    public IReadOnlyList<CapitalLot> Lots { get; init; } = [];

    /// <summary>Cents of share capital times days held in the year; needed only for share interest.</summary>
    public BigInteger ShareCentDays { get; init; }
}

/// <summary>A sum of rows: of a member (zero for non-member business), a measure, a category and what the rows say of their eligibility.</summary>
public readonly record struct PatronageSum(int MemberId, Measure Measure, string? Category, RowEligibility Eligibility, long Quantity);

/// <summary>Everything a dividend follows from, and nothing else: the same inputs give the same result on every machine.</summary>
public sealed record CalculationInputs
{
    public required TaxRegime Regime { get; init; }
    public required FiscalYear Year { get; init; }
    public required DividendPolicy Policy { get; init; }
    public required string PolicySha256 { get; init; }
    public required IReadOnlyList<SurplusLine> Figures { get; init; }

    /// <summary>In the order of <see cref="MemberNumber.Order"/>.</summary>
    public required IReadOnlyList<MemberFacts> Members { get; init; }

    /// <summary>The year's sums, in any order.</summary>
    public required IReadOnlyList<PatronageSum> Patronage { get; init; }

    /// <summary>For members whose consent took effect or ended within the year: the part of their sums from the days that it does not cover.</summary>
    public IReadOnlyList<PatronageSum> OutsideConsent { get; init; } = [];

    /// <summary>Credit balance of the collective reserve before the run.</summary>
    public Money CollectiveReserve { get; init; }

    /// <summary>Losses of earlier years not yet made up.</summary>
    public Money LossesCarriedForward { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 over all of it, independent of the order of rows.</summary>
    public string Sha256()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var text = new StringBuilder();
        void Flush(bool force = false)
        {
            if (!force && text.Length < 1 << 16) return;
            hash.AppendData(Encoding.UTF8.GetBytes(text.ToString()));
            text.Clear();
        }
        text.Append(CultureInfo.InvariantCulture, $"evergreen-inputs-1|{(int)Regime}|{Year.EndsOn:yyyy-MM-dd}|{PolicySha256}|{CollectiveReserve.Cents}|{LossesCarriedForward.Cents}\n");
        foreach (var line in Figures.OrderBy(line => line.No))
            text.Append(CultureInfo.InvariantCulture, $"f|{line.No}|{Escaped(line.Line)}|{line.AmountCents}|{line.FromPatronage}|{Escaped(line.Pool)}\n");
        foreach (var member in Members)
        {
            text.Append(CultureInfo.InvariantCulture, $"m|{member.Id}|{Escaped(member.Number)}|{(int?)member.Status}|{member.JoinedOn:yyyy-MM-dd}|{string.Join(';', member.Classes.Order(StringComparer.Ordinal).Select(Escaped))}|{member.Consent.Text(Year)}|{member.HasTaxId}|{member.OwnerId}|{member.MembershipShare.Cents}|{member.RolledForward.Cents}|{member.ShareCentDays}");
            foreach (var lot in member.Lots.OrderBy(lot => lot.FiscalYear).ThenBy(lot => lot.AccountCode, StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"|{lot.AccountCode}/{lot.FiscalYear}={lot.Balance.Cents}");
            text.Append('\n');
            Flush();
        }
        AppendSums('p', Patronage);
        AppendSums('b', OutsideConsent);
        Flush(force: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void AppendSums(char mark, IReadOnlyList<PatronageSum> sums)
        {
            var ordered = sums.ToArray();
            Array.Sort(ordered, static (a, b) =>
            {
                var order = a.MemberId.CompareTo(b.MemberId);
                if (order == 0) order = a.Measure.CompareTo(b.Measure);
                if (order == 0) order = string.CompareOrdinal(a.Category, b.Category);
                if (order == 0) order = a.Eligibility.CompareTo(b.Eligibility);
                return order == 0 ? a.Quantity.CompareTo(b.Quantity) : order;
            });
            foreach (var sum in ordered)
            {
                text.Append(CultureInfo.InvariantCulture, $"{mark}|{sum.MemberId}|{(int)sum.Measure}|{Escaped(sum.Category)}|{(int)sum.Eligibility}|{sum.Quantity}\n");
                Flush();
            }
        }
    }

    /// <summary>Texts of the co-op's own cannot pass for the marks between fields; no text is not the same as an empty one.</summary>
    private static string Escaped(string? text) =>
        text is null ? "\\0"
        : text.AsSpan().IndexOfAny("\\|;\n") < 0 ? text
        : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}

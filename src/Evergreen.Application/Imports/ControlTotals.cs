using System.Text.Json;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>What an import adds up to, shown before anything is committed and kept with it, so that the next file of that kind can be set beside it.</summary>
public sealed class ControlTotals
{
    /// <summary>Rows below the header. Always accepted + rejected + held + skipped + blank: see <see cref="AddsUp"/>.</summary>
    public long RowsInFile { get; set; }
    public long Accepted { get; set; }
    public long Rejected { get; set; }
    public long Held { get; set; }
    public long Skipped { get; set; }
    public long Blank { get; set; }

    /// <summary>Skipped rows by reason: totals rows, repeated headers, rows already imported …</summary>
    public SortedDictionary<string, long> SkippedBecause { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Canonical rows accepted; more than <see cref="Accepted"/> where one row of the file makes several.</summary>
    public long Entries { get; set; }

    /// <summary>By amount or hours column, over the accepted rows.</summary>
    public SortedDictionary<string, ColumnTotals> Columns { get; init; } = new(StringComparer.Ordinal);

    /// <summary>By amount or hours column, over the held rows.</summary>
    public SortedDictionary<string, ColumnTotals> HeldColumns { get; init; } = new(StringComparer.Ordinal);

    /// <summary>By date column, first and last date over the accepted rows.</summary>
    public SortedDictionary<string, DateRange> Dates { get; init; } = new(StringComparer.Ordinal);

    public bool AddsUp => Accepted + Rejected + Held + Skipped + Blank == RowsInFile;

    /// <summary>The accepted sum of a column; zero where it had no value.</summary>
    public Money Sum(string column) => Columns.TryGetValue(column, out var totals) ? totals.Sum : Money.Zero;

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <exception cref="JsonException">The text is not what <see cref="ToJson"/> writes.</exception>
    public static ControlTotals FromJson(string json) =>
        JsonSerializer.Deserialize<ControlTotals>(json, JsonSerializerOptions.Web) ?? throw new JsonException("The control totals are empty.");
}

/// <summary>Figures of one column in whole hundredths (cents, or hundredths of an hour).</summary>
public sealed class ColumnTotals
{
    public long Count { get; set; }

    /// <remarks>Wide enough for any file: a row is below one trillion units.</remarks>
    public Int128 SumHundredths { get; set; }
    public Int128 AbsoluteHundredths { get; set; }
    public long MinHundredths { get; set; }
    public long MaxHundredths { get; set; }
    public long Negatives { get; set; }

    /// <summary>Values without cents. A column that loses its cents has been shifted or scaled.</summary>
    public long WholeUnits { get; set; }

    /// <exception cref="OverflowException">The sum is beyond what an amount can hold.</exception>
    public Money Sum => new((long)SumHundredths);

    internal void Add(long hundredths)
    {
        MinHundredths = Count == 0 ? hundredths : Math.Min(MinHundredths, hundredths);
        MaxHundredths = Count == 0 ? hundredths : Math.Max(MaxHundredths, hundredths);
        Count++;
        SumHundredths += hundredths;
        AbsoluteHundredths += Math.Abs(hundredths);
        if (hundredths < 0) Negatives++;
        if (hundredths % 100 == 0) WholeUnits++;
    }
}

public sealed record DateRange(DateOnly First, DateOnly Last);

using Evergreen.Application.Dividends;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Evergreen.Web.Layout;

namespace Evergreen.Web.Portal.Dividends;

/// <summary>A dividend told line by line, as a receipt is read: each line adds, takes away, or says what is then left.</summary>
/// <param name="Parts">From the whole co-op to what is paid.</param>
/// <param name="Terms">Words of the glossary that the lines use, in the order in which they come.</param>
public sealed record Receipt(IReadOnlyList<ReceiptPart> Parts, IReadOnlyList<string> Terms)
{
    /// <param name="words">In the language of the page or the file.</param>
    public static Receipt Of(PortalWords words, MemberDividend dividend)
    {
        var parts = dividend.Posted is { } posted ? new ReceiptText(words, dividend, posted).Parts().ToList() : [];
        var labels = parts.SelectMany(part => part.Lines.Where(line => line.Key.Length > 0).Select(line => (Anchor: part.AnchorOf(line), line.Label))).DistinctBy(line => line.Anchor, StringComparer.Ordinal).ToDictionary(line => line.Anchor, line => line.Label, StringComparer.Ordinal);
        // A step that this dividend did not take has no line to lead to.
        parts = [.. parts.Select(part => part with { Lines = [.. part.Lines.Select(line => line with { Steps = [.. line.From.Where(labels.ContainsKey).Select(anchor => (anchor, labels[anchor]))] })] })];
        return new Receipt(parts, [.. parts.SelectMany(part => part.Lines).Select(line => line.Term).OfType<string>().Distinct(StringComparer.Ordinal)]);
    }
}

/// <param name="Anchor">Name of the part in the page's address.</param>
public sealed record ReceiptPart(string Anchor, string Title, string? Lead, IReadOnlyList<ReceiptLine> Lines)
{
    /// <summary>Name of one of its lines in the page's address.</summary>
    public string AnchorOf(ReceiptLine line) => $"{Anchor}-{line.Key}";
}

public sealed record ReceiptLine(string Label, string Figure)
{
    /// <summary>Where the figure comes from, or how it was rounded.</summary>
    public string? Source { get; init; }

    /// <summary>A word of the glossary that the line needs.</summary>
    public string? Term { get; init; }

    /// <summary>What is left of the lines above.</summary>
    public bool IsTotal { get; init; }

    /// <summary>Exact figures of many digits, on a line of their own.</summary>
    public string? Exactly { get; init; }
    public ReceiptWay? Way { get; init; }

    /// <summary>Names the line within its part.</summary>
    public required string Key { get; init; }

    /// <summary>Anchors of the lines that it is worked out from.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>Those of them that are there, with what they say.</summary>
    public IReadOnlyList<(string Anchor, string Label)> Steps { get; init; } = [];

    /// <summary>The lines that the figure is the sum of.</summary>
    public IReadOnlyList<ReceiptLine> SumOf { get; init; } = [];

    /// <summary>What opens them.</summary>
    public string SumOfTitle { get; init; } = "";
}

/// <summary>Where a line leads: the rows or the ledger entry that it came from.</summary>
/// <param name="Kind">Rows or entry.</param>
/// <param name="OnPaper">What is said of it where nothing can be opened.</param>
public sealed record ReceiptWay(ReceiptWayKind Kind, string Say, string Query, string OnPaper);

public enum ReceiptWayKind
{
    Rows = 1,
    Entry = 2,
}

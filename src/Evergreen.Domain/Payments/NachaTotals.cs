using System.Globalization;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Payments;

/// <summary>What a NACHA file says of itself in its control records, found true.</summary>
/// <param name="Batches">Batch headers.</param>
/// <param name="Entries">Entry and addenda records.</param>
/// <param name="EntryHash">Sum of the receiving banks' eight digits, its ten low-order digits.</param>
/// <param name="Blocks">Lines in tens, rounded up.</param>
public sealed record NachaTotals(long Batches, long Entries, long EntryHash, Money Debits, Money Credits, long Blocks)
{
    public const int LineLength = 94;
    private const int LinesOfABlock = 10;
    private const long HashModulus = 10_000_000_000;
    private static readonly string Padding = new('9', LineLength);

    /// <summary>Blocks that so many lines fill, the last of them padded.</summary>
    public static long BlocksOf(long lines) => (lines + LinesOfABlock - 1) / LinesOfABlock;

    /// <summary>Adds a receiving bank's eight digits to the hash, keeping ten digits.</summary>
    public static long AddToHash(long hash, long eightDigits) => (hash + eightDigits) % HashModulus;

    /// <summary>Recounts a file and compares it with its batch and file control records.</summary>
    /// <param name="lines">The lines without their ends.</param>
    /// <returns>The totals, or a refusal that names the first line, field and both values that differ.</returns>
    public static Outcome<NachaTotals> Verify(IReadOnlyList<string> lines)
    {
        var file = new Count();
        var batch = new Count();
        long batches = 0;
        var open = false;
        var ended = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Length != LineLength) return Unreadable(i, $"has {line.Length} characters instead of {LineLength}");
            if (line.AsSpan().ContainsAnyExceptInRange(' ', '~')) return Unreadable(i, "holds a character outside printable ASCII");
            if (ended)
            {
                if (line != Padding) return Unreadable(i, "stands after the file control and is not made of nines");
                continue;
            }
            if ((line[0] == '1') != (i == 0)) return Unreadable(i, i == 0 ? "is not a file header" : "is a second file header");
            switch (line[0])
            {
                case '1':
                    break;
                case '5' when !open:
                    open = true;
                    batches++;
                    batch = new Count();
                    break;
                case '6' when open:
                    if (Number(line, 2, 3) is not { } code || Number(line, 4, 11) is not { } bank || Number(line, 30, 39) is not { } cents) return Unreadable(i, "has a code, bank or amount that is not a number");
                    if (!RoutingNumber.IsValid(line.AsSpan(3, 9))) return Unreadable(i, $"names the bank {line.AsSpan(3, 9)}, whose check digit is wrong");
                    batch.Hash = AddToHash(batch.Hash, bank);
                    batch.Entries++;
                    // Codes that end in 1 to 4 pay in, 5 to 9 take out.
                    if (code % 10 < 5) batch.Credits += cents;
                    else batch.Debits += cents;
                    break;
                case '7' when open:
                    batch.Entries++;
                    break;
                case '8' when open:
                    if (Difference(i, line, ("entry and addenda count", 5, 10, batch.Entries), ("entry hash", 11, 20, batch.Hash), ("debits", 21, 32, batch.Debits), ("credits", 33, 44, batch.Credits)) is { } inBatch) return inBatch;
                    file = new Count { Hash = AddToHash(file.Hash, batch.Hash), Entries = file.Entries + batch.Entries, Debits = file.Debits + batch.Debits, Credits = file.Credits + batch.Credits };
                    open = false;
                    break;
                case '9' when !open:
                    if (Difference(i, line, ("batch count", 2, 7, batches), ("block count", 8, 13, BlocksOf(lines.Count)), ("entry and addenda count", 14, 21, file.Entries),
                        ("entry hash", 22, 31, file.Hash), ("debits", 32, 43, file.Debits), ("credits", 44, 55, file.Credits)) is { } inFile) return inFile;
                    ended = true;
                    break;
                default:
                    return Unreadable(i, $"has a record of type '{line[0]}' where none may stand");
            }
        }
        if (!ended) return new Refusal("nacha-unreadable", "The file has no file control record; it was cut off.");
        if (lines.Count % LinesOfABlock != 0) return new Refusal("nacha-unreadable", $"The file has {lines.Count} lines; it is padded with lines of nines to a multiple of {LinesOfABlock}.");
        return new NachaTotals(batches, file.Entries, file.Hash, new Money(file.Debits), new Money(file.Credits), BlocksOf(lines.Count));
    }

    /// <summary>The number at one-based positions, or null where they hold anything but digits.</summary>
    private static long? Number(string line, int from, int to) =>
        long.TryParse(line.AsSpan(from - 1, to - from + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Refusal? Difference(int index, string line, params ReadOnlySpan<(string Field, int From, int To, long Counted)> fields)
    {
        foreach (var (field, from, to, counted) in fields)
        {
            if (Number(line, from, to) == counted) continue;
            return new Refusal("nacha-totals-differ", $"Line {index + 1}, positions {from}-{to}: {field} stated as '{line[(from - 1)..to]}', but the records make {counted}.");
        }
        return null;
    }

    private static Refusal Unreadable(int index, string what) => new("nacha-unreadable", $"Line {index + 1} {what}.");

    private sealed record Count
    {
        public long Hash { get; set; }
        public long Entries { get; set; }
        public long Debits { get; set; }
        public long Credits { get; set; }
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Evergreen.Domain.Equity;

public enum EntryKind
{
    /// <summary>Source: import id; item: row of the file.</summary>
    EquityContribution = 1,

    /// <summary>Source: fiscal year.</summary>
    YearClosing = 2,

    /// <summary>What of a year's income goes to the collective reserve and other funds. Source: run id.</summary>
    Appropriation = 3,

    /// <summary>One member's dividend of one run. Source: run id; item: member id.</summary>
    DividendAllocation = 4,

    /// <summary>Source: sequence of the entry that is reversed.</summary>
    Reversal = 5,

    /// <summary>One member's balances go to another, whose record is the same person's. Source: id of the member they leave; item: id of the one they go to.</summary>
    Transfer = 6,

    /// <summary>What a member is owed of one run leaves the bank. Source: run id; item: member id.</summary>
    DividendPayment = 7,

    /// <summary>What a member held of the co-op's capital is paid back, lot by lot. Source: number of the redemption; item: member id.</summary>
    EquityRedemption = 8,

    /// <summary>What a member is still owed of a run leaves the bank: the first payment left the member out, or came back. Source: id of the payment run; item: member id.</summary>
    LaterPayment = 9,
}

/// <summary>A line: positive is a debit, negative a credit. Member and lot say whose part of the account it touches, and of which fiscal year.</summary>
/// <param name="AccountCode">Code in the co-op's chart.</param>
/// <param name="MemberId">Null where the account is the co-op's own.</param>
/// <param name="Lot">Fiscal year of the allocation (the vintage), or null.</param>
public readonly record struct EntryLine(string AccountCode, int? MemberId, int? Lot, long AmountCents);

/// <summary>An entry before it has its place in the chain. Its lines sum to zero; kind, source and item name it once and for all.</summary>
public sealed class EntryDraft
{
    /// <exception cref="ArgumentException">Fewer than two lines, or lines that do not sum to zero.</exception>
    public EntryDraft(EntryKind kind, long source, long item, DateOnly on, string narration, long? reverses, params EntryLine[] lines)
    {
        if (lines.Length < 2) throw new ArgumentException($"An entry has two or more lines; this one has {lines.Length}.", nameof(lines));
        long sum = 0;
        foreach (var line in lines) sum = checked(sum + line.AmountCents);
        if (sum != 0) throw new ArgumentException($"The lines of {kind} {source}/{item} sum to {sum} cents, not to zero.", nameof(lines));
        (Kind, Source, Item, On, Narration, Reverses, Lines) = (kind, source, item, on, narration, reverses, lines);
    }

    public EntryKind Kind { get; }
    public long Source { get; }
    public long Item { get; }
    public DateOnly On { get; }
    public string Narration { get; }
    public long? Reverses { get; }
    public IReadOnlyList<EntryLine> Lines { get; }
}

/// <summary>A posted entry: a header in the co-op's gapless sequence, chained by hash to the one before. Inserted, never changed.</summary>
public sealed class LedgerEntry
{
    public required int CoOpId { get; init; }

    /// <summary>1, 2, 3 … without gaps within the co-op.</summary>
    public required long Sequence { get; init; }
    public required EntryKind Kind { get; init; }
    public required long Source { get; init; }
    public required long Item { get; init; }

    /// <summary>The accounting date.</summary>
    public required DateOnly On { get; init; }

    /// <summary>UTC, whole milliseconds, never earlier than the entry before.</summary>
    public required DateTime RecordedAt { get; init; }
    public required string Narration { get; init; }

    /// <summary>Sequence of the entry that this one reverses. An entry is reversed once at most.</summary>
    public long? Reverses { get; init; }
    public required int LineCount { get; init; }

    /// <summary>SHA-256 of the previous entry's hash and this entry's canonical form; see <see cref="LedgerChain"/>.</summary>
    public required byte[] Hash { get; init; }
}

/// <summary>A posted line. Inserted, never changed.</summary>
public sealed class LedgerLine
{
    public required int CoOpId { get; init; }
    public required long Sequence { get; init; }

    /// <summary>1, 2, 3 … within the entry.</summary>
    public required int LineNo { get; init; }
    public required int AccountId { get; init; }
    public int? MemberId { get; init; }
    public int? Lot { get; init; }

    /// <summary>Debits positive, credits negative.</summary>
    public required long AmountCents { get; init; }
}

/// <summary>Where a co-op's chain ends. Taking this row's lock is what puts postings one after the other.</summary>
public sealed class LedgerHead
{
    public required int CoOpId { get; init; }
    public required long Sequence { get; set; }
    public required DateTime RecordedAt { get; set; }
    public required byte[] Hash { get; set; }
}

/// <summary>The hash chain over a ledger.</summary>
/// <remarks>
/// Canonical form, version 1, UTF-8 with line feeds:
/// <code>
/// evergreen-entry-1
/// {co-op code}|{sequence}|{kind}|{source}|{item}|{on yyyy-MM-dd}|{recorded yyyy-MM-ddTHH:mm:ss.fffZ}|{reversed sequence or empty}
/// {narration, with \ | and line feed escaped by \}
/// {line no}|{account code}|{currency}|{member id or empty}|{lot or empty}|{cents}      (one a line)
/// </code>
/// The hash of entry n is SHA-256(hash of entry n−1 ‖ canonical form of n); before the first stand 32 zero bytes.
/// </remarks>
public static class LedgerChain
{
    public static readonly byte[] Genesis = new byte[32];

    /// <summary>Writes the next hash into <paramref name="hash"/> (32 bytes).</summary>
    public static void Link(ReadOnlySpan<byte> previous, string coOpCode, string currency, long sequence, DateTime recordedAt, EntryKind kind, long source, long item,
        DateOnly on, long? reverses, string narration, ReadOnlySpan<EntryLine> lines, Span<byte> hash)
    {
        var text = new ValueText(stackalloc byte[512]);
        try
        {
            text.Raw(previous);
            text.Text("evergreen-entry-1\n");
            text.Escaped(coOpCode); text.Text("|"); text.Number(sequence); text.Text("|"); text.Number((int)kind); text.Text("|"); text.Number(source); text.Text("|"); text.Number(item);
            text.Text("|"); text.Date(on); text.Text("|"); text.Moment(recordedAt); text.Text("|");
            if (reverses is { } reversed) text.Number(reversed);
            text.Text("\n"); text.Escaped(narration); text.Text("\n");
            for (var i = 0; i < lines.Length; i++)
            {
                var line = lines[i];
                text.Number(i + 1); text.Text("|"); text.Text(line.AccountCode); text.Text("|"); text.Text(currency); text.Text("|");
                if (line.MemberId is { } member) text.Number(member);
                text.Text("|");
                if (line.Lot is { } lot) text.Number(lot);
                text.Text("|"); text.Number(line.AmountCents); text.Text("\n");
            }
            SHA256.HashData(text.Written, hash);
        }
        finally
        {
            text.Dispose();
        }
    }

    /// <summary>A growing run of bytes that starts on the stack.</summary>
    private ref struct ValueText(Span<byte> initial)
    {
        private Span<byte> buffer = initial;
        private byte[]? rented;
        private int length;

        public readonly ReadOnlySpan<byte> Written => buffer[..length];

        public void Raw(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(Room(bytes.Length));
            length += bytes.Length;
        }

        public void Text(string text) => length += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));

        public void Escaped(string text) =>
            Text(text.AsSpan().IndexOfAny('\\', '|', '\n') < 0 ? text : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));

        public void Number(long value)
        {
            value.TryFormat(Room(20), out var written, default, CultureInfo.InvariantCulture);
            length += written;
        }

        public void Date(DateOnly date)
        {
            date.TryFormat(Room(10), out var written, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            length += written;
        }

        public void Moment(DateTime at)
        {
            at.TryFormat(Room(24), out var written, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            length += written;
        }

        private Span<byte> Room(int bytes)
        {
            if (length + bytes > buffer.Length)
            {
                var larger = System.Buffers.ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, length + bytes));
                buffer[..length].CopyTo(larger);
                if (rented is not null) System.Buffers.ArrayPool<byte>.Shared.Return(rented);
                buffer = rented = larger;
            }
            return buffer[length..];
        }

        public readonly void Dispose()
        {
            if (rented is not null) System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }
    }
}

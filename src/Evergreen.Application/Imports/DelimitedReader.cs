using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>
/// Reads delimited text (RFC 4180, strictly) from bytes. A malformed row costs itself and nothing else: reading goes on at the next physical line.
/// </summary>
/// <remarks>
/// An open quote must not swallow the file. A quoted field may hold line breaks, but a record is at most 64 lines and 128 KB; where it runs past
/// that, to the end of the file, or ends in a malformed row, the line on which the quote opened becomes one bad row and the next line is read afresh.
/// Each line is therefore looked at 64 times at the very most, whatever the file holds.
/// </remarks>
public sealed class DelimitedReader : RowSource
{
    private const int BufferBytes = 512 * 1024;
    private const int Lookahead = MaxRecordBytes + 2;
    private const byte Quote = (byte)'"', LineFeed = (byte)'\n', Return = (byte)'\r';
    private static readonly SearchValues<byte> QuotedStops = SearchValues.Create([Quote, LineFeed, Return, 0]);
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create([LineFeed, Return]);

    private readonly Stream file, stream;
    private readonly int[] starts = new int[MaxColumns + 1];
    private readonly int[] lengths = new int[MaxColumns + 1];
    private SearchValues<byte> stops = LineEnds;
    private byte separator;
    private byte[] buffer;
    private byte[]? unquoted;
    private int unquotedLength;
    private int position, end, rowStart, rowEnd;
    private bool drained, ascii;
    private long nextLine = 1;
    private string? cutRow;

    private DelimitedReader(Stream file, Stream utf8)
    {
        this.file = file;
        TotalBytes = file.Length;
        stream = utf8;
        buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    }

    /// <summary>The encoding the file is read in.</summary>
    public FileEncoding Encoding { get; private init; }

    public char Separator => (char)separator;

    /// <summary>Opens the file at its header. The stream must be able to seek; it is closed with the reader.</summary>
    /// <returns>Refused where there is no readable header.</returns>
    public static Outcome<DelimitedReader> Open(Stream file, DelimitedOptions? options = null)
    {
        options ??= DelimitedOptions.Default;
        if (options.Separator is { } given && ",;\t|".IndexOf(given, StringComparison.Ordinal) < 0)
            return Refusals.SeparatorUnknown(given);
        var (encoding, assumed, utf8) = TextEncoding.Open(file, options.Encoding);
        var reader = new DelimitedReader(file, utf8)
        {
            Encoding = encoding,
            Notices = assumed ? [Problem.EncodingAssumed] : [],
        };
        if (reader.ReadHeader(options.Separator) is not { } refusal) return reader;
        reader.Dispose();
        return refusal;
    }

    public override long BytesRead => file.CanRead ? file.Position : TotalBytes;

    public override bool Read()
    {
        FieldCount = 0;
        Fault = null;
        while (Fill())
        {
            Line = FaultLine = nextLine;
            Parse(Header.Count);
            nextLine += LineCount;
            if (Fault is not null)
            {
                Account.CountBad(LineCount);
                return true;
            }
            if (!IsBlank())
            {
                Account.CountRecord(LineCount);
                return true;
            }
            Account.CountBlank(1, LineCount);
        }
        FieldCount = 0;
        return false;
    }

    public override ReadOnlySpan<byte> Field(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)FieldCount, nameof(index));
        var start = starts[index];
        return start >= 0 ? buffer.AsSpan(start, lengths[index]) : unquoted.AsSpan(~start, lengths[index]);
    }

    public override string RawText
    {
        get
        {
            if (cutRow is not null) return cutRow;
            var raw = buffer.AsSpan(rowStart, Math.Min(rowEnd - rowStart, 8 * 1024)).TrimEnd("\r\n"u8);
            return System.Text.Encoding.UTF8.GetString(raw);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing || buffer.Length == 0) return;
        stream.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
        if (unquoted is not null) ArrayPool<byte>.Shared.Return(unquoted);
        buffer = [];
        unquoted = null;
    }

    private Refusal? ReadHeader(char? given)
    {
        while (Fill())
        {
            separator = (byte)(given ?? SniffSeparator());
            stops = SearchValues.Create([separator, Quote, LineFeed, Return, 0]);
            Line = FaultLine = nextLine;
            Parse(expectedFields: 0);
            nextLine += LineCount;
            if (Fault is not null) return Refusals.HeaderUnreadable(Line, Fault);
            if (IsBlank())
            {
                Account.CountBlank(1, LineCount);
                continue;
            }
            Account.CountHeader(LineCount);
            Header = Enumerable.Range(0, FieldCount).Select(Text).ToArray();
            return null;
        }
        return Refusals.FileEmpty;
    }

    private char SniffSeparator()
    {
        var line = buffer.AsSpan(position, Math.Min(end - position, MaxRecordBytes));
        var stop = line.IndexOfAny(LineEnds);
        if (stop >= 0) line = line[..stop];
        var best = ',';
        var most = 0;
        foreach (var candidate in ",;\t|")
        {
            var count = 0;
            var quoted = false;
            foreach (var c in line)
            {
                if (c == Quote) quoted = !quoted;
                else if (!quoted && c == candidate) count++;
            }
            if (count > most) (best, most) = (candidate, count);
        }
        return best;
    }

    /// <summary>Brings the longest possible record into the buffer, so that a record is parsed without refilling.</summary>
    private bool Fill()
    {
        if (end - position >= Lookahead || drained) return position < end;
        buffer.AsSpan(position, end - position).CopyTo(buffer);
        end -= position;
        position = 0;
        while (end < Lookahead && !drained)
        {
            var read = stream.Read(buffer, end, buffer.Length - end);
            end += read;
            drained = read == 0;
        }
        ascii = Ascii.IsValid(buffer.AsSpan(0, end));
        return position < end;
    }

    /// <summary>Takes apart the record at <see cref="position"/> and moves behind it, or behind the bad row.</summary>
    private void Parse(int expectedFields)
    {
        FieldCount = 0;
        Fault = null;
        cutRow = null;
        unquotedLength = 0;
        LineCount = 1;
        rowStart = position;
        var windowEnd = Math.Min(end, position + MaxRecordBytes);
        var window = buffer.AsSpan(0, windowEnd);
        var at = position;
        var secondLine = -1;
        while (true)
        {
            if (FieldCount == MaxColumns)
            {
                GiveUp(RowFaults.TooManyColumns, at, secondLine);
                return;
            }
            int stop;
            if (at < windowEnd && window[at] == Quote)
            {
                stop = ParseQuoted(window, at, ref secondLine);
                if (stop < 0) return;
            }
            else
            {
                var found = window[at..].IndexOfAny(stops);
                stop = found < 0 ? windowEnd : at + found;
                starts[FieldCount] = at;
                lengths[FieldCount++] = stop - at;
                if (stop - at > MaxFieldBytes)
                {
                    GiveUp(RowFaults.FieldTooLong, stop, secondLine);
                    return;
                }
            }
            if (stop == windowEnd)
            {
                if (windowEnd < end || !drained) { GiveUp(RowFaults.LineTooLong, stop, secondLine); return; }
                Complete(stop, expectedFields, secondLine);
                return;
            }
            var c = window[stop];
            if (c == separator) { at = stop + 1; continue; }
            if (c is LineFeed or Return) { Complete(AfterLineEnd(stop), expectedFields, secondLine); return; }
            GiveUp(c == 0 ? RowFaults.NullByte : window[at] == Quote ? RowFaults.TextAfterQuote : RowFaults.StrayQuote, stop, secondLine);
            return;
        }
    }

    /// <returns>The position after the closing quote, or -1 when the row was given up.</returns>
    private int ParseQuoted(ReadOnlySpan<byte> window, int opening, ref int secondLine)
    {
        var at = opening + 1;
        var doubled = false;
        var afterFirstBreak = -1;
        var openingLines = LineCount;
        var crossed = secondLine;
        while (true)
        {
            var found = window[at..].IndexOfAny(QuotedStops);
            at = found < 0 ? window.Length : at + found;
            if (at - opening > MaxFieldBytes + 1) return AbandonQuote(RowFaults.FieldTooLong);
            if (found < 0) return AbandonQuote(RowFaults.OpenQuote);
            switch (window[at])
            {
                case 0:
                    return AbandonQuote(RowFaults.NullByte);
                case Quote when at + 1 < window.Length && window[at + 1] == Quote:
                    doubled = true;
                    at += 2;
                    continue;
                case Quote:
                    break;
                default:
                    at = AfterLineEnd(at);
                    if (afterFirstBreak < 0) afterFirstBreak = at;
                    if (++LineCount > MaxRecordLines) return AbandonQuote(RowFaults.OpenQuote);
                    continue;
            }
            break;
        }
        var closed = at + 1;
        var properlyClosed = closed == window.Length || window[closed] == separator || window[closed] is LineFeed or Return;
        if (!properlyClosed) return AbandonQuote(RowFaults.TextAfterQuote);
        if (secondLine < 0) secondLine = afterFirstBreak;
        AddQuoted(opening + 1, at - opening - 1, doubled);
        return closed;

        int AbandonQuote(Fault fault)
        {
            if (afterFirstBreak >= 0)
            {
                FaultLine = Line + openingLines - 1;
                Resume(afterFirstBreak, openingLines);
            }
            else
            {
                GiveUp(fault, at, crossed);
            }
            return -1;
        }
    }

    private void AddQuoted(int start, int length, bool doubled)
    {
        if (!doubled)
        {
            starts[FieldCount] = start;
            lengths[FieldCount++] = length;
            return;
        }
        unquoted ??= ArrayPool<byte>.Shared.Rent(MaxRecordBytes);
        starts[FieldCount] = ~unquotedLength;
        var from = buffer.AsSpan(start, length);
        var begin = unquotedLength;
        while (true)
        {
            var quote = from.IndexOf(Quote);
            var piece = quote < 0 ? from : from[..(quote + 1)];
            piece.CopyTo(unquoted.AsSpan(unquotedLength));
            unquotedLength += piece.Length;
            if (quote < 0) break;
            from = from[(quote + 2)..];
        }
        lengths[FieldCount++] = unquotedLength - begin;
    }

    private void Complete(int next, int expectedFields, int secondLine)
    {
        rowEnd = position = next;
        if (expectedFields > 0 && FieldCount != expectedFields && !IsBlank())
        {
            if (secondLine >= 0) Resume(secondLine, lines: 1);
            else Fault = RowFaults.Ragged(expectedFields, FieldCount);
        }
        else if (!ascii && !Utf8.IsValid(buffer.AsSpan(rowStart, rowEnd - rowStart)))
        {
            Fault = RowFaults.NotUtf8;
        }
        else if (secondLine >= 0 && HoldsRows(secondLine, expectedFields))
        {
            Fault = RowFaults.SwallowedRows;
        }
    }

    /// <summary>Whether a whole line inside the record has as many separators as a row: the sign of a quote that closes by accident.</summary>
    private bool HoldsRows(int secondLine, int expectedFields)
    {
        if (expectedFields < 3) return false;
        var rest = buffer.AsSpan(secondLine, rowEnd - secondLine).TrimEnd("\r\n"u8);
        while (true)
        {
            var stop = rest.IndexOfAny(LineEnds);
            if (stop < 0) return false;
            if (rest[..stop].Count(separator) == expectedFields - 1) return true;
            rest = rest[(stop + 1)..];
        }
    }

    /// <summary>The row is bad: reading goes on at the end of its physical line, or, where a quoted field had crossed lines, on the line after the one where that quote opened.</summary>
    private void GiveUp(Fault fault, int at, int secondLine)
    {
        if (secondLine >= 0)
        {
            Resume(secondLine, lines: 1);
            return;
        }
        Fault = fault;
        LineCount = 1;
        SkipLine(at);
    }

    private void Resume(int next, long lines)
    {
        Fault = RowFaults.OpenQuote;
        LineCount = lines;
        rowEnd = position = next;
    }

    /// <summary>Moves behind the physical line that holds <paramref name="at"/>, however long it is.</summary>
    private void SkipLine(int at)
    {
        while (true)
        {
            var found = buffer.AsSpan(at, end - at).IndexOfAny(LineEnds);
            var stop = found < 0 ? end : at + found;
            var undecided = stop == end || (stop + 1 == end && buffer[stop] == Return);
            if (!undecided || drained)
            {
                rowEnd = position = stop == end ? end : AfterLineEnd(stop);
                return;
            }
            cutRow ??= RawStart();
            FieldCount = 0;
            position = stop;
            Fill();
            rowStart = at = position;
        }
    }

    private string RawStart() =>
        System.Text.Encoding.UTF8.GetString(buffer.AsSpan(rowStart, Math.Min(end - rowStart, 1024))) + "…";

    private int AfterLineEnd(int at) =>
        buffer[at] == Return && at + 1 < end && buffer[at + 1] == LineFeed ? at + 2 : at + 1;

    private bool IsBlank()
    {
        for (var i = 0; i < FieldCount; i++)
            if (Field(i).IndexOfAnyExcept((byte)' ', (byte)'\t') >= 0) return false;
        return true;
    }
}

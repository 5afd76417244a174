using System.Buffers;
using System.Text;

namespace Evergreen.Application.Imports;

/// <summary>Checks the text of names and ids. Nothing is stripped in silence: what cannot be printed is an error.</summary>
public static class TextField
{
    private const int MostMarks = 4;
    private static readonly SearchValues<char> DirectionMarks = SearchValues.Create("\u200E\u200F\u061C\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069");

    /// <param name="composed">The text with its accents composed; null where the bytes already are what they should be.</param>
    public static Fault? Check(ReadOnlySpan<byte> utf8, CanonicalColumn column, out string? composed)
    {
        composed = null;
        if (utf8.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0)
        {
            if (utf8.Length > column.MaxLength) return FieldFaults.TextLength(column.MaxLength);
            return column.Kind == ColumnKind.Identifier && IsScientific(utf8) ? FieldFaults.IdScientific : null;
        }
        if (utf8.Length > 4 * column.MaxLength) return FieldFaults.TextLength(column.MaxLength);
        var text = Encoding.UTF8.GetString(utf8);
        if (Unprintable(text, allowLines: column.Kind == ColumnKind.Note) is { } fault) return fault;
        composed = Composition.Compose(text);
        return composed.Length > column.MaxLength ? FieldFaults.TextLength(column.MaxLength) : null;
    }

    private static Fault? Unprintable(string text, bool allowLines)
    {
        if (text.AsSpan().ContainsAny(DirectionMarks)) return FieldFaults.TextDirection;
        var marks = 0;
        foreach (var c in text)
        {
            if (char.IsControl(c) && !(allowLines && c is ('\r' or '\n' or '\t'))) return FieldFaults.TextControl;
            if (c is '\u2028' or '\u2029' or '\uFEFF') return FieldFaults.TextControl;
            if (c is '\uFFFD' or >= '\uFFFE') return FieldFaults.TextUnreadable;
            marks = c is >= '\u0300' and <= '\u036F' ? marks + 1 : 0;
            if (marks > MostMarks) return FieldFaults.TextMarks;
        }
        return null;
    }

    /// <summary><c>1.23457E+15</c>: what a spreadsheet makes of a long number.</summary>
    public static bool IsScientific(ReadOnlySpan<byte> text)
    {
        var e = text.IndexOfAny((byte)'e', (byte)'E');
        if (e < 1 || e + 2 >= text.Length || text[e + 1] is not ((byte)'+' or (byte)'-')) return false;
        var mantissa = text[..e].TrimStart((byte)'-');
        return mantissa.Length > 0 && mantissa.IndexOfAnyExcept("0123456789.,"u8) < 0 && text[(e + 2)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }
}

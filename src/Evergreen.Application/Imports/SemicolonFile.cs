using System.Runtime.InteropServices;
using System.Text;

namespace Evergreen.Application.Imports;

/// <summary>A CSV file of the house with semicolons between its fields, for spreadsheets that expect them. Nothing else of it changes: what a field says, its quotes, the ends of lines.</summary>
public static class SemicolonFile
{
    private const byte Quote = (byte)'"', Comma = (byte)',', Semicolon = (byte)';';

    private static ReadOnlySpan<byte> Mark => Encoding.UTF8.Preamble;

    /// <param name="from">As <see cref="CsvWriter"/> writes it, in UTF-8, with its mark or without; read to its end.</param>
    public static void Write(Stream from, Stream to)
    {
        var output = new List<byte>(1 << 17);
        var field = new List<byte>(256);
        var buffer = new byte[1 << 16];
        // Inside quotes two quotes in a row close and open again, which comes to the same.
        var quoted = false;
        // The mark of the encoding stands before the first field and is no part of it.
        var read = from.ReadAtLeast(buffer, Mark.Length, throwOnEndOfStream: false);
        var begin = buffer.AsSpan(0, read).StartsWith(Mark) ? Mark.Length : 0;
        output.AddRange(buffer.AsSpan(0, begin));
        for (; read > 0; begin = 0, read = from.Read(buffer))
        {
            foreach (var one in buffer.AsSpan(begin, read - begin))
            {
                if (one == Quote) quoted = !quoted;
                if (quoted || one is not (Comma or (byte)'\r' or (byte)'\n'))
                {
                    field.Add(one);
                    continue;
                }
                End(field, output);
                output.Add(one == Comma ? Semicolon : one);
            }
            Pass(output, to);
        }
        End(field, output);
        Pass(output, to);
    }

    /// <summary>A field that holds a semicolon is put into quotes, so that it stays one.</summary>
    private static void End(List<byte> field, List<byte> output)
    {
        var quotes = field.Contains(Semicolon) && field[0] != Quote;
        if (quotes) output.Add(Quote);
        output.AddRange(field);
        if (quotes) output.Add(Quote);
        field.Clear();
    }

    private static void Pass(List<byte> written, Stream to)
    {
        to.Write(CollectionsMarshal.AsSpan(written));
        written.Clear();
    }
}

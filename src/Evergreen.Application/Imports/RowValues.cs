using System.Text;

namespace Evergreen.Application.Imports;

/// <summary>The checked values of one canonical row: texts as UTF-8 in one buffer, dates, amounts and flags as numbers. Reused from row to row.</summary>
internal sealed class RowValues(int columns)
{
    private readonly int[] starts = new int[columns];
    private readonly int[] lengths = new int[columns];
    private readonly long[] numbers = new long[columns];
    private byte[] texts = new byte[4096];
    private int used;

    public void Clear()
    {
        used = 0;
        Array.Clear(lengths);
    }

    public bool Has(int column) => lengths[column] > 0;
    public ReadOnlySpan<byte> Text(int column) => texts.AsSpan(starts[column], lengths[column]);
    public long Number(int column) => numbers[column];

    public void Set(int column, ReadOnlySpan<byte> text, long number = 0)
    {
        if (texts.Length - used < text.Length) Array.Resize(ref texts, Math.Max(2 * texts.Length, used + text.Length));
        text.CopyTo(texts.AsSpan(used));
        starts[column] = used;
        lengths[column] = text.Length;
        numbers[column] = number;
        used += text.Length;
    }

    public void Set(int column, string text) => Set(column, Encoding.UTF8.GetBytes(text));

    public bool Is(int column, ReadOnlySpan<byte> word) => Text(column).SequenceEqual(word);
}

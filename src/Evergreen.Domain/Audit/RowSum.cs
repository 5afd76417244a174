using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Evergreen.Domain.Audit;

/// <summary>A digest of many rows in no order: the sum of their SHA-256 hashes, modulo 2 to the 256. Rows may come and go; what came less what went is the digest of what is there.</summary>
/// <remarks>One who may choose thousands of rows freely could make two lots of them with one sum. It is kept in the audit trail's chain, for rows that the program makes.</remarks>
public readonly record struct RowSum
{
    private const int Bytes = 32;
    private readonly UInt128 high, low;

    private RowSum(UInt128 high, UInt128 low) => (this.high, this.low) = (high, low);

    /// <param name="row">What the row says, in a form of its own.</param>
    public static RowSum Of(string row)
    {
        Span<byte> hash = stackalloc byte[Bytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(row), hash);
        return Read(hash);
    }

    public static RowSum operator +(RowSum a, RowSum b)
    {
        var sum = unchecked(a.low + b.low);
        return new(unchecked(a.high + b.high + (sum < a.low ? 1u : 0u)), sum);
    }

    public static RowSum operator -(RowSum a, RowSum b) => new(unchecked(a.high - b.high - (a.low < b.low ? 1u : 0u)), unchecked(a.low - b.low));

    /// <returns>The sum that <see cref="ToString"/> wrote; null where the text is none.</returns>
    public static RowSum? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        return text.Length == Bytes * 2 && Convert.FromHexString(text, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == Bytes ? Read(bytes) : null;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], low);
        return Convert.ToHexStringLower(bytes);
    }

    private static RowSum Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));
}

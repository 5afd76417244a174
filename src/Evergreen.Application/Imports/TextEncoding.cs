using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Evergreen.Application.Imports;

/// <summary>Finds a text file's encoding and turns its bytes into UTF-8.</summary>
internal static class TextEncoding
{
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The encoding to read with and the stream, placed after its byte order mark, as UTF-8.</summary>
    public static (FileEncoding Encoding, bool Assumed, Stream Utf8) Open(Stream stream, FileEncoding asked)
    {
        var (marked, markLength) = ReadMark(stream);
        var assumed = false;
        var encoding = marked ?? asked;
        if (encoding == FileEncoding.Auto)
        {
            stream.Position = 0;
            assumed = !MayBeUtf8(stream);
            encoding = assumed ? FileEncoding.Windows1252 : FileEncoding.Utf8;
        }
        stream.Position = markLength;
        return (encoding, assumed, encoding switch
        {
            FileEncoding.Utf16LittleEndian => Transcode(stream, Encoding.Unicode),
            FileEncoding.Utf16BigEndian => Transcode(stream, Encoding.BigEndianUnicode),
            FileEncoding.Windows1252 => Transcode(stream, Windows1252),
            _ => stream,
        });
    }

    private static Stream Transcode(Stream stream, Encoding from) =>
        Encoding.CreateTranscodingStream(stream, from, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    private static (FileEncoding? Encoding, int Length) ReadMark(Stream stream)
    {
        Span<byte> mark = stackalloc byte[3];
        stream.Position = 0;
        var read = stream.ReadAtLeast(mark, 3, throwOnEndOfStream: false);
        if (mark[..read] is [0xEF, 0xBB, 0xBF]) return (FileEncoding.Utf8, 3);
        if (mark[..read] is [0xFF, 0xFE, ..]) return (FileEncoding.Utf16LittleEndian, 2);
        if (mark[..read] is [0xFE, 0xFF, ..]) return (FileEncoding.Utf16BigEndian, 2);
        return (null, 0);
    }

    /// <summary>False only where bytes above ASCII exist and none of them forms UTF-8: a UTF-8 file with damage stays UTF-8, and its bad rows are reported.</summary>
    private static bool MayBeUtf8(Stream stream)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
        try
        {
            int read, carried = 0;
            var invalid = false;
            while ((read = stream.Read(buffer, carried, buffer.Length - carried)) > 0)
            {
                var bytes = buffer.AsSpan(0, carried + read);
                carried = 0;
                if (Ascii.IsValid(bytes)) continue;
                carried = IncompleteTail(bytes);
                var whole = bytes[..^carried];
                if (Utf8.IsValid(whole) ? !Ascii.IsValid(whole) : HoldsSequence(whole)) return true;
                invalid |= !Utf8.IsValid(whole);
                bytes[^carried..].CopyTo(buffer);
            }
            return !invalid && carried == 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int IncompleteTail(ReadOnlySpan<byte> bytes)
    {
        for (var length = 1; length <= Math.Min(3, bytes.Length); length++)
            if (bytes[^length] >= 0xC0)
                return Rune.DecodeFromUtf8(bytes[^length..], out _, out _) == OperationStatus.NeedMoreData ? length : 0;
        return 0;
    }

    private static bool HoldsSequence(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var high = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (high < 0) return false;
            bytes = bytes[high..];
            if (Rune.DecodeFromUtf8(bytes, out _, out var consumed) == OperationStatus.Done) return true;
            bytes = bytes[consumed..];
        }
        return false;
    }
}

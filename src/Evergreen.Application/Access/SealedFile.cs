using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Evergreen.Application.Access;

/// <summary>Files that hold people's secrets, sealed on disk: AES-256-GCM in pieces of 64 KB under a key of the file's own, derived from a master key that the file names.</summary>
/// <remarks>
/// A piece cannot be moved, left out or taken from another file: its place, and whether it is the last, are part of what is authenticated.
/// Reading may start anywhere, since a piece's place in the file follows from its number.
/// </remarks>
public static class SealedFile
{
    internal const int PieceBytes = 64 * 1024, NonceBytes = 12, TagBytes = 16;
    private static readonly byte[] Mark = "EVGS1"u8.ToArray();

    /// <summary>A stream to write the plain bytes to. The file is there, whole, once it is disposed of: whoever reads meanwhile has the one before, and of two who write at once the later one stays.</summary>
    /// <param name="place">What the file is, e.g. <c>upload 3f… rows</c>: it can be read as nothing else.</param>
    public static Stream Create(string path, KeyRing ring, string place)
    {
        var coming = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(coming, options);
        var key = Encoding.ASCII.GetBytes(ring.Current);
        file.Write(Mark);
        file.WriteByte((byte)key.Length);
        file.Write(key);
        return new SealingStream(file, DataKey(ring, ring.Current, place), place, path);
    }

    /// <summary>The plain bytes again; the stream can seek.</summary>
    /// <exception cref="CryptographicException">The file was changed, cut off or moved, or its key is not at hand. Told when it is opened or when the piece is read.</exception>
    public static Stream Open(string path, KeyRing ring, string place)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.RandomAccess);
        try
        {
            var head = new byte[Mark.Length + 1];
            if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan(0, Mark.Length).SequenceEqual(Mark)) throw new CryptographicException("A sealed file is not in a form that is known.");
            var name = new byte[head[^1]];
            if (file.ReadAtLeast(name, name.Length, throwOnEndOfStream: false) < name.Length) throw new CryptographicException("A sealed file is cut off.");
            var id = Encoding.ASCII.GetString(name);
            if (!ring.Keys.ContainsKey(id)) throw new CryptographicException($"The key '{id}' of a sealed file is not at hand.");
            return new OpenedStream(file, head.Length + name.Length, DataKey(ring, id, place), place);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    internal static byte[] Associated(string place, long piece, bool last)
    {
        var text = Encoding.UTF8.GetBytes(place);
        var data = new byte[text.Length + 9];
        text.CopyTo(data, 0);
        BinaryPrimitives.WriteInt64BigEndian(data.AsSpan(text.Length), piece);
        data[^1] = last ? (byte)1 : (byte)0;
        return data;
    }

    private static byte[] DataKey(KeyRing ring, string id, string place) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, ring.Keys[id], KeyRing.KeyBytes, info: Encoding.UTF8.GetBytes($"evergreen-file-1|{place}"));
}

/// <summary>Seals what is written to it, piece by piece.</summary>
/// <param name="path">Where the file comes to stand.</param>
internal sealed class SealingStream(FileStream file, byte[] key, string place, string path) : Stream
{
    private readonly AesGcm aes = new(key, SealedFile.TagBytes);
    private readonly byte[] plain = new byte[SealedFile.PieceBytes];
    private readonly byte[] box = new byte[SealedFile.NonceBytes + SealedFile.PieceBytes + SealedFile.TagBytes];
    private int filled;
    private long piece;
    private bool closed;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            // A full piece waits for the next byte: only then is it known not to be the last.
            if (filled == plain.Length) Seal(last: false);
            var some = Math.Min(buffer.Length, plain.Length - filled);
            buffer[..some].CopyTo(plain.AsSpan(filled));
            filled += some;
            buffer = buffer[some..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    private void Seal(bool last)
    {
        var nonce = box.AsSpan(0, SealedFile.NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        var written = SealedFile.NonceBytes + filled + SealedFile.TagBytes;
        aes.Encrypt(nonce, plain.AsSpan(0, filled), box.AsSpan(SealedFile.NonceBytes, filled), box.AsSpan(SealedFile.NonceBytes + filled, SealedFile.TagBytes), SealedFile.Associated(place, piece, last));
        file.Write(box, 0, written);
        piece++;
        filled = 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !closed)
        {
            closed = true;
            try
            {
                Seal(last: true);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(plain);
                aes.Dispose();
                file.Dispose();
            }
            PutInPlace();
        }
        base.Dispose(disposing);
    }

    private void PutInPlace()
    {
        try
        {
            File.Move(file.Name, path, overwrite: true);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // Its folder was removed meanwhile, and it with it: nobody waits for it any more.
        }
    }

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>Reads a sealed file from any place in it, one piece in memory at a time.</summary>
internal sealed class OpenedStream : Stream
{
    private const int BoxBytes = SealedFile.NonceBytes + SealedFile.PieceBytes + SealedFile.TagBytes, Overhead = SealedFile.NonceBytes + SealedFile.TagBytes;

    private readonly FileStream file;
    private readonly long start, pieces;
    private readonly string place;
    private readonly AesGcm aes;
    private readonly byte[] plain = new byte[SealedFile.PieceBytes];
    private readonly byte[] box = new byte[BoxBytes];
    private long held = -1, position;
    private int heldBytes;

    public OpenedStream(FileStream file, long start, byte[] key, string place)
    {
        (this.file, this.start, this.place) = (file, start, place);
        aes = new AesGcm(key, SealedFile.TagBytes);
        var body = file.Length - start;
        pieces = (body + BoxBytes - 1) / BoxBytes;
        if (body < Overhead || body - (pieces - 1) * BoxBytes < Overhead) throw new CryptographicException("A sealed file is cut off.");
        Length = body - pieces * Overhead;
        // The last piece says that it is the last: a file cut off between two pieces is told at once.
        Hold(pieces - 1);
    }

    public override long Length { get; }
    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;

    public override long Position
    {
        get => position;
        set => position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override int Read(Span<byte> buffer)
    {
        if (position >= Length || buffer.IsEmpty) return 0;
        Hold(position / SealedFile.PieceBytes);
        var at = (int)(position % SealedFile.PieceBytes);
        var some = Math.Min(buffer.Length, heldBytes - at);
        plain.AsSpan(at, some).CopyTo(buffer);
        position += some;
        return some;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    private void Hold(long piece)
    {
        if (held == piece) return;
        file.Position = start + piece * BoxBytes;
        var read = file.ReadAtLeast(box, BoxBytes, throwOnEndOfStream: false);
        if (read < Overhead) throw new CryptographicException("A sealed file is cut off.");
        heldBytes = read - Overhead;
        held = -1;
        aes.Decrypt(box.AsSpan(0, SealedFile.NonceBytes), box.AsSpan(SealedFile.NonceBytes, heldBytes), box.AsSpan(SealedFile.NonceBytes + heldBytes, SealedFile.TagBytes), plain.AsSpan(0, heldBytes),
            SealedFile.Associated(place, piece, piece == pieces - 1));
        held = piece;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => position + offset, _ => Length + offset };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CryptographicOperations.ZeroMemory(plain);
            aes.Dispose();
            file.Dispose();
        }
        base.Dispose(disposing);
    }

    public override void Flush() { }
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

using System.IO.Compression;
using System.Xml;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>Looks at a workbook's archive before anything is unpacked, and counts again while it is unpacked: what the archive declares is not believed.</summary>
/// <remarks>Nothing is written to disk, and no entry name is ever used as a path.</remarks>
internal sealed class WorkbookGuard
{
    public const int MaxEntries = 2000;
    public const long MaxUnpackedBytes = 200L * 1024 * 1024;
    public const int MaxRatio = 100;

    /// <summary>Small entries cannot do harm, however well they pack.</summary>
    private const long AlwaysAllowed = 16 * 1024;

    /// <summary>Longest stretch of XML without a new tag: bounds what the parser holds at once.</summary>
    private const int LongestStretch = 256 * 1024;

    private long unpacked;

    private WorkbookGuard() { }

    public static WorkbookGuard Check(ZipArchive archive)
    {
        if (archive.Entries.Count > MaxEntries) throw TooLarge($"{MaxEntries} parts");
        long declared = 0;
        foreach (var entry in archive.Entries)
        {
            if (entry.FullName.Split('/', '\\').Contains("..", StringComparer.Ordinal) || entry.FullName.StartsWith('/') || entry.FullName.Contains('\0') || entry.FullName.Contains(':'))
                throw Hostile("a part's name points outside the archive.");
            if (((entry.ExternalAttributes >> 16) & 0xF000) == 0xA000) throw Hostile("a part is a link to another file.");
            declared += entry.Length;
            if (declared > MaxUnpackedBytes) throw TooLarge($"{MaxUnpackedBytes / 1024 / 1024} MB unpacked");
            if (entry.Length > AlwaysAllowed && entry.Length > MaxRatio * entry.CompressedLength) throw Hostile("a part is packed more than a hundredfold.");
        }
        return new WorkbookGuard();
    }

    public XmlReader OpenXml(ZipArchiveEntry entry) => XmlReader.Create(
        new CountedStream(entry.Open(), this, Math.Max(AlwaysAllowed, MaxRatio * entry.CompressedLength)),
        new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            CloseInput = true,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });

    public static WorkbookRefusedException TooLarge(string limit) => new(Refusals.WorkbookTooLarge(limit));
    public static WorkbookRefusedException Hostile(string why) => new(Refusals.WorkbookHostile(why));
    public static WorkbookRefusedException Damaged(string why) => new(Refusals.WorkbookDamaged(why));

    private sealed class CountedStream(Stream inner, WorkbookGuard guard, long most) : Stream
    {
        private long count;
        private int stretch;

        public override int Read(byte[] buffer, int offset, int length) => Read(buffer.AsSpan(offset, length));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            count += read;
            guard.unpacked += read;
            if (guard.unpacked > MaxUnpackedBytes) throw TooLarge($"{MaxUnpackedBytes / 1024 / 1024} MB unpacked");
            if (count > most) throw Hostile("a part unpacks to more than a hundred times its size.");
            var tag = buffer[..read].LastIndexOf((byte)'<');
            var before = buffer[..read].IndexOf((byte)'<');
            if (stretch + (before < 0 ? read : before) > LongestStretch) throw TooLarge($"{LongestStretch / 1024} KB in one cell or tag");
            stretch = tag < 0 ? stretch + read : read - tag;
            return read;
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int length) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>Carries a refusal out of the depths of the XML reader; never leaves <see cref="XlsxReader"/>.</summary>
internal sealed class WorkbookRefusedException(Refusal refusal) : Exception(refusal.Sentence)
{
    public Refusal Refusal => refusal;
}

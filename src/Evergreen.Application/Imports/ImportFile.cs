using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>A file to import: its name and a way to open it, more than once where a first look is needed. The streams must be able to seek.</summary>
public sealed record ImportFile(string Name, Func<Stream> OpenStream)
{
    /// <summary>A file on disk.</summary>
    public static ImportFile At(string path) =>
        new(Path.GetFileName(path), () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan));

    /// <summary>Opens the file by what it holds, and refuses one whose name says otherwise.</summary>
    public Outcome<RowSource> OpenRows(ReadingOptions? options = null)
    {
        options ??= ReadingOptions.Default;
        var stream = OpenStream();
        var opened = Open(stream, options);
        if (opened.IsRefused) stream.Dispose();
        return opened;
    }

    private Outcome<RowSource> Open(Stream stream, ReadingOptions options)
    {
        Span<byte> start = stackalloc byte[8];
        start = start[..stream.ReadAtLeast(start, 8, throwOnEndOfStream: false)];
        stream.Position = 0;
        var namedWorkbook = Name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase);
        if (start is [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..])
        {
            if (!namedWorkbook) return Refusals.FileNameDiffers(Name, "a ZIP archive or workbook");
            var workbook = XlsxReader.Open(stream, options.Sheet);
            return workbook.IsRefused ? workbook.Refusal! : workbook.Value;
        }
        if (start is [0xD0, 0xCF, 0x11, 0xE0, ..]) return Refusals.FileKind("an old (.xls) or password-protected workbook", "Save it as .xlsx without a password, or as CSV.");
        if (start.StartsWith("%PDF"u8)) return Refusals.FileKind("a PDF", "Export the figures as CSV or XLSX.");
        if (start is [0x1F, 0x8B, ..]) return Refusals.FileKind("a compressed archive", "Unpack it first.");
        if (namedWorkbook) return Refusals.FileNameDiffers(Name, "no workbook");
        var text = DelimitedReader.Open(stream, new DelimitedOptions(options.Encoding, options.Separator));
        return text.IsRefused ? text.Refusal! : text.Value;
    }
}

using System.Diagnostics;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>A PDF as other programs read it: qpdf and poppler's pdftotext.</summary>
internal static class Paper
{
    /// <summary>What in a PDF does something by itself, or leads out of it. What begins with a capital here is a name in the file's own language, not text.</summary>
    private static readonly string[] Doing = ["/JavaScript", "/JS", "/OpenAction", "/AA", "/URI", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/EmbeddedFile", "/RichMedia", "/AcroForm", "/XFA"];

    /// <summary>What is wrong with it.</summary>
    public static IEnumerable<string> Faults(byte[] pdf)
    {
        using var file = new Kept(pdf);
        var (code, said) = Run("qpdf", "--check", file.Path);
        if (code != 0) yield return said;
        // Unpacked, every name of the file stands bare; texts and fonts stay in their streams and strings.
        var (unpacked, plain) = Run("qpdf", "--json=2", "--json-key=qpdf", file.Path);
        if (unpacked != 0) yield return plain;
        foreach (var name in Doing.Where(name => plain.Contains($"\"{name}\"", StringComparison.Ordinal))) yield return $"holds {name}";
    }

    /// <summary>Its words without any blank, as lines may be broken where they must.</summary>
    public static string Words(byte[] pdf)
    {
        using var file = new Kept(pdf);
        var (code, text) = Run("pdftotext", "-raw", "-enc", "UTF-8", file.Path, "-");
        Assert.That(code, Is.Zero, text);
        return Bare(text);
    }

    /// <summary>The lines of each sheet, from the top.</summary>
    public static IReadOnlyList<string[]> Sheets(byte[] pdf)
    {
        using var file = new Kept(pdf);
        var (code, text) = Run("pdftotext", "-layout", "-enc", "UTF-8", file.Path, "-");
        Assert.That(code, Is.Zero, text);
        return [.. text.TrimEnd('\f', '\n').Split('\f').Select(sheet => sheet.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
    }

    /// <summary>Width and height of the first sheet and how far the words of any sheet reach to the right, in whole points.</summary>
    public static (int Width, int Height, int Reach) Extent(byte[] pdf)
    {
        using var file = new Kept(pdf);
        var (code, text) = Run("pdftotext", "-bbox", file.Path, "-");
        Assert.That(code, Is.Zero, text);
        var words = System.Xml.Linq.XDocument.Parse(text).Descendants().ToList();
        var page = words.First(part => part.Name.LocalName == "page");
        return (Points(page, "width"), Points(page, "height"), words.Where(part => part.Name.LocalName == "word").Max(word => Points(word, "xMax")));

        static int Points(System.Xml.Linq.XElement part, string name) => (int)decimal.Parse(part.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The first sheet as a picture.</summary>
    public static byte[] FirstSheet(byte[] pdf)
    {
        using var file = new Kept(pdf);
        var (code, said) = Run("pdftoppm", "-r", "72", "-png", "-singlefile", "-f", "1", "-l", "1", file.Path, file.Path);
        Assert.That(code, Is.Zero, said);
        return File.ReadAllBytes($"{file.Path}.png");
    }

    public static string Bare(string text) => string.Concat(text.Where(sign => !char.IsWhiteSpace(sign) && sign != '\f'));

    private static (int Code, string Said) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true }) ?? throw new InvalidOperationException($"{program} did not start.");
        var wrong = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said + wrong.Result);
    }

    private sealed class Kept : IDisposable
    {
        public Kept(byte[] bytes) => File.WriteAllBytes(Path, bytes);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"evergreen-paper-{Guid.NewGuid():N}.pdf");

        public void Dispose()
        {
            File.Delete(Path);
            File.Delete($"{Path}.png");
        }
    }
}

using System.Diagnostics;
using NUnit.Framework;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Tokens;
using UglyToad.PdfPig;

namespace Evergreen.Application.Tests.Statements;

/// <summary>A drawn PDF as another program reads it.</summary>
internal sealed class PrintedPdf(byte[] bytes) : IDisposable
{
    private readonly PdfDocument document = PdfDocument.Open(bytes);

    public int PageCount => document.NumberOfPages;
    public string Title => document.Information.Title ?? "";
    public string Author => document.Information.Author ?? "";
    public string Language => document.Structure.Catalog.CatalogDictionary.TryGet(NameToken.Create("Lang"), out StringToken language) ? language.Data : "";
    public (double Width, double Height) PaperOf(int page) => (document.GetPage(page).Width, document.GetPage(page).Height);

    /// <summary>The words of a page in the order they were drawn, one space between them.</summary>
    public string TextOf(int page) => string.Join(' ', ContentOrderTextExtractor.GetText(document.GetPage(page)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public string Text => string.Join(' ', Enumerable.Range(1, PageCount).Select(TextOf));

    public void Dispose() => document.Dispose();

    /// <returns>What qpdf says, empty when it finds nothing wrong.</returns>
    public static string QpdfComplaints(byte[] bytes)
    {
        var (code, said) = Read(bytes, "qpdf", "--check");
        return code == 0 ? "" : said;
    }

    /// <summary>The text in the order in which poppler's pdftotext reads it, one space between words.</summary>
    public static string AsPopplerReads(byte[] bytes)
    {
        var (code, text) = Read(bytes, "pdftotext", "-enc", "UTF-8");
        Assert.That(code, Is.Zero, text);
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static (int Code, string Said) Read(byte[] bytes, string program, params string[] options)
    {
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{TestContext.CurrentContext.Test.ID}.pdf");
        File.WriteAllBytes(file, bytes);
        try
        {
            string[] arguments = program == "pdftotext" ? [.. options, file, "-"] : [.. options, file];
            using var reader = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })
                ?? throw new InvalidOperationException($"{program} did not start.");
            var said = reader.StandardOutput.ReadToEnd() + reader.StandardError.ReadToEnd();
            reader.WaitForExit();
            return (reader.ExitCode, said);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

using Evergreen.Documents.Drawing;
using Evergreen.Domain.Statements;
using SkiaSharp;

namespace Evergreen.Documents.Statements;

/// <summary>Prints many statements one after another into a single PDF file, for a printer and not for members. What is printed leaves memory.</summary>
/// <param name="twoSided">Each statement begins on a leaf of its own, with an empty back where it needs one.</param>
public sealed class StatementPrint(StatementBatch batch, FileStream file, PdfTitle title, bool twoSided) : IDisposable
{
    private readonly List<EmbeddedLetters> letters = [];
    private readonly PdfOutline outline = new();
    private readonly SKManagedWStream stream = new(file);
    private SKDocument? document;

    /// <summary>Printed so far, empty backs included.</summary>
    public int Pages { get; private set; }

    /// <summary>Prints these in their order.</summary>
    /// <exception cref="StatementDisagreesException">Two amounts of a statement disagree; none of these is printed.</exception>
    public void Add(IReadOnlyList<MemberStatement> statements, CancellationToken stop = default)
    {
        document ??= SKDocument.CreatePdf(stream, PdfFile.Metadata(title));
        var drawn = new IReadOnlyList<Sheet>[statements.Count];
        Parallel.For(0, statements.Count, new ParallelOptions { CancellationToken = stop, MaxDegreeOfParallelism = Environment.ProcessorCount }, i => drawn[i] = batch.Sheets(statements[i]));
        // One cut of the letters for all of these: a cut for each would fill the file with typefaces.
        var cut = new EmbeddedLetters([.. drawn.SelectMany(sheets => sheets)]);
        letters.Add(cut);
        for (var i = 0; i < drawn.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            var (sheets, member) = (drawn[i], statements[i].Member);
            foreach (var sheet in sheets)
                Page(sheet.Paper, canvas =>
                {
                    sheet.Print(canvas, cut);
                    if (sheet == sheets[0]) outline.Add(canvas, new Bookmark($"{member.Number}  {member.Name}", 0));
                });
            if (twoSided && sheets.Count % 2 == 1) Page(sheets[0].Paper, _ => { });
        }
    }

    /// <summary>Completes the file.</summary>
    public void Finish()
    {
        (document ?? throw new InvalidOperationException("A print file without a statement has no pages.")).Close();
        stream.Flush();
        file.Flush();
        PdfCatalogue.AddTo(file, title.Language, outline);
    }

    public void Dispose()
    {
        document?.Dispose();
        stream.Dispose();
        foreach (var cut in letters) cut.Dispose();
    }

    private void Page(PaperSize paper, Action<SKCanvas> draw)
    {
        using (var canvas = document!.BeginPage(paper.Width, paper.Height)) draw(canvas);
        document.EndPage();
        Pages++;
    }
}

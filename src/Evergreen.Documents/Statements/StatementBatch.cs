using System.Collections.Concurrent;
using System.Security.Cryptography;
using Evergreen.Documents.Drawing;
using Evergreen.Domain.Statements;

namespace Evergreen.Documents.Statements;

/// <summary>Draws member statements as PDF, one or a hundred thousand: fonts, wording, colours and logos are made ready once and shared.</summary>
/// <remarks>
/// Safe for many threads. A statement's bytes depend on the statement and the paper alone: not on the batch it is drawn in, the order,
/// the thread or the machine's clock. Dispose of it when no thread draws any more.
/// </remarks>
public sealed class StatementBatch(PaperSize paper) : IDisposable
{
    private const float Margin = 54;
    private const float TopOfLaterSheets = 46;

    /// <summary>Tried in this order when a statement needs a second sheet; kept when it then needs fewer.</summary>
    private static readonly float[] LessAir = [0.75f, 0.45f];

    private readonly TextSetter setter = new(TypefaceFamily.SourceSans);
    private readonly ConcurrentDictionary<string, Palette> palettes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Logo> logos = new(StringComparer.Ordinal);

    /// <exception cref="StatementDisagreesException">Two amounts of the statement disagree; nothing is drawn.</exception>
    /// <exception cref="FormatException">The co-op's colour or logo cannot be read.</exception>
    public byte[] Draw(MemberStatement statement) => PdfFile.Print(Title(statement, StatementWords.Of(statement.Language)), Sheets(statement));

    /// <summary>The sheets of a statement, ready for printing.</summary>
    internal IReadOnlyList<Sheet> Sheets(MemberStatement statement)
    {
        statement.Check();
        var words = StatementWords.Of(statement.Language);
        var palette = palettes.GetOrAdd(statement.CoOp.BrandColour, colour => new Palette(colour));
        var logo = statement.CoOp.Logo is { } bytes ? logos.GetOrAdd(Convert.ToHexString(SHA256.HashData(bytes.Span)), _ => new Logo(bytes)) : null;
        var sheets = Compose(statement, words, palette, logo, air: 1);
        foreach (var air in LessAir)
            if (sheets.Count > 1 && Compose(statement, words, palette, logo, air) is var fewer && fewer.Count < sheets.Count) sheets = fewer;
        return sheets;
    }

    public void Draw(MemberStatement statement, Stream destination) => destination.Write(Draw(statement));

    /// <summary>Letters of a text that no embedded typeface has, and that would be printed as empty boxes: those outside the Latin, Greek and Cyrillic scripts.</summary>
    public IReadOnlyList<string> MissingLetters(string text) => setter.Missing(text);

    public void Dispose() => setter.Dispose();

    private IReadOnlyList<Sheet> Compose(MemberStatement statement, StatementWords words, Palette palette, Logo? logo, float air)
    {
        var flow = new Flow(paper, Margin, TopOfLaterSheets, paper.Height - Footer.Height);
        var desk = new StatementDesk(statement, words, palette, logo, setter, flow, air);
        Masthead.Draw(desk);
        Working.Draw(desk);
        DividendBox.Draw(desk);
        AccountTable.Draw(desk);
        NoticeBox.Draw(desk);
        Footer.Draw(desk);
        return flow.Sheets;
    }

    private static PdfTitle Title(MemberStatement statement, StatementWords words) => new(
        words["pdf.title", words["title"], statement.YearName, statement.Member.Name],
        statement.CoOp.Name,
        words["pdf.subject", statement.DocumentNumber, statement.Member.Number],
        words.Language.Tag,
        statement.IssuedOn);
}

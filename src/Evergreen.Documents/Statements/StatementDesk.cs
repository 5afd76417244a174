using Evergreen.Documents.Drawing;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Statements;
using SkiaSharp;

namespace Evergreen.Documents.Statements;

/// <summary>What every section of one statement works with: its facts, its words, its type and the sheets it fills.</summary>
/// <param name="Air">How much of the usual white space is left between sections: 1, or less to save a sheet.</param>
internal sealed record StatementDesk(MemberStatement Statement, StatementWords Words, Palette Palette, Logo? Logo, TextSetter Setter, Flow Flow, float Air)
{

    public static readonly TextStyle Small = new(Weight.Regular, 16);
    public static readonly TextStyle Body = new(Weight.Regular, 18);
    public static readonly TextStyle Strong = new(Weight.Semibold, 18);
    public static readonly TextStyle Heading = new(Weight.Semibold, 23);

    public string Amount(Money amount) => Words.Amount(amount, Statement.CoOp.Currency);

    /// <summary>A share that was rounded to hundredths of a percent; noughts at its end are left out.</summary>
    public string Percent(Ratio share) => Words.Language.Figure(share.ToPercent(2));

    /// <summary>White space before what follows, in points.</summary>
    public void Space(float points) => Flow.Y += points * Air;

    /// <summary>A section's heading, kept together with what follows it.</summary>
    public void Head(string text, float roomAfter)
    {
        Space(18);
        Flow.Need(16 + roomAfter);
        Flow.Sheet.Mark(text, Flow.Y);
        Flow.Sheet.Text(Setter.Wording(text, Heading), Flow.Left, Flow.Y + 9, Palette.BrandText);
        Flow.Y += 16;
    }

    /// <summary>A paragraph at the current place.</summary>
    /// <param name="everyMember">The same for every member, so worth keeping.</param>
    public void Paragraph(string text, TextStyle style, SKColor colour, bool everyMember, float indent = 0)
    {
        var width = Flow.Width - indent;
        var lines = everyMember ? Setter.Wording(text, style, width) : Setter.Lines(text, style, width);
        foreach (var line in lines)
        {
            Flow.Need(style.Leading);
            Flow.Sheet.Text(line, Flow.Left + indent, Flow.Y + style.Size, colour);
            Flow.Y += style.Leading;
        }
    }
}

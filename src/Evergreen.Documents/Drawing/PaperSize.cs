namespace Evergreen.Documents.Drawing;

/// <summary>A sheet of paper, upright, in points of 1/72 inch.</summary>
public sealed record PaperSize(float Width, float Height)
{
    /// <summary>8½ × 11 inches.</summary>
    public static readonly PaperSize Letter = new(612, 792);

    /// <summary>210 × 297 millimetres, to the nearest point.</summary>
    public static readonly PaperSize A4 = new(595, 842);
}

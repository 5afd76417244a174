using System.Globalization;
using SkiaSharp;

namespace Evergreen.Documents.Drawing;

/// <summary>A document's colours, all derived from the one a co-op calls its own. Nothing is told by colour alone.</summary>
public sealed class Palette
{
    /// <summary>WCAG AA for small text.</summary>
    private const double ReadableContrast = 4.5;

    /// <param name="brandColour">Six hexadecimal digits after a hash.</param>
    /// <exception cref="FormatException">It is written in another way.</exception>
    public Palette(string brandColour)
    {
        if (brandColour.Length != 7 || brandColour[0] != '#' || !uint.TryParse(brandColour.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
            throw new FormatException($"'{brandColour}' is not a colour such as #1F6B4E.");
        Brand = new SKColor(0xFF000000u | rgb);
        BrandText = Brand;
        while (ContrastWithWhite(BrandText) < ReadableContrast) BrandText = Mixed(BrandText, SKColors.Black, 0.1f);
        Tint = Mixed(SKColors.White, BrandText, 0.06f);
        Soft = Mixed(SKColors.White, BrandText, 0.35f);
    }

    public SKColor Brand { get; }

    /// <summary>The brand colour, darkened as far as it takes to be read on white.</summary>
    public SKColor BrandText { get; }

    /// <summary>A breath of the brand colour behind a panel.</summary>
    public SKColor Tint { get; }

    /// <summary>A paler companion that still differs from the brand colour in grey.</summary>
    public SKColor Soft { get; }

    public SKColor Ink { get; } = new(0xFF1C2126);
    public SKColor Grey { get; } = new(0xFF5A636D);
    public SKColor Hairline { get; } = new(0xFFCFD4DA);
    public SKColor Calm { get; } = new(0xFFF4F5F7);

    private static SKColor Mixed(SKColor one, SKColor other, float part) => new(
        (byte)(one.Red + (other.Red - one.Red) * part), (byte)(one.Green + (other.Green - one.Green) * part), (byte)(one.Blue + (other.Blue - one.Blue) * part));

    private static double ContrastWithWhite(SKColor colour)
    {
        static double Linear(byte channel) => channel / 255.0 is var value && value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        return 1.05 / (0.2126 * Linear(colour.Red) + 0.7152 * Linear(colour.Green) + 0.0722 * Linear(colour.Blue) + 0.05);
    }
}

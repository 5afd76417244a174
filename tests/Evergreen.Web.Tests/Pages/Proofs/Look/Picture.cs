using System.Runtime.InteropServices;
using SkiaSharp;

namespace Evergreen.Web.Tests.Pages.Proofs.Look;

/// <summary>Two pictures of the same thing, point by point.</summary>
internal static class Picture
{
    /// <summary>Of all points, so many may differ.</summary>
    public const decimal Most = 0.001m;

    /// <summary>A colour that is apart by no more, out of 255 for each of red, green and blue, counts as the same: edges of letters are drawn a shade lighter or darker from one version of the browser to the next.</summary>
    private const int Shade = 40;

    /// <returns>The part of the points that differ; 1 where the sizes do.</returns>
    public static decimal Difference(byte[] kept, byte[] now)
    {
        using var one = Read(kept);
        using var other = Read(now);
        if (one.Width != other.Width || one.Height != other.Height) return 1;
        var a = MemoryMarshal.Cast<byte, uint>(one.GetPixelSpan());
        var b = MemoryMarshal.Cast<byte, uint>(other.GetPixelSpan());
        var apart = 0;
        for (var i = 0; i < a.Length; i++)
            if (a[i] != b[i] && IsApart(a[i], b[i])) apart++;
        return (decimal)apart / a.Length;
    }

    /// <summary>The same points in fewer bytes: each colour in sixteen shades of red, green and blue, which is nearer than <see cref="Shade"/>.</summary>
    public static byte[] Packed(byte[] picture)
    {
        using var bitmap = Read(picture);
        foreach (ref var part in bitmap.GetPixelSpan()) part = (byte)((part + 8) / 17 * 17);
        using var points = bitmap.PeekPixels();
        using var packed = points.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 100));
        return packed?.ToArray() ?? throw new InvalidOperationException("The picture could not be packed.");
    }

    private static bool IsApart(uint a, uint b)
    {
        for (var shift = 0; shift < 24; shift += 8)
            if (Math.Abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)) > Shade) return true;
        return false;
    }

    private static SKBitmap Read(byte[] bytes)
    {
        using var codec = SKCodec.Create(new SKMemoryStream(bytes)) ?? throw new InvalidOperationException("This is no picture.");
        return SKBitmap.Decode(codec, new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Bgra8888, SKAlphaType.Unpremul));
    }
}

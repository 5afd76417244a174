using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using SkiaSharp;

namespace Evergreen.Documents.Drawing;

/// <summary>A co-op's mark: a picture, or a drawing of filled shapes. Read once, drawn by many threads.</summary>
public sealed class Logo
{
    private readonly SKImage? picture;
    private readonly List<(SKPath Path, SKColor Colour)> shapes = [];
    private readonly SKRect frame;

    /// <param name="bytes">PNG, JPEG, or SVG with <c>path</c>, <c>rect</c>, <c>circle</c>, <c>ellipse</c> and <c>polygon</c>, each filled with one colour and not transformed.</param>
    /// <exception cref="FormatException">It is none of these.</exception>
    public Logo(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.TrimStart((byte)' ') is [(byte)'<', ..] or [0xEF, 0xBB, 0xBF, (byte)'<', ..])
        {
            var root = ReadXml(bytes);
            frame = ReadFrame(root);
            ReadShapes(root, SKColors.Black);
            if (shapes.Count == 0) throw new FormatException("The logo has no filled shape that can be drawn.");
            return;
        }
        picture = NoLargerThanPrinted(SKImage.FromEncodedData(bytes.Span) ?? throw new FormatException("The logo is neither PNG, JPEG nor SVG."));
        frame = SKRect.Create(picture.Width, picture.Height);
    }

    /// <summary>Draws it from the upper left corner, as large as fits the width and height in points.</summary>
    public void Draw(Sheet sheet, float x, float y, float width, float height)
    {
        var scale = Math.Min(width / frame.Width, height / frame.Height);
        sheet.Picture(canvas =>
        {
            using var paint = new SKPaint { IsAntialias = true };
            canvas.Save();
            canvas.Translate(x, y);
            canvas.Scale(scale);
            canvas.Translate(-frame.Left, -frame.Top);
            if (picture is not null) canvas.DrawImage(picture, 0, 0, new SKSamplingOptions(SKFilterMode.Linear), paint);
            foreach (var (path, colour) in shapes)
            {
                paint.Color = colour;
                canvas.DrawPath(path, paint);
            }
            canvas.Restore();
        });
    }

    /// <summary>As it is printed: half an inch high, on the page's white, compressed. More dots or levels than show would only make every statement larger.</summary>
    private static SKImage NoLargerThanPrinted(SKImage image)
    {
        const int widest = 400, highest = 84, quality = 65;
        var scale = Math.Min(1f, Math.Min((float)widest / image.Width, (float)highest / image.Height));
        var size = new SKImageInfo(Math.Max(1, (int)(image.Width * scale)), Math.Max(1, (int)(image.Height * scale)), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using (image)
        using (var surface = SKSurface.Create(size))
        {
            surface.Canvas.Clear(SKColors.White);
            surface.Canvas.DrawImage(image, SKRect.Create(size.Width, size.Height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), null);
            using var printed = surface.Snapshot();
            using var compressed = printed.Encode(SKEncodedImageFormat.Jpeg, quality);
            return SKImage.FromEncodedData(compressed);
        }
    }

    private static XElement ReadXml(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes.ToArray());
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 1_000_000 });
            return XElement.Load(reader);
        }
        catch (XmlException broken)
        {
            throw new FormatException($"The logo is not a readable SVG: {broken.Message}", broken);
        }
    }

    private static SKRect ReadFrame(XElement root)
    {
        var box = ((string?)root.Attribute("viewBox"))?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToArray();
        var read = box is [var left, var top, var width, var height]
            ? SKRect.Create(left, top, width, height)
            : SKRect.Create(Number(root, "width"), Number(root, "height"));
        return read.Width > 0 && read.Height > 0 ? read : throw new FormatException("The logo's SVG has neither a viewBox nor a width and height.");
    }

    private void ReadShapes(XElement parent, SKColor inherited)
    {
        foreach (var element in parent.Elements())
        {
            if (element.Attribute("transform") is not null) throw new FormatException("The logo's SVG moves its shapes with 'transform': save it with plain paths.");
            var fill = (string?)element.Attribute("fill");
            if (fill == "none") continue;
            var colour = fill is null ? inherited : SKColor.TryParse(fill, out var parsed) ? parsed : throw new FormatException($"The logo is filled with '{fill}', which is not a plain colour.");
            if (element.Name.LocalName == "g") ReadShapes(element, colour);
            else if (Shape(element) is { } path) shapes.Add((path, colour));
        }
    }

    private static SKPath? Shape(XElement element)
    {
        using var path = new SKPathBuilder();
        switch (element.Name.LocalName)
        {
            case "path": return SKPath.ParseSvgPathData((string?)element.Attribute("d") ?? "") ?? throw new FormatException("The logo has a path that cannot be read.");
            case "rect": path.AddRoundRect(new SKRoundRect(SKRect.Create(Number(element, "x"), Number(element, "y"), Number(element, "width"), Number(element, "height")), Number(element, "rx"))); break;
            case "circle": path.AddCircle(Number(element, "cx"), Number(element, "cy"), Number(element, "r")); break;
            case "ellipse":
                var (rx, ry) = (Number(element, "rx"), Number(element, "ry"));
                path.AddOval(SKRect.Create(Number(element, "cx") - rx, Number(element, "cy") - ry, 2 * rx, 2 * ry));
                break;
            case "polygon": return SKPath.ParseSvgPathData($"M{(string?)element.Attribute("points")}Z");
            default: return null;
        }
        return path.Detach();
    }

    private static float Number(XElement element, string attribute) => (string?)element.Attribute(attribute) is { } text ? Parse(text) : 0;

    private static float Parse(string text) =>
        float.TryParse(text.EndsWith("px", StringComparison.Ordinal) ? text[..^2] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number : throw new FormatException($"The logo has '{text}' where a number should be.");
}

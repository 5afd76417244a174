namespace Evergreen.Documents.Drawing;

/// <summary>Fills sheet after sheet from top to bottom. Distances in points.</summary>
/// <param name="top">Where content starts on every sheet but the first.</param>
/// <param name="bottom">Where content ends, measured from the top.</param>
public sealed class Flow(PaperSize paper, float margin, float top, float bottom)
{
    private readonly List<Sheet> sheets = [new Sheet(paper)];

    public IReadOnlyList<Sheet> Sheets => sheets;
    public Sheet Sheet => sheets[^1];
    public float Left => margin;
    public float Right => paper.Width - margin;
    public float Width => Right - Left;

    /// <summary>How far the current sheet is filled.</summary>
    public float Y { get; set; }

    public float Room => bottom - Y;

    /// <summary>Goes on to a new sheet unless this much room is left.</summary>
    /// <returns>True when a new sheet was begun.</returns>
    public bool Need(float height)
    {
        if (height <= Room) return false;
        NextSheet();
        return true;
    }

    public void NextSheet()
    {
        sheets.Add(new Sheet(paper));
        Y = top;
    }
}

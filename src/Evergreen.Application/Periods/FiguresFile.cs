using System.Text;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Periods;

/// <summary>One line of the year-end figures.</summary>
/// <param name="Reason">Why it does not come from business with patrons; null where it does, or where the reason is still to come.</param>
public sealed record Figure(string Line, Money Amount, bool FromPatronage, string? Pool, string? Reason);

/// <summary>A line as somebody typed it, nothing of it checked.</summary>
/// <param name="Sourced"><c>patronage</c> or <c>nonpatronage</c>.</param>
public sealed record TypedFigure(string? Line, string? Amount, string? Sourced, string? Pool, string? Reason);

/// <summary>Year-end figures in the form of <c>surplus.csv</c>: line, amount, sourced, pool, reason.</summary>
public static class FiguresFile
{
    /// <summary>The lines, and every problem of those that cannot be taken in.</summary>
    public sealed record Contents(IReadOnlyList<Figure> Figures, IReadOnlyList<Problem> Problems)
    {
        public Money Total => Figures.Sum(figure => figure.Amount);
    }

    /// <summary>Typed lines as the file that a bookkeeper would have sent, so that both ways are read, checked and hashed alike.</summary>
    public static byte[] Of(IEnumerable<TypedFigure> lines)
    {
        using var bytes = new MemoryStream();
        using (var output = new StreamWriter(bytes, new UTF8Encoding(false), leaveOpen: true))
        {
            var csv = new CsvWriter(output).Header(["line", "amount", "sourced", "pool", "reason"]);
            foreach (var line in lines) csv.Text(line.Line?.Trim()).AsRead(line.Amount?.Trim() ?? "").Text(line.Sourced).Text(line.Pool?.Trim()).Text(line.Reason?.Trim()).EndRow();
        }
        return bytes.ToArray();
    }

    /// <returns>Refused where the file is none of ours, or breaks off.</returns>
    public static Outcome<Contents> Read(string name, byte[] bytes)
    {
        var problems = new ProblemList();
        var opened = CanonicalRows.Open(new ImportFile(name, () => new MemoryStream(bytes, writable: false)), Profile.Canonical(CanonicalFile.Surplus), problems);
        if (opened.IsRefused) return opened.Refusal!;
        using var rows = opened.Value;
        int line = rows.File["line"], amount = rows.File["amount"], sourced = rows.File["sourced"], pool = rows.File["pool"], reason = rows.File["reason"];
        var figures = new List<Figure>();
        while (rows.Read())
        {
            figures.Add(new Figure(rows.Text(line), rows.Amount(amount)!.Value, rows.Text(sourced) == "patronage", NullIfEmpty(rows.Text(pool)), NullIfEmpty(rows.Text(reason))));
            rows.Accept();
        }
        var finished = rows.Finish();
        if (finished.IsRefused) return finished.Refusal!;
        return new Contents(figures, [.. problems.First.Where(problem => problem.Severity == Severity.Error)]);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

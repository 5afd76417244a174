using System.Globalization;
using Evergreen.Application.Imports;
using Evergreen.Application.Periods;
using Evergreen.Domain.Arithmetic;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Evergreen.Web.Office.Dividends;

/// <summary>The year-end figures as typed, line by line.</summary>
public sealed class CloseForm
{
    private const int Spare = 4;

    public sealed class LineForm
    {
        public string? Line { get; set; }
        public string? Amount { get; set; }
        public string? Sourced { get; set; } = "patronage";
        public string? Pool { get; set; }
        public string? Reason { get; set; }

        internal bool IsEmpty => string.IsNullOrWhiteSpace(Line) && string.IsNullOrWhiteSpace(Amount) && string.IsNullOrWhiteSpace(Pool) && string.IsNullOrWhiteSpace(Reason);
    }

    public int Year { get; set; }
    public List<LineForm> Lines { get; set; } = [];

    /// <summary>Net income as the bookkeeper knows it.</summary>
    public string? Expected { get; set; }

    /// <summary><c>check</c> or <c>close</c>.</summary>
    public string? Act { get; set; }

    /// <summary>What the lines sum to, once they were found in order.</summary>
    [BindNever, ValidateNever]
    public Money? Checked { get; set; }

    [BindNever, ValidateNever]
    public IReadOnlyList<string> Remarks { get; set; } = [];

    public static CloseForm Blank(int year) => new() { Year = year, Lines = [.. Enumerable.Range(0, Spare + 2).Select(_ => new LineForm())] };

    internal IEnumerable<TypedFigure> Typed() => Lines.Where(line => !line.IsEmpty).Select(line => new TypedFigure(line.Line, line.Amount, line.Sourced, line.Pool, line.Reason));

    internal void Take(IReadOnlyList<Figure> figures) =>
        Lines = [.. figures.Select(figure => new LineForm { Line = figure.Line, Amount = figure.Amount.ToString(), Sourced = figure.FromPatronage ? "patronage" : "nonpatronage", Pool = figure.Pool, Reason = figure.Reason }), .. Enumerable.Range(0, Spare).Select(_ => new LineForm())];

    /// <summary>Puts each problem beside the field that it is about. The file's first line is its header; empty lines of the form are not in it.</summary>
    internal void Blame(ModelStateDictionary state, IEnumerable<Problem> problems)
    {
        var places = Lines.Select((line, place) => (line, place)).Where(one => !one.line.IsEmpty).Select(one => one.place).ToList();
        foreach (var problem in problems)
        {
            var row = (int)problem.Line - 2;
            var column = problem.Column is { Length: > 0 } name ? char.ToUpperInvariant(name[0]) + name[1..] : "Line";
            var sentence = problem.Value is { Length: > 0 } ? $"“{problem.Value}”: expected {problem.Expected}. {problem.Remedy}" : $"Expected {problem.Expected}. {problem.Remedy}";
            state.AddModelError(row >= 0 && row < places.Count ? string.Create(CultureInfo.InvariantCulture, $"Lines[{places[row]}].{column}") : "", sentence);
        }
    }
}

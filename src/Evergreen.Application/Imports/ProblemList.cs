using System.Text.Json;
using System.Text.Json.Serialization;

namespace Evergreen.Application.Imports;

/// <summary>The problems of one import: all of them counted by cause, the first thousand kept, and every one written to a stream where one is given. Memory stays flat.</summary>
/// <param name="jsonLines">Receives each problem as one line of JSON; null keeps only the first ones.</param>
public sealed class ProblemList(TextWriter? jsonLines = null, int keep = 1000)
{
    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly Dictionary<(Severity, string Code, string? Column), ProblemGroup> groups = [];
    private readonly List<Problem> first = [];

    public long Errors { get; private set; }
    public long Warnings { get; private set; }

    /// <summary>The first problems, in the order of the file.</summary>
    public IReadOnlyList<Problem> First => first;

    /// <summary>All problems grouped by cause: errors before warnings, the most frequent first.</summary>
    public IReadOnlyList<ProblemGroup> Groups =>
        [.. groups.Values.OrderBy(g => g.Severity).ThenByDescending(g => g.Count).ThenBy(g => g.FirstLine).ThenBy(g => g.Code, StringComparer.Ordinal)];

    public void Add(Problem problem)
    {
        if (problem.Severity == Severity.Error) Errors++;
        else Warnings++;
        var key = (problem.Severity, problem.Code, problem.Column);
        groups[key] = groups.TryGetValue(key, out var group)
            ? group with { Count = group.Count + 1, FirstLine = Math.Min(group.FirstLine, problem.Line) }
            : new ProblemGroup(problem.Severity, problem.Code, problem.Column, 1, problem.Line, problem.Expected, problem.Remedy);
        if (first.Count < keep) first.Add(problem);
        jsonLines?.WriteLine(JsonSerializer.Serialize(problem, Json));
    }
}

/// <summary>One cause in one column, and how often it occurs.</summary>
public sealed record ProblemGroup(Severity Severity, string Code, string? Column, long Count, long FirstLine, string Expected, string Remedy);

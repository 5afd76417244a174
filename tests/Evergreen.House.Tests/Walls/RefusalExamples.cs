using System.Text.RegularExpressions;

namespace Evergreen.House.Tests.Walls;

/// <summary>Every refusal is listed in its folder's Refusals.cs, and shown by a test that names its code.</summary>
public static partial class RefusalExamples
{
    public static IReadOnlyList<string> CodesIn(string source) => [.. Code().Matches(source).Select(m => m.Groups[1].Value)];

    public static IEnumerable<string> WithoutAnExample(string refusals, IReadOnlyCollection<string> tests) =>
        CodesIn(refusals).Where(code => !tests.Any(t => Regex.IsMatch(t, $@"(?<![\w-]){Regex.Escape(code)}(?![\w-])")));

    /// <summary>A member that gives a refusal whose code cannot be read off the page would escape the rule.</summary>
    public static IEnumerable<string> WithoutAPlainCode(string path, string refusals)
    {
        var (members, codes) = (Member().Count(CSharpText.CodeOnly(refusals)), CodesIn(refusals).Count);
        if (members != codes) yield return $"{path}: {members} refusals but {codes} plain codes";
    }

    public static IEnumerable<string> MadeElsewhere(string path, string source) =>
        Path.GetFileName(path) == "Refusals.cs" ? [] : Made().Matches(CSharpText.CodeOnly(source)).Select(m => $"{path}:{CSharpText.LineOf(source, m.Index)}");

    [GeneratedRegex(@"\bnew(?:\s+Refusal)?\s*\(\s*""([a-z0-9]+(?:-[a-z0-9]+)*)""")]
    private static partial Regex Code();

    [GeneratedRegex(@"\bstatic\s+(readonly\s+)?Refusal\s+\w+")]
    private static partial Regex Member();

    [GeneratedRegex(@"\bnew\s+Refusal\s*\(")]
    private static partial Regex Made();
}

using System.Text.RegularExpressions;

namespace Evergreen.House.Tests.Tidiness;

/// <summary>How a source file is laid out: short, named after the field, in the folder its namespace says, and a test that asserts.</summary>
public static partial class SourceFiles
{
    public const int LongestLines = 400;

    public static int Lines(string text) => text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    /// <summary>The namespace of <c>src/Evergreen.X/A/B/File.cs</c> is <c>Evergreen.X.A.B</c>. Only Program.cs may stand in none.</summary>
    public static IEnumerable<string> NamespaceViolations(string path, string text)
    {
        var expected = string.Join('.', path.Split('/')[1..^1]);
        var code = CSharpText.CodeOnly(text);
        var named = Namespace().Matches(code).Select(m => m.Groups["name"].Value).ToList();
        if (named.Count == 0 && Path.GetFileName(path) != "Program.cs" && DeclaredType().IsMatch(code)) yield return $"{path}: in no namespace";
        foreach (var name in named.Where(n => n != expected)) yield return $"{path}: {name}";
    }

    public static IEnumerable<string> VagueNames(string path, string text) =>
        DeclaredType().Matches(CSharpText.CodeOnly(text)).Select(m => m.Groups["name"].Value).Where(n => Vague().IsMatch(n)).Select(n => $"{path}: {n}");

    public static IEnumerable<string> TestsThatAssertNothing(string path, string text)
    {
        var code = CSharpText.CodeOnly(text);
        return Test().IsMatch(code) && !Assertion().IsMatch(code) ? [path] : [];
    }

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\b(class|record\s+struct|record|struct|interface|enum)\s+(?!struct\b|class\b)(?<name>[A-Z]\w*)", RegexOptions.ExplicitCapture)]
    private static partial Regex DeclaredType();

    // A tag helper is the framework's name for a part of a page.
    [GeneratedRegex("Manager|(?<!Tag)Helper|Processor")]
    private static partial Regex Vague();

    [GeneratedRegex(@"\[\s*(Test|TestCase|TestCaseSource|Theory)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Test();

    [GeneratedRegex(@"\bAssert\w*\s*[.(]|\.Assert\w*\(|\.Sample\w*\(")]
    private static partial Regex Assertion();
}

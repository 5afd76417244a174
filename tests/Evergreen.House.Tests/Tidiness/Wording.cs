using System.Text.RegularExpressions;

namespace Evergreen.House.Tests.Tidiness;

/// <summary>Words that have no business in what we hand over: places on our own machines, how it was typed, and work put off.</summary>
public static class Wording
{
    // Put together from halves, so that this file can be read by its own rule.
    private static readonly Regex Forbidden = new(string.Join('|',
        "(?<![\\w.])/wo" + "rk/", @"\.\./sha" + "red", "/tmp/" + "i[0-9]", "clau" + "de", "anthro" + "pic", "copi" + "lot", "chat" + "gpt", "open" + "ai",
        @"\bai[ -](assist" + "ant|generated)", "language " + "model", @"\bissue " + "#[0-9]"), RegexOptions.IgnoreCase);

    private static readonly Regex PutOff = new(@"\b(TO" + "DO|FIX" + "ME|HA" + @"CK)\b");

    private static readonly string[] Pictures = [".png", ".ttf", ".otf", ".woff2", ".ico", ".pdf", ".xlsx", ".zip", ".jpg"];

    public static bool IsText(string path) => !Pictures.Contains(Path.GetExtension(path).ToLowerInvariant());

    public static IEnumerable<string> Violations(string path, string text) =>
        Forbidden.Matches(text).Concat(PutOff.Matches(text)).Select(m => $"{path}:{CSharpText.LineOf(text, m.Index)}: {m.Value}");
}

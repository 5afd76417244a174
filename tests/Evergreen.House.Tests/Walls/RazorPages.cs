namespace Evergreen.House.Tests.Walls;

/// <summary>What the analysers do not see in the text of a page: markup that is let through as it came, and script or style that the site's policy would block.</summary>
public static class RazorPages
{
    private static readonly string[] Forbidden = ["Html.Raw", "HtmlString(", " onclick=", " onchange=", " onsubmit=", " style=\"", "<style", "<script>"];

    public static IEnumerable<string> Violations(string path, string text) => Forbidden.Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(word => $"{path} holds {word.Trim()}");
}

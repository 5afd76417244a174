using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Evergreen.Web.Tests.Pages.Proofs.Look;

/// <summary>Holds pages against the standard with another's program, the Nu Html Checker (<c>Checker/package.json</c>; it runs on Java).</summary>
internal static class HtmlChecker
{
    private static string Program => Path.Combine(Cli.Office.Checkout, "tests", "Evergreen.Web.Tests", "Checker", "node_modules", "vnu-jar", "build", "dist", "vnu.jar");

    /// <returns>Each error once for each page, with what stands there.</returns>
    public static async Task<IReadOnlyList<string>> Faults(IEnumerable<(string What, string Html)> pages)
    {
        var folder = Directory.CreateTempSubdirectory("evergreen-html-").FullName;
        try
        {
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (what, html) in pages)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{names.Count:00000}.html");
                names[name] = what;
                await File.WriteAllTextAsync(Path.Combine(folder, name), html);
            }
            var start = new ProcessStartInfo("java", ["-jar", Program, "--errors-only", "--format", "json", "--stdout", folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var java = Process.Start(start)!;
            var trouble = java.StandardError.ReadToEndAsync();
            var answer = await java.StandardOutput.ReadToEndAsync();
            await java.WaitForExitAsync();
            // It ends with 1 where a page has errors; what it could not do at all is no JSON.
            if (java.ExitCode is not (0 or 1) || !answer.StartsWith('{')) throw new InvalidOperationException($"The checker of HTML ended with {java.ExitCode}: {answer}{await trouble}");
            return [.. JsonDocument.Parse(answer).RootElement.GetProperty("messages").EnumerateArray().Where(message => !OfHtmx(message)).Select(Say).Distinct()];

            // Its attributes are its own, and browsers leave them alone.
            static bool OfHtmx(JsonElement message) => message.GetProperty("message").GetString()!.StartsWith("Attribute “hx-", StringComparison.Ordinal);

            string Say(JsonElement message)
            {
                var what = message.TryGetProperty("url", out var url) ? names[url.GetString()!.Split('/')[^1]] : "the checker";
                return $"{what}: {message.GetProperty("message").GetString()} {(message.TryGetProperty("extract", out var extract) ? $"[{extract.GetString()}]" : "")}";
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

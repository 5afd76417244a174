using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Evergreen.Web.Api.Reference;

namespace Evergreen.Web.Tests.Api;

/// <summary>The description is held against the rules of OpenAPI and of those who read it, by another's program: Redocly's lint (<c>Checker/package.json</c>).</summary>
public sealed class ApiLintTests
{
    private static string Checker => Path.Combine(Cli.Office.Checkout, "tests", "Evergreen.Web.Tests", "Checker");

    [Test]
    public async Task DescriptionKeepsEveryRuleThatIsRecommended() => Assert.That(await Faults(ReferenceController.CheckedIn.ToArray()), Is.Empty);

    [Test]
    public async Task WhatBreaksARuleIsFound()
    {
        var spoilt = JsonNode.Parse(ReferenceController.CheckedIn.Span)!.AsObject();
        spoilt["tags"]![0]!.AsObject().Remove("description");
        spoilt["paths"]!["/api/v1/members"]!["get"]!["operationId"] = spoilt["paths"]!["/api/v1/equity"]!["get"]!["operationId"]!.ToString();
        var faults = await Faults(JsonSerializer.SerializeToUtf8Bytes(spoilt));
        Assert.That(faults, Has.Some.StartsWith("tag-description").And.Some.StartsWith("operation-operationId-unique"));
    }

    private static async Task<IReadOnlyList<string>> Faults(byte[] description)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("evergreen-lint-").FullName, "openapi.json");
        try
        {
            await File.WriteAllBytesAsync(file, description);
            var start = new ProcessStartInfo("node", [Path.Combine(Checker, "node_modules", "@redocly", "cli", "bin", "cli.js"), "lint", "--config", Path.Combine(Checker, "redocly.yaml"), "--format", "json", file]) { RedirectStandardOutput = true, RedirectStandardError = true };
            (start.Environment["REDOCLY_TELEMETRY"], start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"]) = ("off", "true");
            using var lint = Process.Start(start)!;
            var trouble = lint.StandardError.ReadToEndAsync();
            var answer = await lint.StandardOutput.ReadToEndAsync();
            await lint.WaitForExitAsync();
            // It ends with 1 where it finds something; what it could not do at all is no JSON.
            if (lint.ExitCode is not (0 or 1) || !answer.TrimStart().StartsWith('{')) throw new InvalidOperationException($"The lint ended with {lint.ExitCode}: {answer}{await trouble}");
            return [.. JsonNode.Parse(answer)!["problems"]!.AsArray().Select(problem => $"{problem!["ruleId"]} at {problem["location"]?[0]?["pointer"]}: {problem["message"]}")];
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }
}

using System.Globalization;
using System.Text.Json;
using Evergreen.Application.Storage;
using Evergreen.Benchmarks;
using Evergreen.Benchmarks.Measuring;
using Evergreen.Benchmarks.Serving;
using Evergreen.Benchmarks.Steps;

if (args is [Child.Command, var name, var address, var folder, var members, var lines])
{
    Child.Answer(new Step(name, DatabaseAddress.Parse(address).Value, folder, int.Parse(members, CultureInfo.InvariantCulture), int.Parse(lines, CultureInfo.InvariantCulture)));
    return 0;
}

if (args is [ServedSite.Command, var which, var served]) return ServedSite.Serve(which, served);

Options options;
try
{
    options = Options.Parse(args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}

using IDisposable bench = options.Serves ? new SiteBench(options) : new Bench(options);
var findings = bench is SiteBench site ? site.Run() : ((Bench)bench).Run();
Console.WriteLine(Table.Of(findings, options.Limits));
if (options.JsonPath is { } path) File.WriteAllText(path, JsonSerializer.Serialize(findings, new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
if (!options.Limits) return 0;
foreach (var finding in findings.Where(finding => !finding.MemoryPasses)) Console.WriteLine($"{finding.Step} at {finding.Members} members used {finding.PeakMegabytes} MB; at most {Finding.MostMegabytes} are allowed.");
return findings.All(finding => finding.Passes) ? 0 : 1;

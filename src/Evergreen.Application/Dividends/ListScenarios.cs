using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>A year's scenarios side by side, oldest first, each with whether its figures still hold.</summary>
public sealed class ListScenarios(Books books, GatheredYears gathered)
{
    /// <param name="Current">False where what went in has changed since: its figures are of that day.</param>
    /// <param name="Adopted">Its policy is the one in force.</param>
    /// <param name="Settings">What it sets, by label.</param>
    public sealed record Row(Scenario Scenario, DividendFigures Figures, bool Current, bool Adopted, IReadOnlyList<PolicyKnob> Settings);

    /// <param name="Differing">Paths of the settings in which the scenarios differ, in the policy's order.</param>
    /// <param name="Version">That of the policy in force; 0 where there is none.</param>
    /// <param name="Posted">Name of the year's run that stands in the ledger: until it is reversed no other policy is chosen. Null where there is none.</param>
    public sealed record Result(int Year, IReadOnlyList<Row> Rows, IReadOnlyList<string> Differing, int Version, string? Posted);

    public Outcome<Result> Run(string? coOpCode, int year) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        var inForce = AdoptPolicy.Latest(db, coOp.Id, year);
        var rows = SaveScenario.Standing(db, coOp.Id, year).ToList().ConvertAll(scenario =>
        {
            var policy = PolicyDocument.Read(scenario.PolicyJson).Value;
            var inputs = gathered.Of(books.Address, db, coOp, year, policy, scenario.PolicySha256).Sha256();
            return new Row(scenario, DividendFigures.FromJson(scenario.FiguresJson), inputs == scenario.InputsSha256, scenario.PolicySha256 == inForce?.Sha256, PolicyKnobs.Of(scenario.PolicyJson));
        });
        var differing = rows.SelectMany(row => row.Settings.Select(setting => setting.Path)).Distinct()
            .Where(path => rows.Select(row => row.Settings.FirstOrDefault(setting => setting.Path == path)?.Setting).Distinct().Count() > 1).ToList();
        return new Result(year, rows, differing, inForce?.Version ?? 0, FindRun.Posted(db, coOp.Id, year)?.Name);
    });
}

using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>Keeps a policy that was tried, under a name, with its figures and the hashes of what went in and what came out.</summary>
public sealed class SaveScenario(Books books)
{
    public const int LongestName = 100;
    internal const string Verb = "dividends.scenario";

    /// <param name="Json">The policy as tried.</param>
    public sealed record Request(string? CoOp, int Year, string Name, string Json, string By, bool DryRun = false);

    public Outcome<Scenario> Run(Request request) => books.Write(request.DryRun, db => Save(db, request));

    private Outcome<Scenario> Save(EvergreenDb db, Request request)
    {
        var name = request.Name.Trim();
        if (name.Length is 0 or > LongestName) return Refusals.ScenarioName(LongestName);
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        var sha256 = PolicyDocument.Sha256(request.Json);
        var proposed = TryDividend.Propose(db, coOp.Value, request.Year, request.Json, policy => new GatherInputs(db, coOp.Value, coOp.Value.Year(request.Year), policy, sha256).Run());
        if (proposed.IsRefused) return proposed.Refusal!;
        var inputs = proposed.Value.Inputs.Sha256();
        var same = Standing(db, coOp.Value.Id, request.Year).SingleOrDefault(scenario => scenario.Name == name);
        if (same is not null) return same.InputsSha256 == inputs ? same : Refusals.ScenarioNameTaken(name);

        var scenario = new Scenario
        {
            CoOpId = coOp.Value.Id, FiscalYear = request.Year, Name = name, PolicyJson = request.Json, PolicySha256 = sha256, InputsSha256 = inputs, ResultSha256 = proposed.Value.Sha256(),
            FiguresJson = DividendFigures.Of(proposed.Value).ToJson(), At = books.Now, By = request.By,
        };
        db.Scenarios.Add(scenario);
        AuditTrail.Add(db, coOp.Value.Id, scenario.At, request.By, Verb, $"scenario '{name}' of {request.Year}", $"policy {sha256}, inputs {inputs}");
        db.SaveChanges();
        return scenario;
    }

    /// <summary>The year's scenarios that were not dropped, oldest first.</summary>
    internal static IQueryable<Scenario> Standing(EvergreenDb db, int coOpId, int year) =>
        db.Scenarios.AsNoTracking().Where(scenario => scenario.CoOpId == coOpId && scenario.FiscalYear == year && !db.ScenarioDrops.Any(drop => drop.ScenarioId == scenario.Id)).OrderBy(scenario => scenario.Id);
}

using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>Puts a scenario aside. Who kept and who dropped it stays on record.</summary>
public sealed class DropScenario(Books books)
{
    internal const string Verb = "dividends.scenario-drop";

    public sealed record Request(string? CoOp, int Year, int Scenario, string By, bool DryRun = false);

    public Outcome<Scenario> Run(Request request) => books.Write<Scenario>(request.DryRun, db =>
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        if (SaveScenario.Standing(db, coOp.Value.Id, request.Year).SingleOrDefault(scenario => scenario.Id == request.Scenario) is not { } scenario) return Refusals.ScenarioUnknown(request.Year);
        db.ScenarioDrops.Add(new ScenarioDrop { ScenarioId = scenario.Id, At = books.Now, By = request.By });
        AuditTrail.Add(db, coOp.Value.Id, books.Now, request.By, Verb, $"scenario '{scenario.Name}' of {request.Year}");
        return scenario;
    });
}

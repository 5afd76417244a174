using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Dividends;

/// <summary>Chooses a scenario: its policy becomes the next version of the year's policy, word for word, so that the next run gives its figures to the cent.</summary>
public sealed class AdoptScenario(Books books)
{
    /// <param name="Seen">The version of the policy that was in force when the page was opened, 0 where none was: what somebody else adopted in between is not taken over unseen. Null for whoever opened no page.</param>
    public sealed record Request(string? CoOp, int Year, int Scenario, string By, bool DryRun = false, int? Seen = null);

    public Outcome<AdoptPolicy.Result> Run(Request request) => books.Write<AdoptPolicy.Result>(request.DryRun, db =>
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        if (SaveScenario.Standing(db, coOp.Value.Id, request.Year).SingleOrDefault(scenario => scenario.Id == request.Scenario) is not { } scenario) return Refusals.ScenarioUnknown(request.Year);
        return new AdoptPolicy(books).Adopt(db, new AdoptPolicy.Request(coOp.Value.Code, request.Year, scenario.PolicyJson, request.By, Seen: request.Seen), $"from scenario '{scenario.Name}'");
    });
}

using Evergreen.Web.Api.Wire;

namespace Evergreen.Web.Api.Reference;

/// <summary>Every problem with which an operation may answer: those that it names, and those that follow from what it is.</summary>
public static class OperationProblems
{
    private static readonly Problem[] Any = [Problem.TokenMissing, Problem.TokenInvalid, Problem.TokenWithdrawn, Problem.ScopeMissing, Problem.TooMany, Problem.Fault, Problem.Busy];
    private static readonly Problem[] WithKey = [Problem.KeyMissing, Problem.KeyMalformed, Problem.BodyInvalid, Problem.MediaType, Problem.TooLarge, Problem.KeyReused, Problem.KeyInProgress];

    /// <param name="metadata">What stands at the action.</param>
    /// <param name="asksSomething">It takes parameters in the query of its address.</param>
    public static IReadOnlyList<Problem> Of(IEnumerable<object> metadata, bool asksSomething)
    {
        var all = metadata.ToList();
        return [.. Any.Concat(all.OfType<KeyedAttribute>().Any() ? WithKey : []).Concat(asksSomething ? [Problem.QueryInvalid] : []).Concat(all.OfType<RefusesAttribute>().SelectMany(refuses => refuses.Codes).Select(Problem.Of)).Distinct().OrderBy(problem => problem.Status)];
    }
}

using Evergreen.Web.Api.Wire;

namespace Evergreen.Web.Api.Reference;

/// <summary>Every problem with which an operation may answer: those that it names, and those that follow from what it is.</summary>
public static class OperationProblems
{
    private static readonly KnownProblem[] Any = [KnownProblem.TokenMissing, KnownProblem.TokenInvalid, KnownProblem.TokenWithdrawn, KnownProblem.ScopeMissing, KnownProblem.TooMany, KnownProblem.Fault, KnownProblem.Busy];
    private static readonly KnownProblem[] WithKey = [KnownProblem.KeyMissing, KnownProblem.KeyMalformed, KnownProblem.BodyInvalid, KnownProblem.MediaType, KnownProblem.TooLarge, KnownProblem.KeyReused, KnownProblem.KeyInProgress];

    /// <param name="metadata">What stands at the action.</param>
    /// <param name="asksSomething">It takes parameters in the query of its address.</param>
    public static IReadOnlyList<KnownProblem> Of(IEnumerable<object> metadata, bool asksSomething)
    {
        var all = metadata.ToList();
        return [.. Any.Concat(all.OfType<KeyedAttribute>().Any() ? WithKey : []).Concat(asksSomething ? [KnownProblem.QueryInvalid] : []).Concat(all.OfType<RefusesAttribute>().SelectMany(refuses => refuses.Codes).Select(KnownProblem.Of)).Distinct().OrderBy(problem => problem.Status)];
    }
}

using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>What if: the year's dividend under a policy with some settings changed, by the same calculation on the same inputs as a run. Nothing is kept.</summary>
public sealed class TryDividend(Books books, GatheredYears gathered)
{
    /// <param name="Json">The policy to start from; null for the one in force.</param>
    /// <param name="Changes">Settings by path, as <see cref="PolicyKnobs"/> names them.</param>
    public sealed record Request(string? CoOp, int Year, string? Json = null, IReadOnlyDictionary<string, string>? Changes = null);

    /// <param name="Json">The policy that was tried.</param>
    /// <param name="InForce">What the policy in force would give, to compare with; null where none is or it cannot be calculated.</param>
    /// <param name="ProposalInForce">What <paramref name="InForce"/> are the figures of.</param>
    public sealed record Result(string Json, string PolicySha256, DividendFigures Figures, DividendFigures? InForce, DividendProposal Proposal, DividendProposal? ProposalInForce);

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        var version = AdoptPolicy.Latest(db, coOp.Value.Id, request.Year);
        if ((request.Json ?? version?.Json) is not { } start) return Refusals.NoPolicy(request.Year);
        var json = PolicyChanges.Apply(start, request.Changes ?? new Dictionary<string, string>());
        if (json.IsRefused) return json.Refusal!;
        var tried = Propose(db, coOp.Value, request.Year, json.Value, policy => gathered.Of(books.Address, db, coOp.Value, request.Year, policy, PolicyDocument.Sha256(json.Value)));
        if (tried.IsRefused) return tried.Refusal!;
        var figures = DividendFigures.Of(tried.Value);
        var inForce = version is null ? null : version.Json == json.Value ? tried.Value
            : Propose(db, coOp.Value, request.Year, version.Json, policy => gathered.Of(books.Address, db, coOp.Value, request.Year, policy, version.Sha256)) is { IsRefused: false } now ? now.Value : null;
        return new Result(json.Value, PolicyDocument.Sha256(json.Value), figures, inForce is null ? null : ReferenceEquals(inForce, tried.Value) ? figures : DividendFigures.Of(inForce), tried.Value, inForce);
    });

    /// <summary>Reads the policy strictly, and calculates with what is gathered for it.</summary>
    internal static Outcome<DividendProposal> Propose(EvergreenDb db, CoOp coOp, int year, string json, Func<DividendPolicy, CalculationInputs> gather)
    {
        if (!db.YearClosings.Any(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == year)) return Refusals.YearNotClosed(year);
        var policy = PolicyDocument.Read(json);
        if (policy.IsRefused) return policy.Refusal!;
        if (policy.Value.Fault(coOp.Regime, coOp.Year(year)) is { } fault) return Refusals.PolicyFault(fault);
        return DividendCalculation.Run(gather(policy.Value));
    }
}

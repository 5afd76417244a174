using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Statements;

/// <summary>One line of the way from what the co-op earned to what its members share.</summary>
/// <param name="Amount">Signed, in the co-op's currency: what this line adds or takes away, or, for a total, what is then left.</param>
/// <param name="IsTotal">The running sum of the lines above, checked against them.</param>
/// <param name="Basis">How the amount was found, e.g. <c>22,400 of 28,000 hours</c>.</param>
public sealed record EarningsStep(string Label, Money Amount, bool IsTotal = false, string? Basis = null);

using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>The policy that a year's dividend is calculated by: the latest version adopted for it.</summary>
public sealed class PolicyInForce(Books books)
{
    /// <param name="asOf">That version in place of the latest.</param>
    public Outcome<PolicyVersion> Run(string? coOpCode, int year, int? asOf = null) => books.Read<Outcome<PolicyVersion>>(db =>
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        return AdoptPolicy.Latest(db, coOp.Value.Id, year, asOf) is { } version ? version : Refusals.NoPolicy(year);
    });
}

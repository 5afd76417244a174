using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>The policy that a year's dividend is calculated by: the latest version adopted for it.</summary>
public sealed class PolicyInForce(Books books)
{
    public Outcome<PolicyVersion> Run(string? coOpCode, int year) => books.Read<Outcome<PolicyVersion>>(db =>
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        return AdoptPolicy.Latest(db, coOp.Value.Id, year) is { } version ? version : Refusals.NoPolicy(year);
    });
}

using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>What the register lacks today for the year's dividend: everybody, or of its active members what the law asks for. Each is counted as the members' list with the same filter counts it.</summary>
public sealed class WhatIsMissing(Books books)
{
    /// <param name="Everybody">Whether nobody is on the register yet.</param>
    /// <param name="TaxNumbers">Active members without one; none outside Subchapter T, where no dividend is withheld from for the want of it.</param>
    /// <param name="Consents">Active members of whom no consent to qualified notices stands; none outside Subchapter T.</param>
    public sealed record Result(bool Everybody, long TaxNumbers, long Consents)
    {
        public bool Nothing => !Everybody && TaxNumbers == 0 && Consents == 0;
    }

    public Outcome<Result> Run(string? coOpCode) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        if (!db.Members.Any(member => member.CoOpId == coOp.Id)) return new Result(Everybody: true, 0, 0);
        if (coOp.Regime != TaxRegime.SubchapterT) return new Result(Everybody: false, 0, 0);
        var active = new MemberFilter(null, MemberStatus.Active, null, null, MissingTaxId: false, MissingConsent: false, books.Today(coOp));
        return new Result(Everybody: false, Count(active with { MissingTaxId = true }), Count(active with { MissingConsent = true }));

        long Count(MemberFilter filter) => books.Counts.Of(db, coOp.Id, filter, () => filter.In(db, coOp).Value.Query.LongCount());
    });
}

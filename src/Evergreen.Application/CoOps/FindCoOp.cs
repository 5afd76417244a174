using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.CoOps;

/// <summary>The co-op that a verb is about: the one that is named, or the only one there is.</summary>
public static class FindCoOp
{
    private static readonly PreparedQuery<Func<EvergreenDb, string, CoOp?>> Named = new(() => EF.CompileQuery((EvergreenDb db, string code) =>
        db.CoOps.AsNoTracking().SingleOrDefault(coOp => coOp.Code == code)));

    public static Outcome<CoOp> Run(EvergreenDb db, string? code)
    {
        if (code is not null)
            return Named.For(db)(db, code) is { } named ? named : Refusals.Unknown(code);
        var first = db.CoOps.AsNoTracking().OrderBy(coOp => coOp.Code).Take(20).ToList();
        return first.Count switch
        {
            0 => Refusals.None(),
            1 => first[0],
            _ => Refusals.Several(first.Select(coOp => coOp.Code)),
        };
    }
}

using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>The member that a verb is about.</summary>
public static class FindMember
{
    public static Outcome<(CoOp CoOp, Member Member)> Run(EvergreenDb db, string? coOpCode, string number)
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        return db.Members.AsNoTracking().SingleOrDefault(member => member.CoOpId == coOp.Value.Id && member.Number == number) is { } member ? (coOp.Value, member) : Refusals.Unknown(number);
    }
}

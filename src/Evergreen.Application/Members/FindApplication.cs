using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>An application and what was decided on it.</summary>
internal static class FindApplication
{
    public static Outcome<(CoOp CoOp, MembershipApplication Application, ApplicationDecision? Decision)> Run(EvergreenDb db, string? coOpCode, int number)
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        if (db.MembershipApplications.AsNoTracking().SingleOrDefault(one => one.CoOpId == coOp.Value.Id && one.Number == number) is not { } application) return Refusals.ApplicationUnknown(number);
        return (coOp.Value, application, db.ApplicationDecisions.AsNoTracking().SingleOrDefault(one => one.ApplicationId == application.Id));
    }

    /// <summary>The same, refused where it was decided before.</summary>
    public static Outcome<(CoOp CoOp, MembershipApplication Application)> Undecided(EvergreenDb db, string? coOpCode, int number)
    {
        var found = Run(db, coOpCode, number);
        if (found.IsRefused) return found.Refusal!;
        return found.Value.Decision is { } decision ? Refusals.ApplicationDecided(number, decision.Approved, decision.On) : (found.Value.CoOp, found.Value.Application);
    }
}

using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Declines an application, with the reason.</summary>
public sealed class DeclineApplication(Books books)
{
    public sealed record Request(string? CoOp, int Application, string? Reason, string By);

    public Outcome<ApplicationDecision> Run(Request request) => books.Write<ApplicationDecision>(dryRun: false, db =>
    {
        var found = FindApplication.Undecided(db, request.CoOp, request.Application);
        if (found.IsRefused) return found.Refusal!;
        if (Particulars.Trim(request.Reason) is not { } reason) return Refusals.DeclineReasonMissing();
        var decision = new ApplicationDecision { ApplicationId = found.Value.Application.Id, Approved = false, On = books.Today(found.Value.CoOp), At = books.Now, By = request.By, Reason = reason };
        db.ApplicationDecisions.Add(decision);
        AuditTrail.Add(db, found.Value.CoOp.Id, books.Now, request.By, "members.decline", $"application {request.Application}");
        return decision;
    });
}

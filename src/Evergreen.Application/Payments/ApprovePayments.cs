using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Payments;

/// <summary>A second person approves a payment run: another than the one who prepared it, unless the dividend's policy lets one person do both.</summary>
public sealed class ApprovePayments(Books books)
{
    public const string Verb = "payments.approve";

    public sealed record Request(string? CoOp, int Number, string By, bool DryRun = false);

    public Outcome<PaymentStanding> Run(Request request) => books.Write(request.DryRun, db => Approve(db, request));

    private Outcome<PaymentStanding> Approve(EvergreenDb db, Request request)
    {
        var found = FindPaymentRun.Run(db, request.CoOp, request.Number);
        if (found.IsRefused) return found.Refusal!;
        var standing = found.Value;
        var by = request.By.Trim();
        if (standing.Approval is { } before) return before.By == by ? standing : Refusals.AlreadyApproved(request.Number, before.By);
        if (standing.RefuseSuperseded() is { } superseded) return superseded;
        var policy = PolicyDocument.Read(db.PolicyVersions.AsNoTracking().Single(policy => policy.Id == standing.Dividend.PolicyVersionId).Json);
        if (policy.IsRefused) return policy.Refusal!;
        if (IsSamePerson(standing.Run, by) && !policy.Value.OnePersonMayApprove) return Refusals.SamePerson(by);
        if (Dues.RefuseChanged(db, standing) is { } changed) return changed;
        var approval = new PaymentApproval { PaymentRunId = standing.Run.Id, By = by, At = books.Now };
        db.PaymentApprovals.Add(approval);
        AuditTrail.Add(db, standing.CoOp.Id, approval.At, by, Verb, PreparePayments.Subject(standing.Run), Say(standing.Run, approval));
        return standing with { Approval = approval };
    }

    private static bool IsSamePerson(PaymentRun run, string by) => string.Equals(run.By, by, StringComparison.OrdinalIgnoreCase);

    /// <summary>Who waives the second person does it in writing.</summary>
    internal static string? Say(PaymentRun run, PaymentApproval approval) => IsSamePerson(run, approval.By) ? "approved by the one person who prepared it, as the policy allows" : null;
}

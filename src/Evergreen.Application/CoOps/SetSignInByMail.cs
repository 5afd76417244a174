using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.CoOps;

/// <summary>Says whether members may sign in by a link that is mailed to them, in place of the password.</summary>
public sealed class SetSignInByMail(Books books)
{
    /// <param name="Seen">What stood there when the form was opened: somebody else's change in between is not overwritten. Null for whoever opened no form.</param>
    public sealed record Request(string? CoOp, bool Allowed, string By, bool? Seen = null);

    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = db.CoOps.Single(c => c.Id == found.Value.Id);
        if (coOp.SignInByMail == request.Allowed) return request.Allowed;
        if (request.Seen is { } seen && coOp.SignInByMail != seen)
        {
            var last = db.AuditRecords.Where(record => record.CoOpId == coOp.Id && record.Verb == "co-op.sign-in-by-mail").OrderByDescending(record => record.Id).FirstOrDefault();
            return Refusals.TermChanged(last?.By ?? "Somebody", last?.At ?? books.Now, coOp.SignInByMail ? "“a link by mail”" : "“no link by mail”");
        }
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "co-op.sign-in-by-mail", $"co-op {coOp.Code}", request.Allowed ? "allowed" : "no longer allowed");
        return coOp.SignInByMail = request.Allowed;
    });
}

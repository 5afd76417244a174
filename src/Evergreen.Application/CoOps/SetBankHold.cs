using System.Globalization;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.CoOps;

/// <summary>Says for how many days a member's own change of bank details waits before a payment may use it. Changes that wait already keep their day.</summary>
public sealed class SetBankHold(Books books)
{
    public const int Least = 1, Most = 60;

    /// <param name="Seen">What stood there when the form was opened: somebody else's change in between is not overwritten. Null for whoever opened no form.</param>
    public sealed record Request(string? CoOp, int Days, string By, int? Seen = null);

    public Outcome<int> Run(Request request) => request.Days is < Least or > Most ? Refusals.HoldRange(Least, Most) : books.Write<int>(dryRun: false, db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = db.CoOps.Single(c => c.Id == found.Value.Id);
        if (coOp.BankHoldDays == request.Days) return request.Days;
        if (request.Seen is { } seen && coOp.BankHoldDays != seen)
        {
            var last = db.AuditRecords.Where(record => record.CoOpId == coOp.Id && record.Verb == "co-op.bank-hold").OrderByDescending(record => record.Id).FirstOrDefault();
            return Refusals.TermChanged(last?.By ?? "Somebody", last?.At ?? books.Now, string.Create(CultureInfo.InvariantCulture, $"{coOp.BankHoldDays} days"));
        }
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "co-op.bank-hold", $"co-op {coOp.Code}", string.Create(CultureInfo.InvariantCulture, $"{coOp.BankHoldDays} → {request.Days} days"));
        return coOp.BankHoldDays = request.Days;
    }, db => FindCoOp.Run(db, request.CoOp) is { IsRefused: false } found && found.Value.BankHoldDays == request.Days ? request.Days : (Outcome<int>?)null);
}

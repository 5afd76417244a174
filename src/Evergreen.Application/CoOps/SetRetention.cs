using System.Globalization;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.CoOps;

/// <summary>Says for how many years records of persons are kept after the end of their fiscal year. Entries of the ledger stay for ever.</summary>
public sealed class SetRetention(Books books)
{
    public const int Least = 6, Most = 99;

    /// <param name="Seen">What stood there when the form was opened: somebody else's change in between is not overwritten. Null for whoever opened no form.</param>
    public sealed record Request(string? CoOp, int Years, string By, int? Seen = null);

    public Outcome<int> Run(Request request) => request.Years is < Least or > Most ? Refusals.RetentionRange(Least, Most) : books.Write<int>(dryRun: false, db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = db.CoOps.Single(c => c.Id == found.Value.Id);
        if (coOp.RetentionYears == request.Years) return request.Years;
        if (request.Seen is { } seen && coOp.RetentionYears != seen)
        {
            var last = db.AuditRecords.Where(record => record.CoOpId == coOp.Id && record.Verb == "co-op.retention").OrderByDescending(record => record.Id).FirstOrDefault();
            return Refusals.TermChanged(last?.By ?? "Somebody", last?.At ?? books.Now, string.Create(CultureInfo.InvariantCulture, $"{coOp.RetentionYears} years"));
        }
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "co-op.retention", $"co-op {coOp.Code}", string.Create(CultureInfo.InvariantCulture, $"{coOp.RetentionYears} → {request.Years} years"));
        return coOp.RetentionYears = request.Years;
    }, db => FindCoOp.Run(db, request.CoOp) is { IsRefused: false } found && found.Value.RetentionYears == request.Years ? request.Years : (Outcome<int>?)null);
}

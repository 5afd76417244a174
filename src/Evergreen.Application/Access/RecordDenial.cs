using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Writes down that someone asked for what they may not do.</summary>
public sealed class RecordDenial(Books books)
{
    /// <param name="CoOpId">Null where the co-op is not known either.</param>
    /// <param name="Permission">What would have been needed; null for a page that asks for none.</param>
    /// <param name="What">The method and path that were asked for, without what was typed into forms.</param>
    /// <param name="SecondFactorOnly">The role allowed it, the session did not.</param>
    /// <param name="Reason">Why, where it is no permission of the office that was missing.</param>
    /// <param name="CoOpCode">The co-op's code, where its number is not known.</param>
    public sealed record Request(string By, int? CoOpId, Permission? Permission, string What, string From, bool SecondFactorOnly = false, string? Reason = null, string? CoOpCode = null);

    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var reason = request.Reason ?? (request.SecondFactorOnly ? $"{request.Permission} needs a second factor" : $"{request.Permission?.ToString() ?? "nothing"} is not held");
        Entry.Record(db, books.Now, request.By, "access.denied", Entry.Cut(request.What, 200), Entry.Cut(request.From, 64), reason,
            request.CoOpId ?? (request.CoOpCode is { } code ? db.CoOps.Where(coOp => coOp.Code == code).Select(coOp => (int?)coOp.Id).SingleOrDefault() : null));
        return true;
    });
}

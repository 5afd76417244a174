using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Signs out: one of one's own sessions, or all of them. What is ended does not come back, whoever holds the cookie.</summary>
public sealed class EndSessions(Books books)
{
    /// <param name="SessionId">The one to end; null for all of them.</param>
    public sealed record Request(int UserId, int? SessionId, string From);

    /// <returns>How many ended.</returns>
    public Outcome<int> Run(Request request) => books.Write<int>(dryRun: false, db =>
    {
        var user = db.SignIns.SingleOrDefault(user => user.Id == request.UserId);
        if (user is null) return Refusals.SessionUnknown();
        if (request.SessionId is not { } one)
        {
            user.SecurityStamp = SecretCode.Carried();
            return All(db, user, books.Now, null, Entry.Subject(user.Id), request.From, "signed out everywhere");
        }
        var session = db.SignInSessions.SingleOrDefault(session => session.Id == one && session.UserId == user.Id && session.EndedAt == null);
        if (session is null) return Refusals.SessionUnknown();
        session.EndedAt = books.Now;
        Entry.Record(db, books.Now, Entry.Subject(user.Id), "access.session-ended", Entry.Subject(user.Id), request.From, "signed out");
        return 1;
    });

    /// <summary>Ends every session of a person but one, with one record where any was open.</summary>
    internal static int All(EvergreenDb db, SignIn user, DateTime now, int? but, string by, string from, string why)
    {
        var ended = db.SignInSessions.Where(session => session.UserId == user.Id && session.EndedAt == null && session.Id != but).ExecuteUpdate(set => set.SetProperty(session => session.EndedAt, now));
        if (ended > 0) Entry.Record(db, now, by, "access.session-ended", Entry.Subject(user.Id), from, $"{ended} ended: {why}");
        return ended;
    }
}

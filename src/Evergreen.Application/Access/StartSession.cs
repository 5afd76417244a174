using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Opens the door to someone who showed who they are: a new session with a new key, whatever went before in this browser.</summary>
public sealed class StartSession(Books books, AccessMode mode)
{
    /// <param name="From">The network address.</param>
    /// <param name="Device">What the browser says it is.</param>
    /// <param name="Replaces">The session of this browser, which ends.</param>
    public sealed record Request(int UserId, Proof Proof, string From, string Device, int? Replaces = null);

    /// <param name="Key">For the cookie; kept here as a digest only.</param>
    public sealed record Result(string Key, DateTime EndsAt);

    public Outcome<Result> Run(Request request) => books.Write<Result>(dryRun: false, db =>
    {
        var user = db.SignIns.SingleOrDefault(user => user.Id == request.UserId);
        if (user is null || !user.IsAdmitted(mode)) return Refusals.NotEntered();
        var (now, key, from) = (books.Now, SecretCode.Carried(), Entry.Cut(request.From, 64));
        if (request.Replaces is { } before)
            db.SignInSessions.Where(session => session.Id == before && session.UserId == user.Id && session.EndedAt == null).ExecuteUpdate(set => set.SetProperty(session => session.EndedAt, now));
        db.SignInSessions.Add(new SignInSession
        {
            KeyDigest = SecretCode.Digest(key), UserId = user.Id, Proof = request.Proof, StartedAt = now, LastSeenAt = now, From = from, Device = Entry.Cut(request.Device, 200),
        });
        user.LastSignInAt = now;
        Entry.Record(db, now, Entry.Subject(user.Id), "access.sign-in", Entry.Subject(user.Id), from, SignInSession.ClaimOf(request.Proof));
        return new Result(key, now + SignInSession.Longest);
    });
}

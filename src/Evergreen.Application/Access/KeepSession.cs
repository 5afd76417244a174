using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Asks with each page whether the session of a cookie still stands, and notes that it is in use.</summary>
public sealed class KeepSession(Books books, AccessMode mode)
{
    // Noted once a minute: a page needs no write for it.
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    /// <param name="SecondFactor">Whether money may be moved in it.</param>
    public sealed record Result(int SessionId, int UserId, string Mail, string DisplayName, Proof Proof, DateTime StartedAt)
    {
        public bool SecondFactor => Proof is Proof.SecondFactor or Proof.Passkey;
    }

    /// <returns>Null when it does not stand, for whatever reason.</returns>
    public Result? Run(string key)
    {
        var digest = SecretCode.Digest(key);
        var now = books.Now;
        var found = books.Read(db => db.SignInSessions.Where(session => session.KeyDigest == digest)
            .Join(db.SignIns, session => session.UserId, user => user.Id, (session, user) => new { session, user }).SingleOrDefault());
        if (found is null || found.session.EndedAt is not null) return null;
        if (!found.session.StandsAt(now) || !found.user.IsAdmitted(mode))
        {
            books.Write(dryRun: false, db => End(db, digest, found.user.UserName!, now));
            return null;
        }
        if (now - found.session.LastSeenAt >= Grain)
            books.Write<bool>(dryRun: false, db => db.SignInSessions.Where(session => session.KeyDigest == digest && session.EndedAt == null).ExecuteUpdate(set => set.SetProperty(session => session.LastSeenAt, now)) > 0);
        return new Result(found.session.Id, found.user.Id, found.user.UserName!, found.user.DisplayName, found.session.Proof, found.session.StartedAt);
    }

    private static Outcome<bool> End(EvergreenDb db, string digest, string mail, DateTime now)
    {
        var session = db.SignInSessions.SingleOrDefault(session => session.KeyDigest == digest && session.EndedAt == null);
        if (session is null) return false;
        session.EndedAt = now;
        Entry.Record(db, now, mail, "access.session-ended", Entry.Subject(session.UserId), session.From, "not used any more");
        return true;
    }
}

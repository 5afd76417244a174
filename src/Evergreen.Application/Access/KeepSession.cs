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
    /// <param name="Theme">As the account has it; null while its owner chose nothing.</param>
    public sealed record Result(int SessionId, int UserId, string Mail, string DisplayName, Proof Proof, DateTime StartedAt, Theme? Theme)
    {
        public bool SecondFactor => Proof is Proof.SecondFactor or Proof.Passkey;
    }

    private sealed record Found(SignInSession Session, SignIn User);

    /// <summary>Translated once: every page begins with it.</summary>
    private static readonly PreparedQuery<Func<EvergreenDb, string, Found?>> Look = new(() => EF.CompileQuery((EvergreenDb db, string digest) =>
        db.Set<SignInSession>().AsNoTracking().Where(session => session.KeyDigest == digest).Join(db.Set<SignIn>(), session => session.UserId, user => user.Id, (session, user) => new Found(session, user)).SingleOrDefault()));

    /// <returns>Null when it does not stand, for whatever reason.</returns>
    public Result? Run(string key)
    {
        var digest = SecretCode.Digest(key);
        var now = books.Now;
        var found = books.Read(db => Look.For(db)(db, digest));
        if (found is null || found.Session.EndedAt is not null) return null;
        if (!found.Session.StandsAt(now) || !found.User.IsAdmitted(mode))
        {
            books.Write(dryRun: false, db => End(db, digest, now));
            return null;
        }
        if (now - found.Session.LastSeenAt >= Grain)
            books.WriteUnlessBusy<bool>(db => db.SignInSessions.Where(session => session.KeyDigest == digest && session.EndedAt == null).ExecuteUpdate(set => set.SetProperty(session => session.LastSeenAt, now)) > 0);
        return new Result(found.Session.Id, found.User.Id, found.User.UserName!, found.User.DisplayName, found.Session.Proof, found.Session.StartedAt, found.User.Theme);
    }

    private static Outcome<bool> End(EvergreenDb db, string digest, DateTime now)
    {
        var session = db.SignInSessions.SingleOrDefault(session => session.KeyDigest == digest && session.EndedAt == null);
        if (session is null) return false;
        session.EndedAt = now;
        Entry.Record(db, now, Entry.Subject(session.UserId), "access.session-ended", Entry.Subject(session.UserId), session.From, "not used any more");
        return true;
    }
}

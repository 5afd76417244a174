using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Makes the account of someone who was invited, or gives someone who forgot it a new password. The code is used up; nobody is signed in by it.</summary>
public sealed class AcceptInvitation(Books books)
{
    /// <param name="Password">Null for someone whom another authority vouches for.</param>
    /// <param name="Outside">Who that is; the invitation must have gone to the same mail address.</param>
    public sealed record Request(string Code, string DisplayName, string? Password, string From, OutsidePerson? Outside = null);

    /// <returns>The account's number.</returns>
    public Outcome<int> Run(Request request)
    {
        var found = new FindInvitation(books).Run(request.Code);
        if (found.IsRefused) return found.Refusal!;
        if (string.IsNullOrWhiteSpace(request.DisplayName)) return Refusals.NameMissing();
        if (request.Outside is { } outside)
        {
            if (SignIn.Normal(outside.Mail) != SignIn.Normal(found.Value.Mail)) return Refusals.OutsideInvitedOther(found.Value.Mail);
            return books.Write(dryRun: false, db => Accept(db, request, null));
        }
        var password = request.Password ?? "";
        if (PasswordRules.Check(password, found.Value.Mail, request.DisplayName, found.Value.CoOp) is { } refused) return refused;
        var hash = PasswordHash.Of(password);
        return books.Write(dryRun: false, db => Accept(db, request, hash));
    }

    private Outcome<int> Accept(EvergreenDb db, Request request, string? hash)
    {
        var digest = SecretCode.DigestTyped(request.Code);
        var now = books.Now;
        var invitation = db.Invitations.SingleOrDefault(invitation => invitation.CodeDigest == digest);
        if (invitation is null || !invitation.StandsAt(now)) return Refusals.InvitationUnknown();
        invitation.AcceptedAt = now;
        if (invitation.ForUserId is { } known)
        {
            var user = db.SignIns.Single(user => user.Id == known);
            // A code for a new password is none for someone who shows none.
            if (user.DisabledAt is not null || hash is null) return Refusals.InvitationUnknown();
            user.PasswordHash = hash;
            user.SecurityStamp = SecretCode.Carried();
            Entry.Record(db, now, Entry.Subject(user.Id), "access.password", Entry.Subject(user.Id), request.From, "chosen anew by a link", invitation.CoOpId);
            EndSessions.All(db, user, now, null, Entry.Subject(user.Id), request.From, "password changed");
            return user.Id;
        }
        var name = SignIn.Normal(invitation.Mail);
        if (db.SignIns.Any(user => user.NormalizedUserName == name)) return Refusals.InvitationUnknown();
        var joined = NewSignIn(db, invitation.Mail, request.DisplayName, hash, now);
        if (request.Outside?.Join(db, joined, now, request.From) is { } refused) return refused;
        Entry.Record(db, now, Entry.Subject(joined.Id), "access.join", Entry.Subject(joined.Id), request.From, $"by invitation {invitation.Id} of {invitation.InvitedBy}", invitation.CoOpId);
        if (invitation.Role is { } role) GrantRole.Give(db, joined, invitation.CoOpId, role, now, invitation.InvitedBy, request.From);
        return joined.Id;
    }

    /// <summary>Saves at once: what follows needs the account's number.</summary>
    /// <param name="hash">Null where a passkey or another authority is to be the only way in.</param>
    internal static SignIn NewSignIn(EvergreenDb db, string mail, string displayName, string? hash, DateTime now, bool demo = false)
    {
        var user = new SignIn
        {
            UserName = mail.Trim(), NormalizedUserName = SignIn.Normal(mail), Email = mail.Trim(), NormalizedEmail = SignIn.Normal(mail), DisplayName = Entry.Cut(displayName.Trim(), 200),
            PasswordHash = hash, SecurityStamp = SecretCode.Carried(), CreatedAt = now, Demo = demo,
        };
        db.SignIns.Add(user);
        db.SaveChanges();
        return user;
    }
}

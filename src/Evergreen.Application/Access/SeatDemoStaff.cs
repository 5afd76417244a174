using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Seats the demo's people: an accountant, an administrator, a clerk and an auditor, with a password made at this start. They exist in a demo only.</summary>
public sealed class SeatDemoStaff(Books books, AccessMode mode)
{
    public static readonly IReadOnlyList<(string Mail, string Name, Role Role)> Staff =
    [
        ("ana@demo.example", "Ana", Role.Accountant), ("joy@demo.example", "Joy", Role.Administrator), ("sam@demo.example", "Sam", Role.Clerk), ("lee@demo.example", "Lee", Role.Auditor),
    ];

    /// <returns>The password of all of them, to be printed; refused where the site is no demo.</returns>
    public Outcome<string> Run()
    {
        if (!mode.Demo) return Refusals.NotADemo();
        var password = SecretCode.Typed(15);
        var hash = PasswordHash.Of(password);
        return books.Write<string>(dryRun: false, db =>
        {
            foreach (var (mail, name, role) in Staff)
                if (Seat(db, mail, name, hash, books.Now) is { } user && !db.RoleGrants.Any(grant => grant.UserId == user.Id)) GrantRole.Give(db, user, null, role, books.Now, "demo", "console");
            Entry.Record(db, books.Now, "demo", "access.demo-staff", "demo accounts", "console", "password made");
            return password;
        });
    }

    /// <summary>An account of the demo with the password of this start: a new one, or the one that is there, as if nobody had tried anything out with it.</summary>
    /// <returns>Null where a real account has that address; it is left alone.</returns>
    internal static SignIn? Seat(EvergreenDb db, string mail, string name, string hash, DateTime now)
    {
        var normal = SignIn.Normal(mail);
        var user = db.SignIns.SingleOrDefault(user => user.NormalizedUserName == normal);
        if (user is { Demo: false }) return null;
        if (user is null) return AcceptInvitation.NewSignIn(db, mail, name, hash, now, demo: true);
        user.PasswordHash = hash;
        // Whoever tried out an authenticator last time took it along.
        RemoveAuthenticator.Clear(db, user);
        db.Passkeys.RemoveRange(db.Passkeys.Where(passkey => passkey.UserId == user.Id));
        user.DisabledAt = null;
        EndSessions.All(db, user, now, null, "demo", "console", "new demo password");
        return user;
    }
}

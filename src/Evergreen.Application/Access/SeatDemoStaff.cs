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
            {
                var normal = SignIn.Normal(mail);
                var user = db.SignIns.SingleOrDefault(user => user.NormalizedUserName == normal);
                // A real account of that address is left alone.
                if (user is { Demo: false }) continue;
                if (user is null)
                {
                    user = AcceptInvitation.NewSignIn(db, mail, name, hash, books.Now, demo: true);
                    GrantRole.Give(db, user, null, role, books.Now, "demo", "console");
                    continue;
                }
                user.PasswordHash = hash;
                // Whoever tried out an authenticator last time took it along.
                RemoveAuthenticator.Clear(db, user);
                db.Passkeys.RemoveRange(db.Passkeys.Where(passkey => passkey.UserId == user.Id));
                user.DisabledAt = null;
                EndSessions.All(db, user, books.Now, null, "demo", "console", "new demo password");
            }
            Entry.Record(db, books.Now, "demo", "access.demo-staff", "demo accounts", "console", "password made");
            return password;
        });
    }
}

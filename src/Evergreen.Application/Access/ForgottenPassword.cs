using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>
/// An administrator lets someone who forgot the password choose another, by a code like an invitation's. The second factor is asked for as before; only where the
/// phone is lost as well is it taken away here, by the administrator and on the record.
/// </summary>
public sealed class ForgottenPassword(Books books)
{
    /// <param name="SecondFactorLost">Takes the authenticator, the recovery codes and the passkeys away too.</param>
    public sealed record Request(int UserId, int CoOpId, bool SecondFactorLost, int ByUserId, string By, string From);

    public Outcome<InvitePerson.Result> Run(Request request) => books.Write<InvitePerson.Result>(dryRun: false, db =>
    {
        var reached = PeopleReached.Find(db, request.UserId, request.CoOpId, request.ByUserId);
        if (reached.IsRefused) return reached.Refusal!;
        var user = reached.Value;
        if (user.DisabledAt is not null) return Refusals.PersonUnknown();
        if (request.SecondFactorLost) ClearSecondFactor(db, user, books.Now, request.By, request.From, request.CoOpId);
        return InvitePerson.Make(db, new Invitation { CodeDigest = "", CoOpId = request.CoOpId, Mail = user.UserName!, DisplayName = user.DisplayName, ForUserId = user.Id, InvitedAt = books.Now, InvitedBy = request.By }, request.From);
    });

    internal static void ClearSecondFactor(EvergreenDb db, SignIn user, DateTime now, string by, string from, int coOpId)
    {
        RemoveAuthenticator.Clear(db, user);
        db.Passkeys.RemoveRange(db.Passkeys.Where(passkey => passkey.UserId == user.Id));
        Entry.Record(db, now, by, "access.second-factor-cleared", Entry.Subject(user.Id), from, coOpId: coOpId);
        EndSessions.All(db, user, now, null, by, from, "second factor cleared");
    }
}

using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Asks someone who is signed in for the password again. Wrong tries slow the next one down and are recorded, as at the door: whoever finds a session open cannot guess on.</summary>
internal static class PresentPassword
{
    /// <returns>Why it is not taken; null where it is right.</returns>
    public static Refusal? Wrong(Books books, SignIn user, string password, string from)
    {
        var attempt = books.Write(dryRun: false, db => Patience.Try(db, user.NormalizedUserName!, Entry.Cut(from, 64), books.Now));
        var refusal = attempt.IsRefused ? attempt.Refusal! : password.Length <= PasswordRules.Longest && PasswordHash.Matches(user.PasswordHash, password) ? null : Refusals.PasswordWrong();
        var noted = books.Write<bool>(dryRun: false, db =>
        {
            if (refusal is null) Patience.Succeeded(db, attempt.Value);
            else Entry.Record(db, books.Now, Entry.Subject(user.Id), "access.sign-in-failed", Entry.Subject(user.Id), Entry.Cut(from, 64), refusal.Code);
            return true;
        });
        return noted.Refusal ?? refusal;
    }
}

using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;

namespace Evergreen.Application.Members;

/// <summary>The code of a letter that stands in for a second factor, once, when its member gives new bank details. The member is part of its digest: for anyone else it is no code at all.</summary>
internal static class BankLetter
{
    public static string Digest(int memberId, string code) => SecretCode.Digest(string.Create(CultureInfo.InvariantCulture, $"bank letter {memberId} {SecretCode.AsMeant(code)}"));

    /// <returns>Null where it is not known, used or too old; where its account is not the member's any more, or has changed its password since; and where that account has a second factor now.</returns>
    public static MailLink? Standing(EvergreenDb db, int memberId, string code, DateTime now)
    {
        var digest = Digest(memberId, code);
        var letter = db.Set<MailLink>().SingleOrDefault(link => link.CodeDigest == digest && link.Kind == MailLinkKind.BankLetter);
        if (letter is null || !letter.StandsAt(now)) return null;
        var user = db.SignIns.Single(user => user.Id == letter.UserId);
        return user.DisabledAt is null && user.SecurityStamp == letter.Stamp && !HasSecondFactor(db, user) && db.MemberSignIns.Any(link => link.UserId == user.Id && link.MemberId == memberId && link.EndedAt == null) ? letter : null;
    }

    public static bool HasSecondFactor(EvergreenDb db, SignIn user) => user.AuthenticatorSince is not null || db.Passkeys.Any(passkey => passkey.UserId == user.Id);
}

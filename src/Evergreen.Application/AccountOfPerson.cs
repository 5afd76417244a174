using System.Globalization;
using System.Text.Json;
using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application;

/// <summary>What is kept about how a member gets in: the account that stands for the member, its stays, its ways in, and the apps it let in.</summary>
/// <remarks>Secrets are told as being there and never handed out: a password's hash, an authenticator's secret, the codes. Of an account that no longer stands for the member only the link is told, since it may be another person's.</remarks>
public static class AccountOfPerson
{
    public sealed record Stay(DateTime StartedAt, DateTime LastSeenAt, DateTime? EndedAt, Proof By, string From, string Device);
    public sealed record Passkey(string? Name, DateTime AddedAt);

    /// <param name="Provider">The site that vouches.</param>
    /// <param name="Key">By which that site knows the person.</param>
    public sealed record OutsideLogin(string Provider, string? Name, string Key);

    /// <param name="Status">As the protocol calls it: <c>valid</c> or <c>revoked</c>.</param>
    /// <param name="LastTokenAt">When it last came for a token; null where none of its tokens is kept any more.</param>
    public sealed record LetIn(string App, string CoOp, IReadOnlyList<string> Scopes, DateTime? Since, string? Status, DateTime? LastTokenAt);

    /// <param name="CoOp">Null for every co-op of the site.</param>
    public sealed record Held(Role Role, string? CoOp, DateTime From, string GivenBy, DateTime? Until);
    public sealed record MailedCode(MailLinkKind Kind, DateTime MadeAt, DateTime? UsedAt);
    public sealed record Offered(DateTime At, string By, Role? Role, DateTime? AcceptedAt, DateTime? WithdrawnAt);
    public sealed record Link(DateTime At, string By, DateTime? EndedAt, string? EndedBy);
    public sealed record Letter(DateTime At, string By, InvitationWay Way, DateTime? AcceptedAt, DateTime? WithdrawnAt);

    /// <param name="Mail">With which one signs in.</param>
    /// <param name="Claims">What an outside authority said about the person, by its kind.</param>
    /// <param name="Tokens">Names of what the sign-in keeps besides, without the secret itself.</param>
    public sealed record Account(string Mail, string Name, bool MailConfirmed, bool HasPassword, DateTime CreatedAt, DateTime? LastSignInAt, DateTime? EndedAt, DateTime? AuthenticatorSince, int RecoveryCodesLeft, Theme? Theme, IReadOnlyList<Stay> Stays,
        IReadOnlyList<Passkey> Passkeys, IReadOnlyList<OutsideLogin> OutsideLogins, IReadOnlyList<LetIn> Apps, IReadOnlyList<Held> Roles, IReadOnlyList<MailedCode> MailedCodes, IReadOnlyList<Offered> Invitations, IReadOnlyList<string> Claims, IReadOnlyList<string> Tokens);

    /// <summary>The account that stands for one of these records now.</summary>
    /// <returns>Null where there is none.</returns>
    public static SignIn? Standing(EvergreenDb db, int[] members)
    {
        var links = db.MemberSignIns;
        return db.SignIns.AsNoTracking().Where(user => links.Any(link => link.UserId == user.Id && link.EndedAt == null && members.Contains(link.MemberId))).OrderBy(user => user.Id).FirstOrDefault();
    }

    public static List<Link> Links(EvergreenDb db, int[] members) =>
        [.. db.MemberSignIns.Where(link => members.Contains(link.MemberId)).OrderBy(link => link.Id).AsEnumerable().Select(link => new Link(link.LinkedAt, link.LinkedBy, link.EndedAt, link.EndedBy))];

    public static List<Letter> Letters(EvergreenDb db, int[] members) =>
        [.. db.MemberInvitations.Where(one => members.Contains(one.MemberId)).OrderBy(one => one.Id).AsEnumerable().Select(one => new Letter(one.InvitedAt, one.InvitedBy, one.Way, one.AcceptedAt, one.WithdrawnAt))];

    public static Account Read(EvergreenDb db, SignIn user)
    {
        var coOps = db.CoOps.Select(coOp => new { coOp.Id, coOp.Name }).ToDictionary(coOp => coOp.Id, coOp => coOp.Name);
        return new Account(user.UserName!, user.DisplayName, user.EmailConfirmed, user.PasswordHash is not null, user.CreatedAt, user.LastSignInAt, user.DisabledAt, user.AuthenticatorSince, db.RecoveryCodes.Count(code => code.UserId == user.Id && code.UsedAt == null), user.Theme,
            [.. db.SignInSessions.AsNoTracking().Where(stay => stay.UserId == user.Id).OrderBy(stay => stay.StartedAt).ThenBy(stay => stay.Id).AsEnumerable().Select(stay => new Stay(stay.StartedAt, stay.LastSeenAt, stay.EndedAt, stay.Proof, stay.From, stay.Device))],
            [.. db.Passkeys.AsNoTracking().Where(passkey => passkey.UserId == user.Id).AsEnumerable().OrderBy(passkey => passkey.Data.CreatedAt).Select(passkey => new Passkey(passkey.Data.Name, passkey.Data.CreatedAt.UtcDateTime))],
            [.. db.Set<IdentityUserLogin<int>>().Where(login => login.UserId == user.Id).OrderBy(login => login.LoginProvider).ThenBy(login => login.ProviderKey).Select(login => new OutsideLogin(login.LoginProvider, login.ProviderDisplayName, login.ProviderKey))],
            Apps(db, user.Id, coOps),
            [.. db.RoleGrants.AsNoTracking().Where(grant => grant.UserId == user.Id).OrderBy(grant => grant.Id).AsEnumerable().Select(grant => new Held(grant.Role, grant.CoOpId is { } at ? coOps[at] : null, grant.GrantedAt, grant.GrantedBy, grant.WithdrawnAt))],
            [.. db.Set<MailLink>().AsNoTracking().Where(link => link.UserId == user.Id).OrderBy(link => link.Id).AsEnumerable().Select(link => new MailedCode(link.Kind, link.MadeAt, link.UsedAt))],
            [.. db.Invitations.AsNoTracking().Where(one => one.ForUserId == user.Id || one.Mail == user.UserName).OrderBy(one => one.Id).AsEnumerable().Select(one => new Offered(one.InvitedAt, one.InvitedBy, one.Role, one.AcceptedAt, one.WithdrawnAt))],
            [.. db.Set<IdentityUserClaim<int>>().Where(claim => claim.UserId == user.Id).OrderBy(claim => claim.Id).Select(claim => claim.ClaimType + ": " + claim.ClaimValue)],
            [.. db.Set<IdentityUserToken<int>>().Where(token => token.UserId == user.Id).OrderBy(token => token.LoginProvider).ThenBy(token => token.Name).Select(token => token.LoginProvider + ": " + token.Name)]);
    }

    private static List<LetIn> Apps(EvergreenDb db, int user, Dictionary<int, string> coOps)
    {
        var subject = user.ToString(CultureInfo.InvariantCulture);
        var tokens = db.AppTokens;
        return [.. db.AppConsents.AsNoTracking().Where(consent => consent.Subject == subject).OrderBy(consent => consent.Id)
            .Select(consent => new { consent.Scopes, consent.CreationDate, consent.Status, App = consent.Application!.DisplayName, consent.Application.CoOpId, Last = tokens.Where(token => token.Authorization!.Id == consent.Id).Max(token => token.CreationDate) })
            .AsEnumerable().Select(one => new LetIn(one.App!, coOps[one.CoOpId], one.Scopes is null ? [] : JsonSerializer.Deserialize<string[]>(one.Scopes)!, one.CreationDate, one.Status, one.Last))];
    }
}

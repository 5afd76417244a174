using System.Net.Mail;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Invites someone to make an account, with a role at a co-op. The code is good once, for fourteen days, and is told to the inviter alone, for a letter or a mail.</summary>
public sealed class InvitePerson(Books books)
{
    public const int CodeCharacters = 25;

    /// <param name="CoOpId">Null for every co-op, which only an administrator of all may give.</param>
    public sealed record Request(int? CoOpId, string Mail, string DisplayName, Role Role, int ByUserId, string By, string From);

    /// <param name="Code">For the letter or the link; shown this once.</param>
    public sealed record Result(int InvitationId, string Code, DateTime UntilAt);

    public Outcome<Result> Run(Request request)
    {
        var mail = request.Mail.Trim();
        if (!IsMail(mail)) return Refusals.MailForm(mail);
        if (string.IsNullOrWhiteSpace(request.DisplayName)) return Refusals.NameMissing();
        return books.Write<Result>(dryRun: false, db =>
        {
            if (request.CoOpId is null && !Administrators.OfAll(db, request.ByUserId)) return Refusals.GrantTooWide();
            var name = SignIn.Normal(mail);
            if (db.SignIns.Any(user => user.NormalizedUserName == name)) return Refusals.PersonKnown(mail);
            return Make(db, new Invitation
            {
                CodeDigest = "", CoOpId = request.CoOpId, Role = request.Role, Mail = mail, DisplayName = Entry.Cut(request.DisplayName.Trim(), 200), InvitedAt = books.Now, InvitedBy = request.By,
            }, request.From);
        });
    }

    internal static Result Make(EvergreenDb db, Invitation draft, string from)
    {
        var code = SecretCode.Typed(CodeCharacters);
        var invitation = new Invitation
        {
            CodeDigest = SecretCode.DigestTyped(code), CoOpId = draft.CoOpId, Role = draft.Role, Mail = draft.Mail, DisplayName = draft.DisplayName, ForUserId = draft.ForUserId,
            InvitedAt = draft.InvitedAt, InvitedBy = draft.InvitedBy,
        };
        db.Invitations.Add(invitation);
        db.SaveChanges();
        Entry.Record(db, draft.InvitedAt, draft.InvitedBy, draft.ForUserId is null ? "access.invite" : "access.password-link", draft.ForUserId is { } user ? Entry.Subject(user) : $"invitation {invitation.Id}", from,
            draft.Role?.ToString(), draft.CoOpId);
        return new Result(invitation.Id, code, draft.InvitedAt + Invitation.Valid);
    }

    internal static bool IsMail(string mail) =>
        mail.Length <= 256 && MailAddress.TryCreate(mail, out var parsed) && parsed.Address == mail && parsed.Host.Contains('.', StringComparison.Ordinal) && !mail.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));
}

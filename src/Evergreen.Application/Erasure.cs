using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application;

/// <summary>Takes away what is known of people, within the transaction of a verb that has seen to it that this may be done. The ledger's lines stay, under the member number.</summary>
internal sealed class Erasure(EvergreenDb db, int coOp, string by, DateTime now)
{
    public const string Mark = MemberRevision.Erased;

    private const string NoAddress = "erased@invalid", FormerMember = "Former member";

    /// <param name="ids">Of the members and of every record that was merged into them.</param>
    public void People(int[] ids)
    {
        foreach (var id in ids) EraseRecord(db.Members.Single(one => one.Id == id));
        EraseFacts(ids);
        EraseAccounts(ids);
    }

    public void Applicants(IQueryable<MembershipApplication> applications) => EraseApplications(applications, "Former applicant");

    /// <summary>The name under which the member's entries go on.</summary>
    private static string Pseudonym(string number) => $"{FormerMember} {number}";

    private void EraseRecord(Member member)
    {
        // What stood in the fields is history too; that they were emptied is a fact which keeps imports from filling them again.
        db.MemberEdits.Where(edit => edit.MemberId == member.Id).ExecuteDelete();
        new MemberRevision(db, member, by, now).Note(Mark, null, null);
        foreach (var field in MemberFields.All) field.Set(member, field.Column == "name" ? Pseudonym(member.Number) : null);
        (member.HouseholdOfId, member.TaxIdType, member.TaxIdSealed, member.TaxIdLastFour, member.TaxIdDigest) = (null, null, null, null, null);
        (member.BankScheme, member.BankRouting, member.BankAccountSealed, member.BankAccountLastFour, member.BankAccountType) = (null, null, null, null, null);
    }

    /// <summary>Whoever signed in as the member does so no longer; an account that was for nothing else loses its name, its address and its ways in.</summary>
    private void EraseAccounts(int[] ids)
    {
        foreach (var link in db.MemberSignIns.Where(link => ids.Contains(link.MemberId) && link.EndedAt == null).ToList())
        {
            (link.EndedAt, link.EndedBy) = (now, by);
            foreach (var grant in db.RoleGrants.Where(grant => grant.UserId == link.UserId && grant.CoOpId == coOp && grant.Role == Role.Member && grant.WithdrawnAt == null).ToList()) (grant.WithdrawnAt, grant.WithdrawnBy) = (now, by);
            db.SaveChanges();
            if (db.RoleGrants.Any(grant => grant.UserId == link.UserId && grant.WithdrawnAt == null)) continue;
            var user = db.SignIns.Single(one => one.Id == link.UserId);
            db.Invitations.Where(invitation => invitation.Mail == user.UserName).ExecuteUpdate(set => set.SetProperty(one => one.Mail, NoAddress).SetProperty(one => one.DisplayName, FormerMember));
            db.Passkeys.Where(passkey => passkey.UserId == user.Id).ExecuteDelete();
            db.RecoveryCodes.Where(code => code.UserId == user.Id).ExecuteDelete();
            db.Set<IdentityUserLogin<int>>().Where(login => login.UserId == user.Id).ExecuteDelete();
            EraseApps(user.Id.ToString(CultureInfo.InvariantCulture));
            db.SignInSessions.Where(session => session.UserId == user.Id && session.EndedAt == null).ExecuteUpdate(set => set.SetProperty(session => session.EndedAt, now));
            db.SignInSessions.Where(session => session.UserId == user.Id).ExecuteUpdate(set => set.SetProperty(session => session.From, "").SetProperty(session => session.Device, ""));
            (user.UserName, user.NormalizedUserName, user.Email, user.NormalizedEmail, user.DisplayName) = ($"erased-{user.Id}", $"ERASED-{user.Id}", null, null, FormerMember);
            (user.PasswordHash, user.AuthenticatorSealed, user.AuthenticatorSince, user.Theme, user.DisabledAt) = (null, null, null, null, now);
        }
    }

    /// <summary>What the account let in reads nothing more, and nothing tells that it did.</summary>
    private void EraseApps(string subject)
    {
        db.AppTokens.Where(token => token.Subject == subject).ExecuteDelete();
        db.AppConsents.Where(consent => consent.Subject == subject).ExecuteDelete();
    }

    private void EraseFacts(int[] ids)
    {
        db.MembersBeforeImport.Where(before => ids.Contains(before.MemberId)).ExecuteDelete();
        db.MemberNotes.Where(note => ids.Contains(note.MemberId)).ExecuteDelete();
        db.MemberDocuments.Where(document => ids.Contains(document.MemberId)).ExecuteDelete();
        db.MailAddressChanges.Where(change => ids.Contains(change.MemberId)).ExecuteDelete();
        db.BankChanges.Where(change => ids.Contains(change.MemberId)).ExecuteDelete();
        db.Beneficiaries.Where(named => ids.Contains(named.MemberId)).ExecuteDelete();
        db.StatusChanges.Where(change => ids.Contains(change.MemberId)).ExecuteUpdate(set => set.SetProperty(change => change.Reason, (string?)null));
        db.RequestClosings.Where(closing => db.MemberRequests.Any(request => request.Id == closing.RequestId && ids.Contains(request.MemberId))).ExecuteUpdate(set => set.SetProperty(closing => closing.Words, (string?)null));
        db.MemberRequests.Where(request => ids.Contains(request.MemberId)).ExecuteUpdate(set => set.SetProperty(request => request.Words, (string?)null).SetProperty(request => request.Receipt, (string?)null).SetProperty(request => request.DocumentId, (string?)null));
        db.Mails.Where(mail => mail.MemberId != null && ids.Contains(mail.MemberId.Value) && (mail.State == MailState.Queued || mail.State == MailState.Failed)).ExecuteDelete();
        db.Mails.Where(mail => mail.MemberId != null && ids.Contains(mail.MemberId.Value)).ExecuteUpdate(set => set.SetProperty(mail => mail.ToAddress, NoAddress).SetProperty(mail => mail.ToName, "").SetProperty(mail => mail.Text, "").SetProperty(mail => mail.Html, ""));
        EraseApplications(db.MembershipApplications.Where(application => db.ApplicationDecisions.Any(decision => decision.ApplicationId == application.Id && decision.MemberId != null && ids.Contains(decision.MemberId.Value))), FormerMember);
    }

    private void EraseApplications(IQueryable<MembershipApplication> applications, string name) => applications.ExecuteUpdate(set => set
        .SetProperty(one => one.Name, name).SetProperty(one => one.GivenName, (string?)null).SetProperty(one => one.FamilyName, (string?)null).SetProperty(one => one.OrganisationName, (string?)null)
        .SetProperty(one => one.Email, (string?)null).SetProperty(one => one.Phone, (string?)null).SetProperty(one => one.AddressLine1, (string?)null).SetProperty(one => one.AddressLine2, (string?)null)
        .SetProperty(one => one.City, (string?)null).SetProperty(one => one.Region, (string?)null).SetProperty(one => one.PostalCode, (string?)null).SetProperty(one => one.ErasedAt, now));
}

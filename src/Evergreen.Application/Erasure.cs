using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Application.Audit;
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
        var members = db.Members.Where(one => ids.Contains(one.Id)).ToList();
        string[] mails = [.. members.Select(member => member.Email).OfType<string>()];
        foreach (var member in members) EraseRecord(member);
        EraseFacts(ids);
        var accounts = EraseAccounts(ids);
        EraseTraces(mails, EraseWhence([.. members.Select(member => Actors.Member(member.Number))], accounts), accounts);
        foreach (var user in accounts) EraseAccount(user);
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

    /// <summary>Whoever signed in as the member does so no longer.</summary>
    /// <returns>The accounts that were for nothing else.</returns>
    private List<SignIn> EraseAccounts(int[] ids)
    {
        var over = new List<SignIn>();
        foreach (var link in db.MemberSignIns.Where(link => ids.Contains(link.MemberId) && link.EndedAt == null).ToList())
        {
            (link.EndedAt, link.EndedBy) = (now, by);
            foreach (var grant in db.RoleGrants.Where(grant => grant.UserId == link.UserId && grant.CoOpId == coOp && grant.Role == Role.Member && grant.WithdrawnAt == null).ToList()) (grant.WithdrawnAt, grant.WithdrawnBy) = (now, by);
            db.SaveChanges();
            if (!db.RoleGrants.Any(grant => grant.UserId == link.UserId && grant.WithdrawnAt == null)) over.Add(db.SignIns.Single(one => one.Id == link.UserId));
        }
        return over;
    }

    /// <summary>The account loses its name, its address and its ways in; what it did stays under its number.</summary>
    private void EraseAccount(SignIn user)
    {
        var (mail, number) = (user.UserName, Actors.Account(user.Id));
        db.Passkeys.Where(passkey => passkey.UserId == user.Id).ExecuteDelete();
        db.RecoveryCodes.Where(code => code.UserId == user.Id).ExecuteDelete();
        db.Set<MailLink>().Where(link => link.UserId == user.Id).ExecuteDelete();
        db.Set<IdentityUserLogin<int>>().Where(login => login.UserId == user.Id).ExecuteDelete();
        db.Set<IdentityUserClaim<int>>().Where(claim => claim.UserId == user.Id).ExecuteDelete();
        db.Set<IdentityUserToken<int>>().Where(token => token.UserId == user.Id).ExecuteDelete();
        EraseApps(user.Id.ToString(CultureInfo.InvariantCulture));
        db.SavedFilters.Where(filter => filter.Owner == mail).ExecuteDelete();
        db.SignInSessions.Where(session => session.UserId == user.Id && session.EndedAt == null).ExecuteUpdate(set => set.SetProperty(session => session.EndedAt, now));
        db.SignInSessions.Where(session => session.UserId == user.Id).ExecuteUpdate(set => set.SetProperty(session => session.From, "").SetProperty(session => session.Device, ""));
        // What the account did for itself stood under its mail address before it stood under its number.
        db.MemberSignIns.Where(link => link.UserId == user.Id && link.LinkedBy == mail).ExecuteUpdate(set => set.SetProperty(link => link.LinkedBy, number));
        db.RoleGrants.Where(grant => grant.UserId == user.Id && grant.GrantedBy == mail).ExecuteUpdate(set => set.SetProperty(grant => grant.GrantedBy, number));
        var links = db.MemberSignIns;
        db.StatementDeliveries.Where(delivery => delivery.By == mail && links.Any(link => link.UserId == user.Id && link.MemberId == delivery.MemberId)).ExecuteUpdate(set => set.SetProperty(delivery => delivery.By, number));
        (user.UserName, user.NormalizedUserName, user.Email, user.NormalizedEmail, user.DisplayName) = ($"erased-{user.Id}", $"ERASED-{user.Id}", null, null, FormerMember);
        (user.PasswordHash, user.AuthenticatorSealed, user.AuthenticatorSince, user.Theme, user.DisabledAt) = (null, null, null, null, now);
    }

    /// <summary>The network addresses beside the audit trail from which these people acted, or somebody tried to be them.</summary>
    /// <returns>The addresses, and those of the accounts' stays.</returns>
    private string[] EraseWhence(string[] members, List<SignIn> users)
    {
        var ids = users.ConvertAll(user => user.Id);
        var accounts = ids.ConvertAll(Actors.Account);
        var apps = db.Apps.Select(app => app.DisplayName).Distinct().ToList();
        string[] names = [.. accounts, .. accounts.SelectMany(account => apps.Select(app => account + Actors.By + app))];
        var theirs = (from record in db.AuditRecords
                      join address in db.AuditAddresses on new { Chain = record.CoOpId ?? 0, Number = record.Number ?? 0 } equals new { address.Chain, address.Number }
                      where names.Contains(record.By) || (record.CoOpId == coOp && members.Contains(record.By)) || (record.By == Actors.Stranger && (accounts.Contains(record.Subject) || (record.CoOpId == coOp && members.Contains(record.Subject))))
                      select address).ToList();
        string[] places = [.. theirs.Select(address => address.Address).Concat(db.SignInSessions.Where(session => ids.Contains(session.UserId)).Select(session => session.From).Distinct()).Where(place => place.Length > 0).Distinct()];
        // A try that hit nobody's account was somebody's: from these places, it is taken to have been theirs.
        var tries = (from record in db.AuditRecords
                     join address in db.AuditAddresses on new { Chain = record.CoOpId ?? 0, Number = record.Number ?? 0 } equals new { address.Chain, address.Number }
                     where record.By == Actors.Stranger && places.Contains(address.Address)
                     select address).ToList();
        db.AuditAddresses.RemoveRange(theirs.Union(tries));
        return places;
    }

    /// <summary>What speaks of people by a mail address or a place, and not by their number.</summary>
    /// <param name="mails">From the members' records; one with which another account signs in is that one's too.</param>
    private void EraseTraces(string[] mails, string[] places, List<SignIn> users)
    {
        var (ids, names) = (users.ConvertAll(user => user.Id), mails.Select(SignIn.Normal).ToArray());
        var others = db.SignIns.Where(user => names.Contains(user.NormalizedUserName!) && !ids.Contains(user.Id)).Select(user => user.NormalizedUserName!).ToList();
        string[] accounts = [.. users.Select(user => user.UserName!)];
        mails = [.. mails.Where(mail => !others.Contains(SignIn.Normal(mail))).Union(accounts)];
        string[] tried = [.. mails.Select(SignIn.Normal).Concat(ids.Select(id => string.Create(CultureInfo.InvariantCulture, $"second factor {id}"))).Select(SecretCode.Digest)];
        db.SignInAttempts.Where(one => tried.Contains(one.NameDigest) || places.Contains(one.From)).ExecuteDelete();
        db.Set<MailLinkRequest>().Where(request => mails.Contains(request.Mail) || places.Contains(request.From)).ExecuteDelete();
        db.Invitations.Where(invitation => (invitation.ForUserId != null && ids.Contains(invitation.ForUserId.Value)) || accounts.Contains(invitation.Mail) || (invitation.CoOpId == coOp && mails.Contains(invitation.Mail))).ExecuteUpdate(set => set.SetProperty(one => one.Mail, NoAddress).SetProperty(one => one.DisplayName, FormerMember));
        EraseMails(db.Mails.Where(mail => mail.MemberId == null && (accounts.Contains(mail.ToAddress) || (mail.CoOpId == coOp && mails.Contains(mail.ToAddress)))));
    }

    /// <summary>What waits is not sent any more; of what was sent stays that it was.</summary>
    private void EraseMails(IQueryable<MailMessage> theirs)
    {
        theirs.Where(mail => mail.State == MailState.Queued || mail.State == MailState.Failed).ExecuteDelete();
        theirs.ExecuteUpdate(set => set.SetProperty(mail => mail.ToAddress, NoAddress).SetProperty(mail => mail.ToName, "").SetProperty(mail => mail.Text, "").SetProperty(mail => mail.Html, "").SetProperty(mail => mail.Problem, (string?)null));
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
        EraseMails(db.Mails.Where(mail => mail.MemberId != null && ids.Contains(mail.MemberId.Value)));
        EraseApplications(db.MembershipApplications.Where(application => db.ApplicationDecisions.Any(decision => decision.ApplicationId == application.Id && decision.MemberId != null && ids.Contains(decision.MemberId.Value))), FormerMember);
    }

    private void EraseApplications(IQueryable<MembershipApplication> applications, string name) => applications.ExecuteUpdate(set => set
        .SetProperty(one => one.Name, name).SetProperty(one => one.GivenName, (string?)null).SetProperty(one => one.FamilyName, (string?)null).SetProperty(one => one.OrganisationName, (string?)null)
        .SetProperty(one => one.Email, (string?)null).SetProperty(one => one.Phone, (string?)null).SetProperty(one => one.AddressLine1, (string?)null).SetProperty(one => one.AddressLine2, (string?)null)
        .SetProperty(one => one.City, (string?)null).SetProperty(one => one.Region, (string?)null).SetProperty(one => one.PostalCode, (string?)null).SetProperty(one => one.ErasedAt, now));
}

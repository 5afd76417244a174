using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application;

/// <summary>
/// Grants a request for erasure: what is known of the person goes, and stays gone; the member number stays as the name of the ledger's lines, which the law and the other members need.
/// It stands above the street because every room holds something of a person.
/// </summary>
/// <remarks>Entries, allocations, digests of statements and the audit name nobody but by number, so that the ledger, its chain and the statements' manifests go on to agree.</remarks>
public sealed class ErasePerson(Books books)
{
    /// <param name="Number">Of the request.</param>
    public sealed record Request(string? CoOp, int Number, string? Words, string By);

    /// <param name="Address">Where the person can be told, a last time; null where no mail address was known.</param>
    public sealed record Result(string Member, string? Address, string Name, string? Language);

    public Outcome<Result> Run(Request request) => books.Write<Result>(dryRun: false, db =>
    {
        var found = AnswerRequest.Find(db, request.CoOp, request.Number);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, asked, member) = found.Value;
        if (asked.Kind != RequestKind.Erasure) return Members.Refusals.NotAnErasure(asked.Number);
        var ids = MemberIdentities.Of(db, member.Id).ToArray();
        if (Refused(db, coOp, member, ids) is { } refusal) return refusal;
        var last = new Result(member.Number, member.Email, member.Name, member.Language);
        var closed = new AnswerRequest(books).Close(db, coOp, asked, member, new AnswerRequest.Request(request.CoOp, request.Number, true, request.Words, null, null, request.By));
        if (closed.IsRefused) return closed.Refusal!;
        db.SaveChanges();
        foreach (var id in ids) EraseRecord(db, db.Members.Single(one => one.Id == id), request.By);
        EraseFacts(db, ids);
        EraseAccounts(db, coOp.Id, ids, request.By);
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "members.erase", $"member {member.Number}", $"request {asked.Number}");
        return last;
    });

    /// <summary>The name under which the member's entries go on.</summary>
    internal static string Pseudonym(string number) => $"Former member {number}";

    private Refusal? Refused(EvergreenDb db, CoOp coOp, Member member, int[] ids)
    {
        var today = DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime);
        var status = MemberHistory.StatusAsOf(db.StatusChanges.AsNoTracking().Where(change => change.MemberId == member.Id).ToList(), today);
        if (status is MemberStatus.Active or MemberStatus.OnLeave or MemberStatus.Suspended) return Members.Refusals.ErasureOfAMember(member.Number);
        if (db.Members.Where(one => one.HouseholdOfId == member.Id).OrderBy(one => one.Number).Select(one => one.Number).FirstOrDefault() is { } inIt) return Members.Refusals.OwnsHousehold(member.Number, inIt);
        if (db.LedgerLines.Where(line => line.CoOpId == coOp.Id && line.MemberId != null && ids.Contains(line.MemberId.Value)).GroupBy(line => new { line.AccountId, line.Lot }).Any(lot => lot.Sum(line => line.AmountCents) != 0)) return Members.Refusals.ErasureWhileOwed(member.Number);
        if (ids.Select(id => OpenRun(db, coOp, id)).FirstOrDefault(run => run is not null) is { } open) return Members.Refusals.ErasureDuringRun(member.Number, open);
        var posted = (from posting in db.DividendPostings where db.Allocations.Any(row => row.RunId == posting.RunId && ids.Contains(row.MemberId)) select (DateOnly?)posting.On).Max();
        // Information returns of a calendar year are filed by 31 March of the next, and need name and number until then.
        return posted is { } on && today < new DateOnly(on.Year + 1, 4, 1) ? Members.Refusals.ErasureBeforeTaxPapers(member.Number, new DateOnly(on.Year + 1, 4, 1)) : null;
    }

    private static string? OpenRun(EvergreenDb db, CoOp coOp, int member)
    {
        var run = db.DividendRuns.Where(run => run.CoOpId == coOp.Id && db.Allocations.Any(part => part.RunId == run.Id && part.MemberId == member)
                && !db.DividendRuns.Any(later => later.CoOpId == coOp.Id && later.FiscalYear == run.FiscalYear && later.Number > run.Number)
                && !db.DividendPostings.Any(posting => posting.RunId == run.Id)
                && !db.DividendPostings.Any(posting => posting.CoOpId == coOp.Id && posting.FiscalYear == run.FiscalYear && !db.DividendReversals.Any(reversal => reversal.RunId == posting.RunId)))
            .OrderBy(run => run.FiscalYear).Select(run => new { run.FiscalYear, run.Number }).FirstOrDefault();
        return run is null ? null : $"{run.FiscalYear}-{run.Number}";
    }

    private void EraseRecord(EvergreenDb db, Member member, string by)
    {
        // What stood in the fields is history too; that they were emptied is a fact which keeps imports from filling them again.
        db.MemberEdits.Where(edit => edit.MemberId == member.Id).ExecuteDelete();
        new MemberRevision(db, member, by, books.Now).Note("erased", null, null);
        foreach (var field in MemberFields.All) field.Set(member, field.Column == "name" ? Pseudonym(member.Number) : null);
        (member.HouseholdOfId, member.TaxIdType, member.TaxIdSealed, member.TaxIdLastFour, member.TaxIdDigest) = (null, null, null, null, null);
        (member.BankScheme, member.BankRouting, member.BankAccountSealed, member.BankAccountLastFour, member.BankAccountType) = (null, null, null, null, null);
    }

    /// <summary>Whoever signed in as the member does so no longer; an account that was for nothing else loses its name, its address and its ways in.</summary>
    private void EraseAccounts(EvergreenDb db, int coOp, int[] ids, string by)
    {
        foreach (var link in db.MemberSignIns.Where(link => ids.Contains(link.MemberId) && link.EndedAt == null).ToList())
        {
            (link.EndedAt, link.EndedBy) = (books.Now, by);
            foreach (var grant in db.RoleGrants.Where(grant => grant.UserId == link.UserId && grant.CoOpId == coOp && grant.Role == Role.Member && grant.WithdrawnAt == null).ToList()) (grant.WithdrawnAt, grant.WithdrawnBy) = (books.Now, by);
            db.SaveChanges();
            if (db.RoleGrants.Any(grant => grant.UserId == link.UserId && grant.WithdrawnAt == null)) continue;
            var user = db.SignIns.Single(one => one.Id == link.UserId);
            db.Invitations.Where(invitation => invitation.Mail == user.UserName).ExecuteUpdate(set => set.SetProperty(one => one.Mail, "erased@invalid").SetProperty(one => one.DisplayName, "Former member"));
            db.Passkeys.Where(passkey => passkey.UserId == user.Id).ExecuteDelete();
            db.RecoveryCodes.Where(code => code.UserId == user.Id).ExecuteDelete();
            db.SignInSessions.Where(session => session.UserId == user.Id && session.EndedAt == null).ExecuteUpdate(set => set.SetProperty(session => session.EndedAt, books.Now));
            db.SignInSessions.Where(session => session.UserId == user.Id).ExecuteUpdate(set => set.SetProperty(session => session.From, "").SetProperty(session => session.Device, ""));
            (user.UserName, user.NormalizedUserName, user.Email, user.NormalizedEmail, user.DisplayName) = ($"erased-{user.Id}", $"ERASED-{user.Id}", null, null, "Former member");
            (user.PasswordHash, user.AuthenticatorSealed, user.AuthenticatorSince, user.DisabledAt) = (null, null, null, books.Now);
        }
    }

    private static void EraseFacts(EvergreenDb db, int[] ids)
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
        db.Mails.Where(mail => mail.MemberId != null && ids.Contains(mail.MemberId.Value)).ExecuteUpdate(set => set.SetProperty(mail => mail.ToAddress, "erased@invalid").SetProperty(mail => mail.ToName, "").SetProperty(mail => mail.Text, "").SetProperty(mail => mail.Html, ""));
        db.MembershipApplications.Where(application => db.ApplicationDecisions.Any(decision => decision.ApplicationId == application.Id && decision.MemberId != null && ids.Contains(decision.MemberId.Value))).ExecuteUpdate(set => set
            .SetProperty(one => one.Name, "Former member").SetProperty(one => one.GivenName, (string?)null).SetProperty(one => one.FamilyName, (string?)null).SetProperty(one => one.OrganisationName, (string?)null)
            .SetProperty(one => one.Email, (string?)null).SetProperty(one => one.Phone, (string?)null).SetProperty(one => one.AddressLine1, (string?)null).SetProperty(one => one.AddressLine2, (string?)null)
            .SetProperty(one => one.City, (string?)null).SetProperty(one => one.Region, (string?)null).SetProperty(one => one.PostalCode, (string?)null));
    }
}

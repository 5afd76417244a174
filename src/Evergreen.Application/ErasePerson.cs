using Evergreen.Application.Audit;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application;

/// <summary>
/// Grants a request for erasure: what is known of the person goes, and stays gone; the member number stays as the name of the ledger's lines, which the law and the other members need.
/// It stands above the street because every room holds something of a person.
/// </summary>
/// <remarks>Entries, allocations, digests of statements and the audit name nobody but by number (<see cref="Actors"/>), so that the ledger, its chain and the statements' manifests go on to agree.</remarks>
public sealed class ErasePerson(Books books)
{
    /// <param name="Number">Of the request.</param>
    public sealed record Request(string? CoOp, int Number, string? Words, string By);

    /// <param name="Address">Where the person can be told, a last time; null where no mail address was known.</param>
    public sealed record Result(string Member, string? Address, string Name, string? Language);

    public Outcome<Result> Run(Request request)
    {
        var erased = books.Write(dryRun: false, db => Erase(db, request));
        if (!erased.IsRefused) books.Settle();
        return erased;
    }

    private Outcome<Result> Erase(EvergreenDb db, Request request)
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
        new Erasure(db, coOp.Id, request.By, books.Now).People(ids);
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "members.erase", $"member {member.Number}", $"request {asked.Number}");
        return last;
    }

    private Refusal? Refused(EvergreenDb db, CoOp coOp, Member member, int[] ids)
    {
        var today = DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime);
        var status = MemberHistory.StatusAsOf(db.StatusChanges.AsNoTracking().Where(change => change.MemberId == member.Id).ToList(), today);
        if (status is MemberStatus.Active or MemberStatus.OnLeave or MemberStatus.Suspended) return Members.Refusals.ErasureOfAMember(member.Number);
        if (db.Members.Where(one => one.HouseholdOfId == member.Id).OrderBy(one => one.Number).Select(one => one.Number).FirstOrDefault() is { } inIt) return Members.Refusals.OwnsHousehold(member.Number, inIt);
        if (db.LedgerLines.Where(line => line.CoOpId == coOp.Id && line.MemberId != null && ids.Contains(line.MemberId.Value)).GroupBy(line => new { line.AccountId, line.Lot }).Any(lot => lot.Sum(line => line.AmountCents) != 0)) return Members.Refusals.ErasureWhileOwed(member.Number);
        if (ids.Select(id => OpenRun(db, coOp, id)).FirstOrDefault(run => run is not null) is { } open) return Members.Refusals.ErasureDuringRun(member.Number, open);
        var posted = (from posting in db.DividendPostings where db.Allocations.Any(row => row.RunId == posting.RunId && ids.Contains(row.MemberId)) select (DateOnly?)posting.On).Max();
        var redeemed = (from line in db.LedgerLines
                        join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                        join account in db.Accounts on line.AccountId equals account.Id
                        where line.CoOpId == coOp.Id && line.MemberId != null && ids.Contains(line.MemberId.Value) && entry.Kind == EntryKind.EquityRedemption && account.Code == AccountCodes.NonqualifiedNotices
                        select (DateOnly?)entry.On).Max();
        var last = redeemed > posted || posted is null ? redeemed : posted;
        // Information returns of a calendar year are filed by 31 March of the next, and need name and number until then.
        return last is { } on && today < new DateOnly(on.Year + 1, 4, 1) ? Members.Refusals.ErasureBeforeTaxPapers(member.Number, new DateOnly(on.Year + 1, 4, 1)) : null;
    }

    private static string? OpenRun(EvergreenDb db, CoOp coOp, int member)
    {
        var run = OverTerm.OpenRuns(db, coOp.Id).Where(run => db.Allocations.Any(part => part.RunId == run.Id && part.MemberId == member))
            .OrderBy(run => run.FiscalYear).Select(run => new { run.FiscalYear, run.Number }).FirstOrDefault();
        return run is null ? null : $"{run.FiscalYear}-{run.Number}";
    }
}

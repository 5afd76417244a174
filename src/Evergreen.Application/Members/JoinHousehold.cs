using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Puts a member into the household of a primary owner, or takes it out.</summary>
public sealed class JoinHousehold(Books books)
{
    internal const string Verb = "members.household";

    /// <param name="Owner">The primary owner's number; null takes the member out of its household.</param>
    public sealed record Request(string? CoOp, string Member, string? Owner, DateOnly On, string By);

    public Outcome<HouseholdChange> Run(Request request) => books.Write<HouseholdChange>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        if (request.On > books.Today(coOp)) return Refusals.InTheFuture(request.On);
        Member? owner = null;
        if (Particulars.Trim(request.Owner) is { } number)
        {
            var owners = FindMember.Run(db, request.CoOp, number);
            if (owners.IsRefused) return owners.Refusal!;
            owner = owners.Value.Member;
            if (owner.Id == member.Id) return Refusals.OwnHousehold(member.Number);
            if (owner.HouseholdOfId is { } of) return Refusals.OwnerInHousehold(owner.Number, NumberOf(db, of));
            if (db.Members.Where(one => one.HouseholdOfId == member.Id).OrderBy(one => one.Number).Select(one => one.Number).FirstOrDefault() is { } inIt) return Refusals.OwnsHousehold(member.Number, inIt);
        }
        if (member.HouseholdOfId == owner?.Id) return Refusals.HouseholdUnchanged(member.Number, owner?.Number);
        var now = books.Now;
        var tracked = db.Members.Single(one => one.Id == member.Id);
        new MemberRevision(db, tracked, request.By, now).Note("household_of", member.HouseholdOfId is { } before ? NumberOf(db, before) : null, owner?.Number);
        tracked.HouseholdOfId = owner?.Id;
        var change = new HouseholdChange { CoOpId = coOp.Id, MemberId = member.Id, On = request.On, OwnerId = owner?.Id, RecordedAt = now, By = request.By };
        db.HouseholdChanges.Add(change);
        AuditTrail.Add(db, coOp.Id, now, request.By, Verb, $"member {member.Number}", Say(owner?.Number, request.On));
        return change;
    });

    /// <summary>What the audit trail says of it.</summary>
    internal static string Say(string? owner, DateOnly on) => $"{(owner is null ? "leaves the household" : $"in the household of {owner}")} on {on:yyyy-MM-dd}";

    private static string NumberOf(EvergreenDb db, int id) => db.Members.Where(one => one.Id == id).Select(one => one.Number).Single();
}

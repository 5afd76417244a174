using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Whose account a signed-in person sees at a co-op: their own, or the household's, where its primary owner lets them see that part of it. Asked anew with every page.</summary>
public sealed class FindSeat(Books books)
{
    /// <param name="CoOp">The co-op's code, as the address has it.</param>
    /// <param name="Share">Which part of an account is asked for; null for what is always one's own.</param>
    public sealed record Request(int UserId, string CoOp, Share? Share);

    /// <param name="CoOp">Without its logo.</param>
    /// <param name="MemberId">Whose account it is.</param>
    /// <param name="Language">Language tag of the person who looks, not of the account's owner; null where none was given.</param>
    /// <param name="Own">False where it is the household's, seen by another of its members.</param>
    /// <param name="Memberships">Of how many co-ops the person is a member.</param>
    /// <param name="HasOffice">Whether the person has a role in the office of any co-op.</param>
    /// <param name="Self">The number of the person who looks.</param>
    public sealed record Result(CoOp CoOp, int MemberId, string MemberNumber, string Name, string? Language, bool Own, int Memberships, bool HasOffice, string Self);

    private sealed record Found(CoOp CoOp, int Id, string Number, string Name, string? Language, int? HouseholdOfId, int? MergedInto, int Memberships, bool HasOffice);

    /// <summary>Translated once: every page of the portal begins with it.</summary>
    private static readonly PreparedQuery<Func<EvergreenDb, int, string, Found?>> Look = new(() => EF.CompileQuery((EvergreenDb db, int user, string code) =>
        db.Set<MemberSignIn>().Where(link => link.UserId == user && link.EndedAt == null)
            .Join(db.CoOps.Where(coOp => coOp.Code == code).Select(CoOpWithoutLogo.Form), link => link.CoOpId, coOp => coOp.Id, (link, coOp) => new { link.MemberId, coOp })
            .Join(db.Members, link => link.MemberId, member => member.Id, (link, member) => new Found(link.coOp, member.Id, member.Number, member.Name, member.Language, member.HouseholdOfId,
                db.Set<MemberMerge>().Where(merge => merge.OtherId == member.Id).Select(merge => (int?)merge.KeptId).FirstOrDefault(),
                db.Set<MemberSignIn>().Count(link => link.UserId == user && link.EndedAt == null),
                db.Set<RoleGrant>().Any(grant => grant.UserId == user && grant.WithdrawnAt == null && grant.Role != Role.Member))).SingleOrDefault()));

    /// <returns>Null for someone who is no member there.</returns>
    public Result? Run(Request request) => books.Read(db =>
    {
        if (Look.For(db)(db, request.UserId, request.CoOp) is not { } found) return null;
        var self = found.MergedInto is { } kept ? Kept(db, kept) : new Person(found.Id, found.Number, found.Name, found.Language, found.HouseholdOfId);
        var shown = request.Share is { } share && self.HouseholdOfId is { } owner && Allows(db, owner, self.Id, share) ? Read(db, owner) : self;
        return new Result(found.CoOp, shown.Id, shown.Number, shown.Name, self.Language, shown.Id == self.Id, found.Memberships, found.HasOffice, self.Number);
    });

    private sealed record Person(int Id, string Number, string Name, string? Language, int? HouseholdOfId);

    /// <summary>Whether the owner lets the other see it now. What was allowed before the other came into the household, or back into it, does not count.</summary>
    internal static bool Allows(EvergreenDb db, int ownerId, int adultId, Share share)
    {
        var last = db.HouseholdShares.Where(fact => fact.OwnerId == ownerId && fact.AdultId == adultId && fact.Share == share).OrderByDescending(fact => fact.Id).Select(fact => new { fact.Allowed, fact.At }).FirstOrDefault();
        return last is { Allowed: true } && !db.HouseholdChanges.Any(change => change.MemberId == adultId && change.RecordedAt > last.At);
    }

    private static Person Kept(EvergreenDb db, int memberId)
    {
        while (db.MemberMerges.Where(merge => merge.OtherId == memberId).Select(merge => (int?)merge.KeptId).FirstOrDefault() is { } further) memberId = further;
        return Read(db, memberId);
    }

    private static Person Read(EvergreenDb db, int memberId) =>
        db.Members.Where(member => member.Id == memberId).Select(member => new Person(member.Id, member.Number, member.Name, member.Language, member.HouseholdOfId)).Single();
}

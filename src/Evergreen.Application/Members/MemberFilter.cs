using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Which members a list shows. Null leaves a question open.</summary>
/// <param name="Text">Words of number, name, e-mail or the account's last four; each is to be found.</param>
/// <param name="Class">Code of a class to which the member belongs on the day.</param>
/// <param name="AsOf">The day of which status, class and consent are told.</param>
public sealed record MemberFilter(string? Text, MemberStatus? Status, string? Class, bool? HasEmail, bool MissingTaxId, bool MissingConsent, DateOnly AsOf)
{
    internal Outcome<MembersShown> In(EvergreenDb db, CoOp coOp)
    {
        var asOf = AsOf;
        // A record that was merged into another is shown under that one.
        var members = db.Members.Where(member => member.CoOpId == coOp.Id && !db.MemberMerges.Any(merge => merge.OtherId == member.Id));
        foreach (var word in SearchKey.Words(Text ?? "")) members = members.Where(member => member.SearchKey.Contains(word));
        // A death is final. Whether somebody died is asked last, of those whose latest fact would let them through.
        if (Status == MemberStatus.Deceased) members = members.Where(member => db.StatusChanges.Any(fact => fact.MemberId == member.Id && fact.On <= asOf && fact.Status == MemberStatus.Deceased));
        else if (Status is { } status)
            members = members.Where(member => db.StatusChanges.Where(fact => fact.MemberId == member.Id && fact.On <= asOf).OrderByDescending(fact => fact.On).ThenByDescending(fact => fact.Id).Select(fact => (MemberStatus?)fact.Status).FirstOrDefault() == status
                && !db.StatusChanges.Any(death => death.MemberId == member.Id && death.On <= asOf && death.Status == MemberStatus.Deceased));
        if (Particulars.Trim(Class) is { } code)
        {
            if (db.MemberClasses.Where(one => one.CoOpId == coOp.Id && one.Code == code).Select(one => (int?)one.Id).SingleOrDefault() is not { } classId) return Refusals.ClassUnknown(code);
            members = members.Where(member => db.ClassChanges.Where(fact => fact.MemberId == member.Id && fact.ClassId == classId && fact.On <= asOf).OrderByDescending(fact => fact.On).ThenByDescending(fact => fact.Id).Select(fact => fact.Entered).FirstOrDefault());
        }
        if (HasEmail is { } has) members = members.Where(member => (member.Email != null) == has);
        if (MissingTaxId) members = members.Where(member => member.TaxIdSealed == null);
        if (MissingConsent)
            members = members.Where(member => !db.ConsentFacts.Any(given => given.MemberId == member.Id && !given.Ended && given.On <= asOf
                && !db.ConsentFacts.Any(end => end.MemberId == member.Id && end.Kind == given.Kind && end.Ended && end.On <= asOf && (end.On > given.On || (end.On == given.On && end.Id > given.Id)))));
        return new MembersShown(members);
    }
}

/// <summary>The members that a filter lets through, not read yet.</summary>
internal sealed record MembersShown(IQueryable<Member> Query);

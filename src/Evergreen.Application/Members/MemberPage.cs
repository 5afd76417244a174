using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Everything about one member that is no money: who it is, what it was when, its household, notes and documents. Secrets stay masked.</summary>
public sealed class MemberPage(Books books)
{
    public sealed record Person(string Number, string Name);
    public sealed record ClassFact(DateOnly On, string Code, bool Entered);
    public sealed record HouseholdFact(DateOnly On, string? Owner, string By);
    public sealed record Paper(string Id, string FileName, string MediaType, int Length, DateTime At, string By);

    /// <param name="Status">Today's; null before membership began.</param>
    /// <param name="Consent">The days of this year whose patronage a consent covers.</param>
    /// <param name="BylawsGiven">By the day of the notification, of which bylaw a copy was given, where somebody said so.</param>
    /// <param name="Beneficiaries">Those whom the member names, then those once named.</param>
    /// <param name="MergedInto">Where this record is no more a member's own.</param>
    public sealed record Content(
        CoOp CoOp, string Number, Particulars Particulars, int Version, MemberStatus? Status, IReadOnlyList<string> Classes, ConsentCover Consent,
        string? TaxIdType, string? TaxIdMasked, string? BankScheme, string? BankRouting, string? BankAccountMasked, string? BankAccountType,
        IReadOnlyList<StatusChange> StatusHistory, IReadOnlyList<ClassFact> ClassHistory, IReadOnlyList<ConsentFact> ConsentHistory, IReadOnlyDictionary<DateOnly, string> BylawsGiven,
        Person? HouseholdOf, IReadOnlyList<Person> Household, IReadOnlyList<HouseholdFact> HouseholdHistory,
        IReadOnlyList<MemberNote> Notes, IReadOnlyList<Paper> Documents, Person? MergedInto, IReadOnlyList<Person> Merged, IReadOnlyList<Beneficiary> Beneficiaries);

    public Outcome<Content> Run(string? coOpCode, string number) => books.Read<Outcome<Content>>(db =>
    {
        var found = FindMember.Run(db, coOpCode, number);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var today = books.Today(coOp);
        var ids = MemberIdentities.Of(db, member.Id);
        var statuses = db.StatusChanges.Where(fact => fact.MemberId == member.Id).OrderByDescending(fact => fact.On).ThenByDescending(fact => fact.Id).ToList();
        var classChanges = db.ClassChanges.Where(fact => fact.MemberId == member.Id).OrderByDescending(fact => fact.On).ThenByDescending(fact => fact.Id).ToList();
        var consents = db.ConsentFacts.Where(fact => fact.MemberId == member.Id).OrderByDescending(fact => fact.On).ThenByDescending(fact => fact.Id).ToList();
        var codes = db.MemberClasses.Where(one => one.CoOpId == coOp.Id).ToDictionary(one => one.Id, one => one.Code);
        return new Content(coOp, member.Number, Particulars.Of(member), member.Version, MemberHistory.StatusAsOf(statuses, today),
            [.. MemberHistory.ClassesAsOf(classChanges, today).Select(id => codes[id]).Order(StringComparer.Ordinal)], MemberHistory.ConsentIn(coOp.YearOf(today), consents, statuses),
            member.TaxIdType, MemberSecrets.Mask(member.TaxIdLastFour), member.BankScheme, member.BankRouting, MemberSecrets.Mask(member.BankAccountLastFour), member.BankAccountType,
            statuses, [.. classChanges.Select(fact => new ClassFact(fact.On, codes[fact.ClassId], fact.Entered))], consents, RecordConsent.BylawsGiven(db, coOp.Id, member.Number),
            db.Members.Where(owner => owner.Id == member.HouseholdOfId).Select(owner => new Person(owner.Number, owner.Name)).SingleOrDefault(),
            People(db.Members.Where(other => other.HouseholdOfId == member.Id)),
            db.HouseholdChanges.Where(change => change.MemberId == member.Id).OrderByDescending(change => change.On).ThenByDescending(change => change.Id)
                .Select(change => new HouseholdFact(change.On, db.Members.Where(owner => owner.Id == change.OwnerId).Select(owner => owner.Number).SingleOrDefault(), change.By)).ToList(),
            db.MemberNotes.Where(note => ids.Contains(note.MemberId)).OrderByDescending(note => note.At).ThenByDescending(note => note.Id).ToList(),
            db.MemberDocuments.Where(document => ids.Contains(document.MemberId)).OrderByDescending(document => document.At).ThenBy(document => document.Id)
                .Select(document => new Paper(document.Id, document.FileName, document.MediaType, document.Length, document.At, document.By)).ToList(),
            db.MemberMerges.Where(merge => merge.OtherId == member.Id).Join(db.Members, merge => merge.KeptId, kept => kept.Id, (_, kept) => new Person(kept.Number, kept.Name)).SingleOrDefault(),
            People(db.Members.Where(other => ids.Contains(other.Id) && other.Id != member.Id)),
            db.Beneficiaries.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.WithdrawnAt != null).ThenByDescending(one => one.Id).ToList());
    });

    private static IReadOnlyList<Person> People(IQueryable<Member> members) => members.OrderBy(one => one.Number).Select(one => new Person(one.Number, one.Name)).ToList();
}

using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Puts one person or organisation into the register, with the dated facts of the joining.</summary>
internal static class Enrolment
{
    private const int LongestNumber = 50;

    /// <param name="number">Null takes the next free one.</param>
    public static Outcome<Member> Make(EvergreenDb db, CoOp coOp, string? number, Particulars particulars, IReadOnlyList<string> classes, DateOnly joinedOn, ConsentKind? consent, DateOnly? consentOn, DateTime now)
    {
        var checkedOnes = particulars.Checked();
        if (checkedOnes.IsRefused) return checkedOnes.Refusal!;
        var clean = checkedOnes.Value;
        number = Particulars.Trim(number) ?? NextNumber(db, coOp.Id);
        if (number.Length > LongestNumber || number.Any(c => char.IsControl(c) || c is '/' or '\\')) return Refusals.NumberForm(number);
        if (db.Members.Any(other => other.CoOpId == coOp.Id && other.Number == number)) return Refusals.NumberTaken(number);
        if (consent is not null && consentOn is null) return Refusals.ConsentUndated();
        var known = db.MemberClasses.Where(one => one.CoOpId == coOp.Id).ToDictionary(one => one.Code, one => one.Id, StringComparer.Ordinal);
        if (classes.FirstOrDefault(code => !known.ContainsKey(code)) is { } unknown) return Refusals.ClassUnknown(unknown);

        var member = new Member { CoOpId = coOp.Id, Number = number, Kind = clean.Kind, Name = clean.Name!, JoinedOn = joinedOn };
        for (var i = 0; i < MemberFields.All.Count; i++) MemberFields.All[i].Set(member, clean.Texts[i]);
        db.Members.Add(member);
        db.SaveChanges();
        db.StatusChanges.Add(new StatusChange { CoOpId = coOp.Id, MemberId = member.Id, On = joinedOn, Status = MemberStatus.Active, RecordedAt = now });
        foreach (var code in classes.Distinct(StringComparer.Ordinal))
            db.ClassChanges.Add(new ClassChange { CoOpId = coOp.Id, MemberId = member.Id, On = joinedOn, ClassId = known[code], Entered = true, RecordedAt = now });
        if (consent is { } kind) db.ConsentFacts.Add(new ConsentFact { CoOpId = coOp.Id, MemberId = member.Id, Kind = kind, On = consentOn!.Value, RecordedAt = now });
        return member;
    }

    public static string NextNumber(EvergreenDb db, int coOpId) => MemberNumber.Next(db.Members.Where(member => member.CoOpId == coOpId).Select(member => member.Number));
}

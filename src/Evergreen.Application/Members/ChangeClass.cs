using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Records that a member entered or left a class on a day.</summary>
public sealed class ChangeClass(Books books)
{
    /// <param name="Create">Whether a class that is not there is made.</param>
    public sealed record Request(string? CoOp, string Member, string Class, bool Enters, DateOnly On, string By, bool Create = false, bool DryRun = false);

    public Outcome<IReadOnlyList<string>> Run(Request request) => books.Write(request.DryRun, db => Change(db, request));

    /// <returns>The classes of the member from that day on.</returns>
    private Outcome<IReadOnlyList<string>> Change(EvergreenDb db, Request request)
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var memberClass = db.MemberClasses.SingleOrDefault(one => one.CoOpId == coOp.Id && one.Code == request.Class);
        if (memberClass is null && !(request.Create && request.Enters)) return Refusals.ClassUnknown(request.Class);
        if (memberClass is null)
        {
            memberClass = new MemberClass { CoOpId = coOp.Id, Code = request.Class, Name = request.Class };
            db.Add(memberClass);
            db.SaveChanges();
        }
        var facts = db.ClassChanges.AsNoTracking().Where(change => change.MemberId == member.Id).ToList();
        var held = MemberHistory.ClassesAsOf(facts, request.On);
        if (held.Contains(memberClass.Id) == request.Enters) return Refusals.ClassHeld(member.Number, request.Class, request.Enters);
        db.ClassChanges.Add(new ClassChange { CoOpId = coOp.Id, MemberId = member.Id, On = request.On, ClassId = memberClass.Id, Entered = request.Enters, RecordedAt = books.Now });
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "member.class", $"member {member.Number}", $"{(request.Enters ? "enters" : "leaves")} {request.Class} on {request.On:yyyy-MM-dd}");
        var codes = db.MemberClasses.Where(one => one.CoOpId == coOp.Id).ToDictionary(one => one.Id, one => one.Code);
        return (request.Enters ? held.Append(memberClass.Id) : held.Where(id => id != memberClass.Id)).Select(id => codes[id]).Order(StringComparer.Ordinal).ToList();
    }
}

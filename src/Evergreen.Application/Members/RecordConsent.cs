using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Records that a member consented to qualified notices, or that the consent ended. From when it covers patronage follows from the kind; see <see cref="MemberHistory.ConsentIn"/>.</summary>
public sealed class RecordConsent(Books books)
{
    /// <param name="Ends">The consent was revoked in writing, or the bylaw repealed.</param>
    public sealed record Request(string? CoOp, string Member, ConsentKind Kind, DateOnly On, string By, bool Ends = false, bool DryRun = false);

    public Outcome<ConsentFact> Run(Request request) => books.Write(request.DryRun, db => Record(db, request));

    private Outcome<ConsentFact> Record(EvergreenDb db, Request request)
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var facts = db.ConsentFacts.AsNoTracking().Where(fact => fact.MemberId == member.Id && fact.Kind == request.Kind).OrderBy(fact => fact.On).ThenBy(fact => fact.Id).ToList();
        if (facts.FirstOrDefault(fact => fact.On == request.On && fact.Ended == request.Ends) is { } before) return before;
        if (request.Ends && facts.LastOrDefault(fact => fact.On <= request.On) is not { Ended: false }) return Refusals.NoConsent(member.Number, request.Kind);
        var fact = new ConsentFact { CoOpId = coOp.Id, MemberId = member.Id, Kind = request.Kind, On = request.On, Ended = request.Ends, RecordedAt = books.Now };
        db.ConsentFacts.Add(fact);
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "member.consent", $"member {member.Number}", $"{request.Kind}{(request.Ends ? " ends" : "")} on {request.On:yyyy-MM-dd}");
        return fact;
    }
}

using System.Globalization;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Records that a member consented to qualified notices, or that the consent ended. From when it covers patronage follows from the kind; see <see cref="MemberHistory.ConsentIn"/>.</summary>
public sealed class RecordConsent(Books books)
{
    /// <summary>In characters.</summary>
    public const int LongestBylaw = 100;
    private const string Verb = "member.consent", CopyOf = ", with a copy of ";

    /// <param name="Ends">The consent was revoked in writing, or the bylaw repealed.</param>
    /// <param name="Bylaw">Which bylaw the member was given a copy of: its version or date. Said of a consent that is recorded already, it is written down beside it.</param>
    public sealed record Request(string? CoOp, string Member, ConsentKind Kind, DateOnly On, string By, bool Ends = false, bool DryRun = false, string? Bylaw = null);

    public Outcome<ConsentFact> Run(Request request) => books.Write(request.DryRun, db => Record(db, request));

    private Outcome<ConsentFact> Record(EvergreenDb db, Request request)
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var bylaw = string.IsNullOrWhiteSpace(request.Bylaw) ? null : OneLine.Of(request.Bylaw.Trim());
        if (bylaw is not null && (request.Ends || request.Kind != ConsentKind.Bylaw)) return Refusals.BylawWithoutNotice();
        if (bylaw?.Length > LongestBylaw) return Refusals.TextTooLong(bylaw, LongestBylaw);
        var facts = db.ConsentFacts.AsNoTracking().Where(fact => fact.MemberId == member.Id && fact.Kind == request.Kind).OrderBy(fact => fact.On).ThenBy(fact => fact.Id).ToList();
        if (facts.FirstOrDefault(fact => fact.On == request.On && fact.Ended == request.Ends) is { } before)
        {
            if (bylaw is not null && BylawsGiven(db, coOp.Id, member.Number).GetValueOrDefault(request.On) != bylaw) Note();
            return before;
        }
        if (request.Ends && facts.LastOrDefault(fact => fact.On <= request.On) is not { Ended: false }) return Refusals.NoConsent(member.Number, request.Kind);
        var fact = new ConsentFact { CoOpId = coOp.Id, MemberId = member.Id, Kind = request.Kind, On = request.On, Ended = request.Ends, RecordedAt = books.Now };
        db.ConsentFacts.Add(fact);
        Note();
        return fact;

        void Note() => AuditTrail.Add(db, coOp.Id, books.Now, request.By, Verb, $"member {member.Number}", $"{What(request.Kind, request.On, request.Ends)}{(bylaw is null ? "" : CopyOf + bylaw)}");
    }

    /// <summary>By the day of the notification, which bylaw the record says that a copy was given of: what was said last.</summary>
    /// <remarks>26 USC 1388(c)(2)(B) asks for a written notification and a copy of the bylaw, given to each member.</remarks>
    internal static IReadOnlyDictionary<DateOnly, string> BylawsGiven(EvergreenDb db, int coOpId, string number)
    {
        var (subject, start) = ($"member {number}", $"{ConsentKind.Bylaw} on ");
        var given = new Dictionary<DateOnly, string>();
        foreach (var detail in db.AuditRecords.Where(record => record.CoOpId == coOpId && record.Subject == subject && record.Verb == Verb && record.Detail!.StartsWith(start) && record.Detail.Contains(CopyOf)).OrderBy(record => record.Id).Select(record => record.Detail!).ToList())
            if (DateOnly.TryParseExact(detail.AsSpan(start.Length, "yyyy-MM-dd".Length), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)) given[on] = detail[(detail.IndexOf(CopyOf, StringComparison.Ordinal) + CopyOf.Length)..];
        return given;
    }

    private static string What(ConsentKind kind, DateOnly on, bool ends) => $"{kind}{(ends ? " ends" : "")} on {on:yyyy-MM-dd}";
}

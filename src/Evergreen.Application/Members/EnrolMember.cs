using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Takes one member into the register by hand.</summary>
public sealed class EnrolMember(Books books)
{
    /// <param name="Number">Null takes the next free one.</param>
    /// <param name="Classes">Codes of classes that are there.</param>
    public sealed record Request(string? CoOp, string? Number, Particulars Particulars, IReadOnlyList<string> Classes, DateOnly JoinedOn, string By, ConsentKind? Consent = null, DateOnly? ConsentOn = null);

    public Outcome<Member> Run(Request request) => books.Write<Member>(dryRun: false, db =>
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        var made = Enrolment.Make(db, coOp.Value, request.Number, request.Particulars, request.Classes, request.JoinedOn, request.Consent, request.ConsentOn, books.Now);
        if (made.IsRefused) return made;
        AuditTrail.Add(db, coOp.Value.Id, books.Now, request.By, "members.enrol", $"member {made.Value.Number}", $"joined on {request.JoinedOn:yyyy-MM-dd}");
        return made;
    });

    /// <summary>The number that a member enrolled now would get.</summary>
    public Outcome<string> NextNumber(string? coOp) => books.Read<Outcome<string>>(db => FindCoOp.Run(db, coOp) is { IsRefused: false } found ? Enrolment.NextNumber(db, found.Value.Id) : FindCoOp.Run(db, coOp).Refusal!);
}

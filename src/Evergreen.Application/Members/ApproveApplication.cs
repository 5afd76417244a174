using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Approves an application: the applicant becomes a member under the next free number, in the class asked for or another, from a day on.</summary>
public sealed class ApproveApplication(Books books)
{
    /// <param name="Class">Null takes the class that was asked for.</param>
    /// <param name="Number">Null takes the next free one.</param>
    public sealed record Request(string? CoOp, int Application, DateOnly JoinedOn, string By, string? Class = null, string? Number = null);

    public Outcome<Member> Run(Request request) => books.Write<Member>(dryRun: false, db =>
    {
        var found = FindApplication.Undecided(db, request.CoOp, request.Application);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, application) = found.Value;
        var code = Particulars.Trim(request.Class) ?? application.Class;
        var made = Enrolment.Make(db, coOp, request.Number, Particulars.Of(application), code is null ? [] : [code], request.JoinedOn,
            application.BylawGivenOn is null ? null : ConsentKind.Bylaw, Later(application.BylawGivenOn, request.JoinedOn), books.Now);
        if (made.IsRefused) return made;
        db.ApplicationDecisions.Add(new ApplicationDecision { ApplicationId = application.Id, Approved = true, On = books.Today(coOp), At = books.Now, By = request.By, MemberId = made.Value.Id });
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "members.approve", $"application {application.Number}", $"member {made.Value.Number}, joined on {request.JoinedOn:yyyy-MM-dd}");
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "members.enrol", $"member {made.Value.Number}", $"application {application.Number}, joined on {request.JoinedOn:yyyy-MM-dd}");
        return made;
    });

    /// <summary>Consent comes of being accepted to membership, so it is never earlier than that.</summary>
    /// <remarks>26 USC 1388(c)(2)(B): obtaining or retaining membership after the notification.</remarks>
    private static DateOnly? Later(DateOnly? given, DateOnly joined) => given is { } on && on > joined ? on : given is null ? null : joined;
}

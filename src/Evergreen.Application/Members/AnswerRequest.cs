using Evergreen.Application.Audit;
using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>The office answers what a member reported or asked for. Where a member is let go, the leaving is recorded with the answer; a mail says that there is an answer, and nothing of it.</summary>
public sealed class AnswerRequest(Books books)
{
    /// <param name="Granted">Whether it was done.</param>
    /// <param name="Words">To the member; needed where it was not done.</param>
    /// <param name="Import">Number of the import by which a row came or was put right.</param>
    /// <param name="Letter">Makes the mail in the member's language; null where no mail can be sent.</param>
    public sealed record Request(string? CoOp, int Number, bool Granted, string? Words, int? Import, long? Row, string By, Func<string?, MailLetter>? Letter = null);

    /// <param name="Mailed">Whether a mail is on its way.</param>
    public sealed record Result(RequestClosing Closing, string Member, bool Mailed);

    public Outcome<Result> Run(Request request) => books.Write<Result>(dryRun: false, db =>
    {
        var found = Find(db, request.CoOp, request.Number);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, asked, member) = found.Value;
        if (asked.Kind == RequestKind.Erasure && request.Granted) return Refusals.ErasureIsAnAct();
        if (request.Import is { } import && !db.Imports.Any(one => one.CoOpId == coOp.Id && one.Number == import)) return Refusals.ImportOfAnswerUnknown(import);
        if (request.Granted && asked.Kind == RequestKind.Leave && Leave(db, coOp, member, asked, request.By) is { } refusal) return refusal;
        return Close(db, coOp, asked, member, request);
    });

    /// <summary>The request with its member, as long as nobody answered.</summary>
    internal static Outcome<(CoOp CoOp, MemberRequest Request, Member Member)> Find(EvergreenDb db, string? coOpCode, int number)
    {
        var found = CoOps.FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        if (db.MemberRequests.SingleOrDefault(one => one.CoOpId == found.Value.Id && one.Number == number) is not { } asked) return Refusals.RequestUnknown();
        if (db.RequestClosings.Any(closing => closing.RequestId == asked.Id)) return Refusals.RequestClosed(number);
        return (found.Value, asked, db.Members.Single(one => one.Id == asked.MemberId));
    }

    /// <summary>Writes the answer down and queues the mail, in the transaction of a verb that did what was asked for.</summary>
    internal Outcome<Result> Close(EvergreenDb db, CoOp coOp, MemberRequest asked, Member member, Request request)
    {
        var words = FiledRequests.Words(request.Words);
        if (words.IsRefused) return words.Refusal!;
        if (!request.Granted && words.Value is null) return Refusals.AnswerMissing();
        var closing = new RequestClosing
        {
            RequestId = asked.Id, At = books.Now, By = request.By, Ending = request.Granted ? RequestEnding.Granted : RequestEnding.Declined, Words = words.Value, ImportNumber = request.Import, Row = request.Import is null ? null : request.Row,
        };
        db.RequestClosings.Add(closing);
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "members.request-answer", $"member {member.Number}", $"request {asked.Number} {(request.Granted ? "granted" : "declined")}{(request.Import is { } import ? $", import {import}" : "")}");
        if (request.Letter is not { } letter || !QueueMail.IsAddress(member.Email)) return new Result(closing, member.Number, false);
        var queued = QueueMail.Add(db, books.Now, new QueueMail.Request($"request {asked.Id} answered", coOp.Id, member.Id, member.Email!, member.Name, letter(member.Language), request.By));
        return queued.IsRefused ? queued.Refusal! : new Result(closing, member.Number, true);
    }

    private Refusal? Leave(EvergreenDb db, CoOp coOp, Member member, MemberRequest asked, string by)
    {
        var status = MemberHistory.StatusAsOf([.. db.StatusChanges.Where(change => change.MemberId == member.Id)], asked.On!.Value);
        if (status == MemberStatus.Left) return null;
        if (status is null or MemberStatus.Deceased) return Refusals.NotAMemberNow(member.Number);
        db.StatusChanges.Add(new StatusChange { CoOpId = coOp.Id, MemberId = member.Id, On = asked.On.Value, Status = MemberStatus.Left, Reason = $"Request {asked.Number}", RecordedAt = books.Now });
        AuditTrail.Add(db, coOp.Id, books.Now, by, "member.status", $"member {member.Number}", $"{MemberStatus.Left} from {asked.On:yyyy-MM-dd}");
        return null;
    }
}

using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Records how a member wants papers from a day on: by post, or to read them after a mail. Paper is what everyone has who said nothing.</summary>
public sealed class RecordDeliveryChoice(Books books)
{
    public sealed record Request(string? CoOp, string Member, DeliveryWay Way, DateOnly On, string By, bool DryRun = false)
    {
        /// <summary>The notice that the member was shown and agreed to, with the name of its wording; none is needed for paper.</summary>
        public (string Version, string Text)? Notice { get; init; }
    }

    /// <param name="AlreadyThere">The member had it this way on that day.</param>
    public sealed record Result(DeliveryWay Way, DateOnly On, bool AlreadyThere);

    public Outcome<Result> Run(Request request) => books.Write(request.DryRun, db => Record(db, request));

    private Outcome<Result> Record(EvergreenDb db, Request request)
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        if (request.Way == DeliveryWay.Electronic && string.IsNullOrWhiteSpace(member.Email)) return Refusals.NoMailAddress(member.Number);
        var choices = db.DeliveryChoices.AsNoTracking().Where(choice => choice.MemberId == member.Id).ToList();
        if (DeliveryChoice.AsOf(choices, request.On) == request.Way && choices.TrueForAll(choice => choice.On <= request.On)) return new Result(request.Way, request.On, true);
        db.DeliveryChoices.Add(new DeliveryChoice { CoOpId = coOp.Id, MemberId = member.Id, On = request.On, Way = request.Way, RecordedAt = books.Now, By = request.By, NoticeVersion = request.Notice?.Version, Notice = request.Notice?.Text });
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "member.delivery", $"member {member.Number}", $"{request.Way} from {request.On:yyyy-MM-dd}{(request.Notice is { } notice ? $", notice of {notice.Version}" : "")}");
        return new Result(request.Way, request.On, false);
    }
}

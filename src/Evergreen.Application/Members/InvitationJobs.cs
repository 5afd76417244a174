using System.Globalization;
using Evergreen.Application.Jobs;
using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Members;

/// <summary>Mails to all members who have no sign-in, one after the other. Begun again, it goes on with those who were not invited yet.</summary>
public static class InvitationJobs
{
    public const string ByMail = "members.invite";

    /// <param name="Site">The site's address, for the links.</param>
    public sealed record Order(string CoOp, string Site);

    /// <param name="route">The way out for mail, asked for when the work begins.</param>
    public static JobKind Kind(Func<MailRoute> route) => new(ByMail, "Invite members by mail", (books, task, voice, stop) => InviteAll(books, route(), task, voice, stop));

    private static Outcome<JobResult> InviteAll(Books books, MailRoute route, JobTask task, JobVoice voice, CancellationToken stop)
    {
        var order = task.Request<Order>();
        var count = new InviteMembers(books).HowMany(order.CoOp);
        if (count.IsRefused) return count.Refusal!;
        var (sent, total) = (0, count.Value.WaitingWithMail);
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var next = new InviteMembers(books).Run(new(order.CoOp, InvitationWay.Mail, 1, task.By, $"job {task.JobId.ToString(CultureInfo.InvariantCulture)}"));
            if (next.IsRefused) return next.Refusal!;
            if (next.Value.Count == 0) return new JobResult($"{sent.ToString("N0", CultureInfo.InvariantCulture)} {(sent == 1 ? "member is" : "members are")} invited by mail.");
            // What one mail is not taken for, the next will not be either: the rest waits until the way out is mended.
            var mailed = new MailInvitation(books, route).Run(new(next.Value[0], order.Site, task.By));
            if (mailed.IsRefused) return mailed.Refusal!;
            voice.Progress("Inviting members", ++sent, total);
        }
    }
}

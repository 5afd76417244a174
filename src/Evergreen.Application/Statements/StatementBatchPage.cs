using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Jobs;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using Evergreen.Domain.Statements;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Statements;

/// <summary>The statements of one run as the office sees them: who takes them how, who received what and when, and the work that was asked for.</summary>
public sealed class StatementBatchPage(Books books)
{
    private const int RowsAtOnce = 500;

    private static readonly ListOrder<Candidate> Order = ListOrder<Candidate>.Keyed("number", member => member.Number).By("name", member => member.Name);

    public enum Shown { Everyone, OnPaper, ByMail, NothingYet, MailFailed }

    /// <param name="After">What the page before gave as its next.</param>
    /// <param name="Number">Only the member of this number.</param>
    /// <param name="Sort"><c>number</c> or <c>name</c>; with a minus sign in front the other way round.</param>
    public sealed record Request(string? CoOp, string Run, Shown Shown = Shown.Everyone, string? After = null, string? Number = null, int Most = 50, string? Sort = null);

    public sealed record Delivery(StatementDeliveryWay Way, DateTime At, string By);

    /// <param name="Mail">Null where no mail was queued.</param>
    public sealed record Row(int MemberId, string Number, string Name, bool ByMail, IReadOnlyList<Delivery> Deliveries, MailState? Mail, string? MailProblem, int? MailId);

    public sealed record JobRow(int Id, string Kind, JobState State, DateTime At, string By, string? ResultJson);

    /// <param name="Issue">Null where the statements have not been issued.</param>
    /// <param name="Statements">How many are in the books as issued.</param>
    /// <param name="Fitting">Members that fit what is asked, on all pages.</param>
    /// <param name="Next">Where the next page begins; null on the last.</param>
    /// <param name="Sort">The order that the members are in.</param>
    public sealed record Result(CoOp CoOp, RunStanding Standing, StatementIssue? Issue, int Members, int Statements, int ByMail, int Printed, int Mailed, int MailFailed, IReadOnlyList<JobRow> Jobs, IReadOnlyList<Row> Rows, int Fitting, string? Next, string Sort)
    {
        public int OnPaper => Members - ByMail;
    }

    private sealed class Candidate
    {
        public required int Id { get; init; }
        public required string Number { get; init; }
        public required string Name { get; init; }
        public required bool ByMail { get; init; }
    }

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        var found = FindRun.Run(db, coOp.Value, request.Run);
        if (found.IsRefused) return found.Refusal!;
        var run = found.Value;
        var standing = FindRun.Standing(db, run);
        if (standing.Posting is null) return Refusals.RunNotPosted(run.Name);
        var members = Of(db, run, books.Today(coOp.Value));
        var delivered = Delivered(db, run);
        var mails = MailsOf(db, run);
        var failed = mails.Where(mail => mail.State == MailState.Failed);
        var fitting = Fitting(db, run, members, request);
        var page = Order.Page(fitting, request.Sort, request.After, request.Most);
        var subject = StatementJobs.SubjectOf(run.Name);
        var kinds = StatementJobs.Kinds.Select(kind => kind.Name).ToList();
        return new Result(coOp.Value, standing, db.StatementIssues.SingleOrDefault(issue => issue.RunId == run.Id), members.Count(),
            db.StatementCopies.Where(copy => copy.RunId == run.Id).Select(copy => copy.MemberId).Distinct().Count(), members.Count(member => member.ByMail),
            delivered.Where(delivery => delivery.Way == StatementDeliveryWay.Printed).Select(delivery => delivery.MemberId).Distinct().Count(), mails.Count(mail => mail.State == MailState.Sent), failed.Count(),
            db.Jobs.Where(job => job.CoOpId == coOp.Value.Id && job.Subject == subject && kinds.Contains(job.Kind)).OrderByDescending(job => job.Id).Take(20)
                .Select(job => new JobRow(job.Id, job.Kind, job.State, job.At, job.By, job.ResultJson)).ToList(),
            Rows(db, run, [.. page.Rows]), fitting.Count(), page.Next, page.Sort);
    });

    /// <summary>Every member that fits, in the order asked for: for a file.</summary>
    public Outcome<IReadOnlyList<Row>> All(Request request) => books.Read<Outcome<IReadOnlyList<Row>>>(db =>
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        var run = FindRun.Run(db, coOp.Value, request.Run);
        if (run.IsRefused) return run.Refusal!;
        var fitting = Order.All(Fitting(db, run.Value, Of(db, run.Value, books.Today(coOp.Value)), request), request.Sort).ToList();
        return fitting.Chunk(RowsAtOnce).SelectMany(some => Rows(db, run.Value, [.. some])).ToList();
    });

    private static IQueryable<StatementDelivery> Delivered(EvergreenDb db, DividendRun run) => db.StatementDeliveries.Where(delivery => delivery.RunId == run.Id);

    private static IQueryable<MailMessage> MailsOf(EvergreenDb db, DividendRun run) => db.Mails.Where(mail => mail.CoOpId == run.CoOpId && mail.Key.StartsWith($"statement {run.Id} "));

    private static IQueryable<Candidate> Fitting(EvergreenDb db, DividendRun run, IQueryable<Candidate> members, Request request)
    {
        var delivered = Delivered(db, run);
        var failed = MailsOf(db, run).Where(mail => mail.State == MailState.Failed);
        var shown = request.Shown switch
        {
            Shown.OnPaper => members.Where(member => !member.ByMail),
            Shown.ByMail => members.Where(member => member.ByMail),
            Shown.NothingYet => members.Where(member => !delivered.Any(delivery => delivery.MemberId == member.Id)),
            Shown.MailFailed => members.Where(member => failed.Any(mail => mail.MemberId == member.Id)),
            _ => members,
        };
        return request.Number is { Length: > 0 } number ? shown.Where(member => member.Number == number) : shown;
    }

    private static IQueryable<Candidate> Of(EvergreenDb db, DividendRun run, DateOnly on)
    {
        var allocated = db.Allocations.Where(row => row.RunId == run.Id).Select(row => row.MemberId);
        return db.Members.Where(member => allocated.Contains(member.Id)).Select(member => new Candidate
        {
            Id = member.Id,
            Number = member.Number,
            Name = member.Name,
            ByMail = member.Email != null && member.Email != "" && db.DeliveryChoices.Where(choice => choice.MemberId == member.Id && choice.On <= on).OrderByDescending(choice => choice.On).ThenByDescending(choice => choice.Id).Select(choice => choice.Way).FirstOrDefault() == DeliveryWay.Electronic,
        });
    }

    private static List<Row> Rows(EvergreenDb db, DividendRun run, List<Candidate> page)
    {
        var ids = page.ConvertAll(member => member.Id);
        var keys = page.ConvertAll(member => NotifyStatements.KeyOf(run.Id, member.Id));
        var deliveries = db.StatementDeliveries.Where(delivery => delivery.RunId == run.Id && ids.Contains(delivery.MemberId)).OrderBy(delivery => delivery.At).ThenBy(delivery => delivery.Id).ToLookup(delivery => delivery.MemberId);
        var mails = db.Mails.Where(mail => keys.Contains(mail.Key)).ToDictionary(mail => mail.Key, StringComparer.Ordinal);
        return page.ConvertAll(member =>
        {
            var mail = mails.GetValueOrDefault(NotifyStatements.KeyOf(run.Id, member.Id));
            return new Row(member.Id, member.Number, member.Name, member.ByMail, [.. deliveries[member.Id].Select(delivery => new Delivery(delivery.Way, delivery.At, delivery.By))], mail?.State, mail?.Problem, mail?.Id);
        });
    }
}

using Evergreen.Application.CoOps;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Mail;

namespace Evergreen.Application;

/// <summary>What waits for someone of the office beside the tasks of the year: applications, requests of members, imports that were begun, mails that failed, and records that are over their term. Only what the person may act on.</summary>
/// <remarks>Stands above the street because it looks into several of its houses.</remarks>
public sealed class WhatWaits(Books books)
{
    /// <summary>As many things of a kind are named.</summary>
    public const int MostNamed = 5;

    /// <summary>A mail may have failed for good, and nobody can put an end to that: after so many days it is no task any more and stands with its member alone.</summary>
    public const int MailDays = 30;

    /// <param name="Applications">Whether the person may decide on them; likewise answer requests, import and change members.</param>
    public sealed record Request(string? CoOp, bool Applications, bool Requests, bool Imports, bool Mails, bool Erasures = false);

    /// <param name="Key">What it is found by: the id of an import in the making, the number of a member.</param>
    public sealed record Thing(string Key, string Name);

    /// <param name="Since">Since when the oldest waits.</param>
    /// <param name="First">Those that can be gone to one by one, the oldest first.</param>
    /// <param name="More">How many there are besides those.</param>
    public sealed record Waiting(int Count, DateTime Since, IReadOnlyList<Thing> First, int More);

    /// <summary>Each null where nothing of it waits for this person.</summary>
    /// <param name="OverTerm">How many people's records are over the co-op's term.</param>
    public sealed record Result(Waiting? Applications, Waiting? Requests, Waiting? Drafts, Waiting? Mails, int? OverTerm = null);

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value.Id;
        return new Result(request.Applications ? Applications(db, coOp) : null, request.Requests ? Requests(db, coOp) : null, request.Imports ? Drafts(db, coOp) : null, request.Mails ? Mails(db, coOp, books.Now.AddDays(-MailDays)) : null,
            request.Erasures && OverTerm.Count(books, db, found.Value) is var over and > 0 ? over : null);
    });

    private static Waiting? Applications(EvergreenDb db, int coOp)
    {
        var open = ListApplications.Open(db, coOp);
        return Of(open.Count(), open.Min(application => (DateTime?)application.At), [], 0);
    }

    private static Waiting? Requests(EvergreenDb db, int coOp)
    {
        var open = ListRequests.Open(db, coOp);
        return Of(open.Count(), open.Min(request => (DateTime?)request.At), [], 0);
    }

    private static Waiting? Drafts(EvergreenDb db, int coOp)
    {
        var open = from draft in db.ImportDrafts
                   join file in db.UploadedFiles on draft.UploadId equals file.Id
                   where draft.CoOpId == coOp && draft.State <= DraftState.Checked && file.RemovedAt == null
                   select new { draft.Id, draft.CreatedAt, file.FileName };
        var count = open.Count();
        var first = open.OrderBy(draft => draft.Id).Take(MostNamed).ToList().ConvertAll(draft => new Thing(draft.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), draft.FileName));
        return Of(count, open.Min(draft => (DateTime?)draft.CreatedAt), first, count - first.Count);
    }

    private static Waiting? Mails(EvergreenDb db, int coOp, DateTime after)
    {
        var failed = db.Mails.Where(mail => mail.CoOpId == coOp && mail.MemberId != null && mail.State == MailState.Failed && mail.QueuedAt >= after);
        var members = failed.GroupBy(mail => mail.MemberId!.Value).Select(of => new { Id = of.Key, First = of.Min(mail => mail.Id) });
        var first = members.Join(db.Members, one => one.Id, member => member.Id, (one, member) => new { one.First, member.Number, member.Name }).OrderBy(one => one.First).Take(MostNamed).ToList().ConvertAll(one => new Thing(one.Number, one.Name));
        return Of(failed.Count(), failed.Min(mail => (DateTime?)mail.QueuedAt), first, members.Count() - first.Count);
    }

    private static Waiting? Of(int count, DateTime? since, IReadOnlyList<Thing> first, int more) => since is { } oldest && count > 0 ? new Waiting(count, oldest, first, more) : null;
}

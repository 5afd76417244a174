using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application;

/// <summary>Who did what, when and why: the newest first, by whom, by what, by when and on what, a page at a time.</summary>
public sealed class AuditTimeline(Books books)
{
    public const int PageSize = 50;

    private static readonly ListOrder<AuditRecord> Order = ListOrder<AuditRecord>.Keyed("-when", record => record.Id).By("who", record => record.By).By("what", record => record.Verb).By("subject", record => record.Subject);

    /// <param name="CoOpId">The co-op whose records are shown.</param>
    public sealed record Request(int CoOpId)
    {
        /// <summary>Records that belong to no co-op (sign-ins, users) are shown too.</summary>
        public bool WholeHouse { get; init; }

        /// <summary>The person, exactly: as the record says it, or the name or mail address of an account or a member.</summary>
        public string? By { get; init; }

        /// <summary>A verb such as <c>import.upload</c>, or all of a kind: <c>import.</c></summary>
        public string? Verb { get; init; }

        /// <summary>What was touched, exactly, e.g. <c>member 0042</c>; with <c>run 2025-1</c> also its findings, with <c>year 2025</c> its lines and with <c>policy 2025</c> its versions.</summary>
        public string? Subject { get; init; }

        /// <summary>First day, in UTC.</summary>
        public DateOnly? From { get; init; }

        /// <summary>Last day, in UTC.</summary>
        public DateOnly? To { get; init; }

        /// <summary>What the page before gave as its next; null for the first.</summary>
        public string? Before { get; init; }

        /// <summary>One of <c>when</c>, <c>who</c>, <c>what</c> and <c>subject</c>; with a minus sign in front the other way round. The newest first where it is null.</summary>
        public string? Sort { get; init; }
    }

    /// <param name="Count">Records that fit, on all pages.</param>
    /// <param name="Next">To ask for the next page with; null at the end.</param>
    /// <param name="People">Everyone who stands in the records, to choose from; some hundred.</param>
    /// <param name="Verbs">Every verb that stands in them.</param>
    /// <param name="Sort">The order they are in.</param>
    public sealed record Result(IReadOnlyList<AuditRecord> Records, long Count, string? Next, IReadOnlyList<string> People, IReadOnlyList<string> Verbs, string Sort);

    public Outcome<Result> Run(Request request)
    {
        if (request.From > request.To) return Audit.Refusals.DaysReversed(request.From.Value, request.To.Value);
        return books.Read<Outcome<Result>>(db =>
        {
            var page = Order.Page(Matching(db, request), request.Sort, request.Before, PageSize);
            var all = Of(db, request);
            WhoActed.Tell(db, page.Rows);
            var people = all.Select(record => record.By).Distinct().OrderBy(by => by).Take(200).ToList();
            var known = WhoActed.Known(db, people);
            return new Result(page.Rows, Matching(db, request).LongCount(), page.Next,
                [.. people.Select(by => known.GetValueOrDefault(by, by)).Distinct().Order(StringComparer.Ordinal)], all.Select(record => record.Verb).Distinct().OrderBy(verb => verb).Take(500).ToList(), page.Sort);
        });
    }

    /// <summary>Every record that the request asks for, in its order, one by one: for a file. The page asked for does not count.</summary>
    /// <param name="take">Called for each record while the books are read.</param>
    /// <returns>How many there were.</returns>
    public Outcome<long> Export(Request request, Action<AuditRecord> take)
    {
        if (request.From > request.To) return Audit.Refusals.DaysReversed(request.From.Value, request.To.Value);
        return books.Read<Outcome<long>>(db =>
        {
            long count = 0;
            var known = WhoActed.Known(db, Matching(db, request).Select(record => record.By).Distinct().ToList());
            foreach (var row in Order.All(Matching(db, request), request.Sort).AsNoTracking()
                .Select(record => new { record, Address = db.AuditAddresses.Where(address => address.Chain == (record.CoOpId ?? 0) && address.Number == record.Number).Select(address => address.Address).FirstOrDefault() }).AsEnumerable())
            {
                WhoActed.Tell(row.record, known, row.Address);
                take(row.record);
                count++;
            }
            return count;
        });
    }

    private static IQueryable<AuditRecord> Of(EvergreenDb db, Request request) => db.AuditRecords.Where(record => record.CoOpId == request.CoOpId || (request.WholeHouse && record.CoOpId == null));

    private static IQueryable<AuditRecord> Matching(EvergreenDb db, Request request)
    {
        var records = Of(db, request);
        if (request.By?.Trim() is { Length: > 0 } by)
        {
            var names = Called(db, request.CoOpId, by);
            records = records.Where(record => names.Contains(record.By));
        }
        if (request.Subject?.Trim() is { Length: > 0 } subject)
        {
            var parts = PartsOf(subject);
            records = parts is null ? records.Where(record => record.Subject == subject) : records.Where(record => record.Subject == subject || record.Subject.StartsWith(parts));
        }
        if (request.Verb?.Trim() is { Length: > 0 } verb) records = verb.EndsWith('.') ? records.Where(record => record.Verb.StartsWith(verb)) : records.Where(record => record.Verb == verb);
        if (request.From is { } from)
        {
            var start = from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            records = records.Where(record => record.At >= start);
        }
        if (request.To is { } to)
        {
            var end = to.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
            records = records.Where(record => record.At < end);
        }
        return records;
    }

    /// <returns>All names under which the books know somebody: as it was asked, and by the numbers of the accounts and the co-op's members that have this name or mail address now.</returns>
    private static string[] Called(EvergreenDb db, int coOpId, string asked)
    {
        var at = asked.IndexOf(Actors.By, StringComparison.Ordinal);
        var (who, app) = at < 0 ? (asked, "") : (asked[..at], asked[at..]);
        var mail = SignIn.Normal(who);
        var accounts = db.SignIns.Where(user => user.NormalizedUserName == mail || user.DisplayName == who).Select(user => user.Id).ToArray();
        var named = accounts.Select(id => Actors.Account(id) + app).Prepend(asked);
        if (app.Length > 0) return [.. named];
        var linked = db.MemberSignIns.Where(link => link.CoOpId == coOpId && accounts.Contains(link.UserId)).Select(link => link.MemberId).ToArray();
        return [.. named, .. db.Members.Where(member => member.CoOpId == coOpId && (member.Email == who || member.Name == who || linked.Contains(member.Id))).Select(member => member.Number).ToList().Select(Actors.Member)];
    }

    /// <returns>How the subjects of what belongs to a thing begin; null where nothing does. Its last sign keeps run 2025-1 apart from run 2025-10.</returns>
    private static string? PartsOf(string subject) =>
        subject.StartsWith("run ", StringComparison.Ordinal) || subject.StartsWith("year ", StringComparison.Ordinal) ? $"{subject}, "
        : subject.StartsWith("policy ", StringComparison.Ordinal) ? $"{subject} version " : null;
}

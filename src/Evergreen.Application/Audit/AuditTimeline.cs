using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Audit;

/// <summary>Who did what, when and why: the newest first, by whom, by what, by when and on what, a page at a time.</summary>
public sealed class AuditTimeline(Books books)
{
    public const int PageSize = 50;

    /// <param name="CoOpId">The co-op whose records are shown.</param>
    public sealed record Request(int CoOpId)
    {
        /// <summary>Records that belong to no co-op (sign-ins, users) are shown too.</summary>
        public bool WholeHouse { get; init; }

        /// <summary>The person, exactly.</summary>
        public string? By { get; init; }

        /// <summary>A verb such as <c>import.upload</c>, or all of a kind: <c>import.</c></summary>
        public string? Verb { get; init; }

        /// <summary>What was touched, exactly, e.g. <c>member 0042</c>.</summary>
        public string? Subject { get; init; }

        /// <summary>First day, in UTC.</summary>
        public DateOnly? From { get; init; }

        /// <summary>Last day, in UTC.</summary>
        public DateOnly? To { get; init; }

        /// <summary>Records with lower ids than this; null for the newest.</summary>
        public long? Before { get; init; }
    }

    /// <param name="Count">Records that fit, on all pages.</param>
    /// <param name="Next">To ask for the next page with; null at the end.</param>
    /// <param name="People">Everyone who stands in the records, to choose from; some hundred.</param>
    /// <param name="Verbs">Every verb that stands in them.</param>
    public sealed record Result(IReadOnlyList<AuditRecord> Records, long Count, long? Next, IReadOnlyList<string> People, IReadOnlyList<string> Verbs);

    public Outcome<Result> Run(Request request)
    {
        if (request.From > request.To) return Refusals.DaysReversed(request.From.Value, request.To.Value);
        return books.Read<Outcome<Result>>(db =>
        {
            var page = Matching(db, request).Where(record => request.Before == null || record.Id < request.Before).OrderByDescending(record => record.Id).Take(PageSize + 1).ToList();
            var all = Of(db, request);
            return new Result(page.Take(PageSize).ToList(), Matching(db, request).LongCount(), page.Count > PageSize ? page[PageSize - 1].Id : null,
                all.Select(record => record.By).Distinct().OrderBy(by => by).Take(200).ToList(), all.Select(record => record.Verb).Distinct().OrderBy(verb => verb).Take(500).ToList());
        });
    }

    /// <summary>Every record that the request asks for, from the newest on, one by one: for a file. The page asked for does not count.</summary>
    /// <param name="take">Called for each record while the books are read.</param>
    /// <returns>How many there were.</returns>
    public Outcome<long> Export(Request request, Action<AuditRecord> take)
    {
        if (request.From > request.To) return Refusals.DaysReversed(request.From.Value, request.To.Value);
        return books.Read<Outcome<long>>(db =>
        {
            long count = 0;
            foreach (var record in Matching(db, request).OrderByDescending(record => record.Id).AsNoTracking().AsEnumerable())
            {
                take(record);
                count++;
            }
            return count;
        });
    }

    private static IQueryable<AuditRecord> Of(EvergreenDb db, Request request) => db.AuditRecords.Where(record => record.CoOpId == request.CoOpId || (request.WholeHouse && record.CoOpId == null));

    private static IQueryable<AuditRecord> Matching(EvergreenDb db, Request request)
    {
        var records = Of(db, request);
        if (!string.IsNullOrWhiteSpace(request.By)) records = records.Where(record => record.By == request.By.Trim());
        if (!string.IsNullOrWhiteSpace(request.Subject)) records = records.Where(record => record.Subject == request.Subject.Trim());
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
}

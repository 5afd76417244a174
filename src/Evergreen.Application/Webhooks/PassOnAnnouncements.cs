using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Webhooks;

/// <summary>Gives each event its number among those of its subject, and queues it for every webhook that wants it, in one transaction: so once.</summary>
public sealed class PassOnAnnouncements(Books books)
{
    /// <summary>At one go.</summary>
    private const int Slice = 200;

    /// <returns>How many deliveries were queued.</returns>
    public int Run()
    {
        var queued = 0;
        while (books.Read(db => db.Announcements.Any(announcement => announcement.Sequence == null)))
        {
            var (seen, made) = books.Write<(int, int)>(dryRun: false, db => Pass(db)).Value;
            queued += made;
            if (seen < Slice) break;
        }
        return queued;
    }

    private (int Seen, int Made) Pass(EvergreenDb db)
    {
        var now = books.Now;
        var waiting = db.Announcements.Where(announcement => announcement.Sequence == null).OrderBy(announcement => announcement.Id).Take(Slice).ToList();
        var coOps = db.CoOps.AsNoTracking().ToDictionary(coOp => coOp.Id, coOp => coOp.Code);
        var endpoints = db.WebhookEndpoints.AsNoTracking().Where(endpoint => endpoint.DisabledAt == null && endpoint.WithdrawnAt == null).OrderBy(endpoint => endpoint.Id).ToList();
        var last = LastNumbers(db, waiting.Select(announcement => announcement.Subject).Distinct().ToList());
        var made = 0;
        foreach (var announcement in waiting)
        {
            var subject = (announcement.CoOpId, announcement.Subject);
            announcement.Sequence = last[subject] = last.GetValueOrDefault(subject) + 1;
            // An address hears of what happens after it was registered.
            foreach (var endpoint in endpoints.Where(endpoint => endpoint.CoOpId == announcement.CoOpId && endpoint.CreatedAt <= announcement.At && endpoint.Wants(announcement.Type)))
            {
                db.WebhookDeliveries.Add(WebhookMessage.Of(endpoint, coOps[announcement.CoOpId], announcement, now));
                made++;
            }
        }
        return (waiting.Count, made);
    }

    private static Dictionary<(int, string), int> LastNumbers(EvergreenDb db, List<string> subjects) =>
        db.Announcements.Where(announcement => subjects.Contains(announcement.Subject) && announcement.Sequence != null)
            .GroupBy(announcement => new { announcement.CoOpId, announcement.Subject }).Select(group => new { group.Key.CoOpId, group.Key.Subject, Last = group.Max(announcement => announcement.Sequence!.Value) })
            .ToDictionary(group => (group.CoOpId, group.Subject), group => group.Last);
}

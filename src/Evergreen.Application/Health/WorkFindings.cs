using Evergreen.Application.Storage;
using Evergreen.Domain.Mail;

namespace Evergreen.Application.Health;

/// <summary>What the books themselves tell: mail that waits, where each ledger ends, and whether the clock has gone back behind what is recorded.</summary>
internal sealed class WorkFindings(Books books)
{
    private static readonly TimeSpan LongWait = TimeSpan.FromHours(1), TooLong = TimeSpan.FromDays(1), Week = TimeSpan.FromDays(7);

    /// <summary>Clocks of several machines are never quite the same.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5), FarApart = TimeSpan.FromMinutes(5);

    /// <summary>Enough of the last records that one written while the clock was ahead is among them.</summary>
    private const int LastRecords = 200;

    public IEnumerable<Finding> Run() => books.Read<Finding[]>(db => [Mail(db), Ledger(db), Clock(db)]);

    private Finding Mail(EvergreenDb db)
    {
        const string code = "mail", name = "Mail that waits";
        var weekAgo = books.Now - Week;
        var waiting = db.Mails.Where(mail => mail.State == MailState.Queued || mail.State == MailState.Sending);
        var count = waiting.Count();
        var failed = db.Mails.Count(mail => mail.State == MailState.Failed && mail.QueuedAt >= weekAgo);
        var ended = failed == 0 ? "" : $" Of the last 7 days, {InWords.Many(failed, "mail")} could not be sent.";
        if (count == 0) return new(code, name, HealthState.Good, $"None.{ended}");
        var age = books.Now - waiting.OrderBy(mail => mail.QueuedAt).Select(mail => mail.QueuedAt).First();
        if (age < TimeSpan.Zero) age = TimeSpan.Zero;
        var measured = $"{InWords.Many(count, "mail")}, the oldest for {InWords.Time(age)}.{ended}";
        return age < LongWait ? new(code, name, HealthState.Good, measured)
            : new(code, name, age < TooLong ? HealthState.Warning : HealthState.Bad, measured, "See that the site runs and that its mail server takes mail: send a test under Settings, Mail. The log of the site says why mails wait.");
    }

    /// <summary>The end of each chain only. That nothing before it was changed is for <c>evergreen check</c>.</summary>
    private Finding Ledger(EvergreenDb db)
    {
        const string code = "ledger", name = "End of the ledger";
        var ends = (from head in db.LedgerHeads
                    join entry in db.LedgerEntries on new { head.CoOpId, head.Sequence } equals new { entry.CoOpId, entry.Sequence } into last
                    from entry in last.DefaultIfEmpty()
                    orderby head.CoOpId
                    select new { head.Sequence, head.RecordedAt, head.Hash, Written = entry == null ? null : entry.Hash, Beyond = db.LedgerEntries.Any(later => later.CoOpId == head.CoOpId && later.Sequence > head.Sequence) }).ToList();
        var wrong = ends.Count(end => end.Beyond || (end.Sequence > 0 && (end.Written is null || !end.Written.AsSpan().SequenceEqual(end.Hash))));
        if (wrong > 0) return new(code, name, HealthState.Bad, $"{wrong} of {InWords.Many(ends.Count, "ledger")} does not end with the entry and hash that were noted.", "Post nothing. Run: evergreen check. It names the co-op and the entry; then find out who changed the database, or restore a copy from before.");
        var written = ends.Where(end => end.Sequence > 0).ToList();
        if (written.Count == 0) return new(code, name, HealthState.Good, "Nothing is posted yet.");
        var age = books.Now - written.Max(end => end.RecordedAt);
        var since = age < TimeSpan.Zero ? "the last entry is dated ahead of the clock" : $"the last entry was recorded {InWords.Time(age)} ago";
        return new(code, name, HealthState.Good, $"{InWords.Many(written.Sum(end => end.Sequence), "entry", "entries")} in {InWords.Many(written.Count, "ledger")}, each ending as noted; {since}.");
    }

    private Finding Clock(EvergreenDb db)
    {
        const string code = "clock", name = "Clock";
        var head = db.LedgerHeads.Max(last => (DateTime?)last.RecordedAt);
        var record = db.AuditRecords.OrderByDescending(last => last.Id).Select(last => last.At).Take(LastRecords).Max(at => (DateTime?)at);
        var newest = head > record || record is null ? head : record;
        var now = books.Now;
        if (newest is null || newest <= DateTime.UnixEpoch) return new(code, name, HealthState.Good, $"{InWords.Moment(now)}.");
        var behind = newest.Value - now;
        if (behind < Apart) return new(code, name, HealthState.Good, $"{InWords.Moment(now)}; the newest record is of {InWords.Moment(newest.Value)}.");
        return new(code, name, behind < FarApart ? HealthState.Warning : HealthState.Bad, $"{InWords.Moment(now)}, which is {InWords.Time(behind)} before the newest record in the books ({InWords.Moment(newest.Value)}): the clock went back, or was ahead then.",
            "Set the clock of this machine and let it be kept by NTP. Ledger entries stay in order meanwhile: each bears the time of the one before until the clock has caught up.");
    }
}

using Evergreen.Application.Storage;
using Evergreen.Domain.Audit;

namespace Evergreen.Application.Audit;

/// <summary>Writes down what a verb did and from where it was asked for (<see cref="Whence"/>), in the same transaction as the doing: last of all, when the transaction ends (<see cref="AuditGuard"/>). What people typed stays on one line, see <see cref="OneLine"/>.</summary>
public static class AuditTrail
{
    public static void Add(EvergreenDb db, int? coOpId, DateTime at, string by, string verb, string subject, string? detail = null, string? from = null)
    {
        var record = Of(coOpId, at, by, verb, subject, detail, from);
        db.Noted.Add(record);
        AnnouncedVerbs.Add(db, record);
    }

    /// <summary>Records of many small deeds at once, each on its own line. Other programs are not told of them.</summary>
    public static void Add(EvergreenDb db, IEnumerable<AuditRecord> records) => db.Noted.AddRange(records);

    public static AuditRecord Of(int? coOpId, DateTime at, string by, string verb, string subject, string? detail = null, string? from = null) =>
        new() { CoOpId = coOpId, At = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond)), By = OneLine.Of(by), Verb = verb, Subject = OneLine.Of(subject), Detail = detail is null ? null : OneLine.Of(detail), From = from is null ? Whence.Current : Whence.Cut(from) };
}

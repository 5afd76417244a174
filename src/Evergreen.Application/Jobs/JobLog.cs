using Evergreen.Application.Storage;
using Evergreen.Domain.Jobs;

namespace Evergreen.Application.Jobs;

/// <summary>Adds to a job's log, in the transaction that holds the job.</summary>
internal static class JobLog
{
    public static void Add(EvergreenDb db, int jobId, DateTime at, params IReadOnlyCollection<string> lines)
    {
        if (lines.Count == 0) return;
        var last = db.JobLines.Where(line => line.JobId == jobId).Max(line => (int?)line.No) ?? 0;
        db.JobLines.AddRange(lines.Select((text, i) => new JobLine { JobId = jobId, No = last + 1 + i, At = at, Text = text }));
    }
}

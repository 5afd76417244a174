using System.Globalization;
using Evergreen.Application.Jobs;
using Evergreen.Domain.Jobs;

namespace Evergreen.Web.Office.Jobs;

/// <summary>How jobs are spoken of, on the page and in what it is told later.</summary>
public static class JobWords
{
    public static string State(Job job) => job.CancelAskedAt is not null && job.State == JobState.Running ? "Stopping" : State(job.State);

    public static string State(JobState state) => state switch { JobState.Queued => "Waiting", JobState.Running => "Running", JobState.Done => "Done", JobState.Failed => "Failed", _ => "Cancelled" };

    public static string Line(JobLine line) => $"{line.At.ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}  {line.Text}";

    public static string Left(JobPage.Result page)
    {
        if (page.PerMinute is not { } rate) return "";
        var left = page.SecondsLeft switch { null => "", < 60 and var seconds => $", about {seconds} {(seconds == 1 ? "second" : "seconds")} left", var seconds => $", about {(seconds + 59) / 60} minutes left" };
        return $"{rate.ToString("N0", CultureInfo.InvariantCulture)} a minute{left}";
    }
}

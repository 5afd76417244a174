using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;

namespace Evergreen.Application.Jobs;

/// <summary>Why a verb about jobs says no, or why a job ended without its result.</summary>
public static class Refusals
{
    public static Refusal KindUnknown(string kind) => new("job-kind-unknown", $"Nobody here knows how to do '{kind}'.");
    public static Refusal KeyMissing() => new("job-key-missing", "A job is asked for under a key, so that asking twice starts it once.");
    public static Refusal KeyUsed(int job) => new("job-key-used", $"Job {job} was asked for under the same key and is about something else. Open the page again and ask anew.");
    public static Refusal Unknown(int job) => new("job-unknown", $"There is no job {job} here.");
    public static Refusal Over(int job, JobState state) => new("job-over", $"Job {job} is over already: {(state == JobState.Done ? "done" : state == JobState.Failed ? "failed" : "cancelled")}.");
    public static Refusal LeaseLost(int job) => new("job-lease-lost", $"Job {job} is in other hands now. Nothing was written.");
    public static Refusal GaveUp(int job, int tries) => new("job-gave-up", $"Job {job} was begun {tries} times and never came to an end, so it is not begun again. Look at the program's log for the reason, then ask for it anew.");
    public static Refusal Broke(int job) => new("job-broke", $"A fault of the program ended job {job}. What it had not finished was not kept. The reason is in the program's log under this number.");
}

using System.Text.Json;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Jobs;

/// <summary>How one kind of long work is done.</summary>
/// <param name="Name">Stored with each job, e.g. <c>statements.issue</c>.</param>
/// <param name="Title">As people say it, e.g. <c>Issue statements</c>.</param>
public sealed record JobKind(string Name, string Title, JobWork Work);

/// <summary>Does the work. It may be begun several times, by one program or another, until it comes to an end: whatever it does, done again, must change nothing more.</summary>
/// <param name="books">Writes are refused with <see cref="LeaseLostException"/> from the moment the job is in other hands.</param>
/// <param name="stop">Stop at the next step that leaves things whole, by <see cref="OperationCanceledException"/>; what is committed stays.</param>
public delegate Outcome<JobResult> JobWork(Books books, JobTask task, JobVoice voice, CancellationToken stop);

/// <summary>What a worker is told of its job.</summary>
/// <param name="Folder">For files on the way; the job's own, and this worker's. Created when first asked for.</param>
public sealed record JobTask(int JobId, int? CoOpId, string By, string RequestJson, Func<string> Folder)
{
    /// <summary>What was asked for, in the form of the kind.</summary>
    public T Request<T>() => JsonSerializer.Deserialize<T>(RequestJson, JsonSerializerOptions.Web) ?? throw new JsonException($"The request of job {JobId} is empty.");

    /// <summary>Writes down what came of the job in the very transaction that does its work. Whatever happens between that commit and the job's end, the job then ends as done and with this; begun again the work would not find what it has done.</summary>
    public void Settle(EvergreenDb db, JobResult result)
    {
        var json = result.ToJson();
        db.Jobs.Where(job => job.Id == JobId).ExecuteUpdate(set => set.SetProperty(job => job.ResultJson, json));
    }
}

/// <summary>How a worker tells how far it is. Cheap: may be called for every row, from any thread.</summary>
/// <param name="Progress">Stage, how much of it is done, and how much there is; zero where nobody knows.</param>
/// <param name="Log">A sentence for the log that people read.</param>
public sealed record JobVoice(Action<string, int, int> Progress, Action<string> Log);

/// <summary>What came of a job.</summary>
/// <param name="Sentence">For people, e.g. <c>412 statements were issued.</c></param>
/// <param name="File">A file in the task's folder that is to be kept; null where none is.</param>
/// <param name="FileName">What people see it called.</param>
/// <param name="Run">The dividend run that it led to; null where it led to none.</param>
/// <param name="Import">The import that it was about; null where it was about none.</param>
public sealed record JobResult(string Sentence, string? File = null, string? FileName = null, string? Run = null, int? Import = null)
{
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
    public static JobResult? FromJson(string? json) => json is null ? null : JsonSerializer.Deserialize<JobResult>(json, JsonSerializerOptions.Web);
}

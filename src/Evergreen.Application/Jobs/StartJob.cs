using System.Text.Json;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Jobs;

/// <summary>Asks for long work. It is begun by whichever program takes it first; asked for again under the same key it is the same job.</summary>
public sealed class StartJob(Books books, JobKinds kinds)
{
    /// <param name="Subject">What it is about, for lists and the audit trail: no names.</param>
    /// <param name="Order">What is asked for, in the form of the kind; stored as JSON.</param>
    /// <param name="Page">Where the form leads that asks for it, by the job's number. Noted together with the job: whoever takes it may keep the books busy before the answer is on its way.</param>
    public sealed record Request(string Kind, int? CoOpId, string Subject, object Order, string OnceKey, string By, Func<int, string>? Page = null);

    /// <param name="AlreadyThere">It was asked for before under this key.</param>
    public sealed record Result(int JobId, bool AlreadyThere);

    public Outcome<Result> Run(Request request)
    {
        if (kinds.Find(request.Kind) is null) return Refusals.KindUnknown(request.Kind);
        if (string.IsNullOrWhiteSpace(request.OnceKey)) return Refusals.KeyMissing();
        var json = JsonSerializer.Serialize(request.Order, JsonSerializerOptions.Web);
        return books.Write<Result>(false, db => Start(db, request, json), db => Before(db, request) is { } before ? new Result(before.Id, true) : (Outcome<Result>?)null);
    }

    private Outcome<Result> Start(EvergreenDb db, Request request, string json)
    {
        if (Before(db, request) is { } before) return before.RequestJson == json && before.CoOpId == request.CoOpId ? new Result(before.Id, true) : Refusals.KeyUsed(before.Id);
        var job = new Job { CoOpId = request.CoOpId, Kind = request.Kind, Subject = request.Subject, OnceKey = request.OnceKey, RequestJson = json, By = request.By, At = books.Now };
        db.Jobs.Add(job);
        db.SaveChanges();
        if (request.Page is { } page) OnceKey.AnswerWithin(db, page(job.Id));
        AuditTrail.Add(db, request.CoOpId, job.At, request.By, "jobs.start", $"job {job.Id}", $"{request.Kind}, {request.Subject}");
        return new Result(job.Id, false);
    }

    private static Job? Before(EvergreenDb db, Request request) => db.Jobs.AsNoTracking().SingleOrDefault(job => job.Kind == request.Kind && job.OnceKey == request.OnceKey);
}

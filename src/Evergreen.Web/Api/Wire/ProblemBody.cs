using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Evergreen.Domain.Arithmetic;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Api.Wire;

/// <summary>One mistake within a call.</summary>
/// <param name="Pointer">Where it is: a JSON pointer into the body (RFC 6901) as a fragment, such as <c>#/amount</c>, or the name of a parameter.</param>
public sealed record ProblemError(string Pointer, string Detail);

/// <summary>How the API says that something is wrong: RFC 9457, with a code that stays the same, the places of the mistakes, and the number to name when asking for help.</summary>
/// <param name="Type">Where the problem is explained, relative to the site.</param>
/// <param name="Detail">What is wrong this time.</param>
public sealed record ProblemBody(string Type, string Title, int Status, string Detail, string Code, string TraceId, IReadOnlyList<ProblemError>? Errors = null)
{
    public const string ContentType = "application/problem+json";

    public static ProblemBody Of(HttpContext context, KnownProblem problem, string? detail = null, IReadOnlyList<ProblemError>? errors = null) =>
        new(problem.Type, problem.Title, problem.Status, detail ?? problem.Remedy, problem.Code, Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier, errors is { Count: > 0 } ? errors : null);
}

/// <summary>A problem as the answer to a call.</summary>
public sealed class ProblemResult(KnownProblem problem, string? detail = null, IReadOnlyList<ProblemError>? errors = null, int? retryAfterSeconds = null) : IActionResult
{
    public KnownProblem Problem => problem;

    public static ProblemResult Of(Refusal refusal, params string[] pointers) => new(KnownProblem.Of(refusal.Code), refusal.Sentence, [.. pointers.Select(pointer => new ProblemError(pointer, refusal.Sentence))]);

    public Task ExecuteResultAsync(ActionContext context) => Write(context.HttpContext);

    public async Task Write(HttpContext context)
    {
        var response = context.Response;
        (response.StatusCode, response.ContentType) = (problem.Status, ProblemBody.ContentType);
        if (retryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(ProblemBody.Of(context, problem, detail, errors), WireJson.Options), context.RequestAborted);
    }
}

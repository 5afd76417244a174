using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Layout;

/// <summary>How the API says that something is wrong: RFC 9457, with a code that stays the same and the number to name when asking for help.</summary>
public static class ApiProblem
{
    public const string ContentType = "application/problem+json";

    /// <param name="code">For machines; it becomes the end of <c>type</c> too.</param>
    public static ObjectResult Of(HttpContext context, int status, string code, string sentence)
    {
        var problem = new ProblemDetails { Type = $"/api/problems#{code}", Title = sentence, Status = status, Extensions = { ["code"] = code, ["traceId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier } };
        return new ObjectResult(problem) { StatusCode = status, ContentTypes = { ContentType }, DeclaredType = typeof(ProblemDetails) };
    }
}

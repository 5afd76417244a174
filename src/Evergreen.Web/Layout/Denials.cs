using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Web.Api.Wire;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace Evergreen.Web.Layout;

/// <summary>Writes down what a known person or program was denied beyond the office's permissions: a scope, or what is not there for them. By the address with its parts in braces, so that nothing of whose it is gets into the trail.</summary>
/// <remarks>The same to the same person is written once a minute, and some hundred things at most: whoever tries numbers without end is seen, and does not fill the books. One for each running site.</remarks>
public sealed class Denials(Books books)
{
    /// <summary>Records of one person or program in a minute.</summary>
    public const int MostInAMinute = 100;

    private const int LongestCode = 64;

    private readonly Lock turn = new();
    private readonly Dictionary<string, HashSet<(string CoOp, string What)>> told = new(StringComparer.Ordinal);
    private long minute;

    /// <param name="by">Who was denied, as the audit names them.</param>
    /// <param name="coOp">Null where the address names none that there is.</param>
    /// <param name="code">The co-op's code, where its number is not known.</param>
    public void Note(HttpContext http, string by, int? coOp, string reason, string? code = null)
    {
        var what = $"{http.Request.Method} {(http.GetEndpoint() is RouteEndpoint endpoint ? AddressPattern.Of(endpoint) : http.Request.Path.Value)}";
        // By the code as it was asked for: whether there is such a co-op makes no difference in time.
        if (IsNews(by, http.GetRouteValue("coop") as string ?? "", what)) new RecordDenial(books).Run(new(by, coOp, null, what, http.Connection.RemoteIpAddress?.ToString() ?? "unknown", Reason: reason, CoOpCode: code));
    }

    private bool IsNews(string by, string code, string what)
    {
        var now = books.Now.Ticks / TimeSpan.TicksPerMinute;
        lock (turn)
        {
            if (minute != now) told.Clear();
            minute = now;
            if (!told.TryGetValue(by, out var mine)) told[by] = mine = [];
            return mine.Count < MostInAMinute && mine.Add((code.Length > LongestCode ? code[..LongestCode] : code, what));
        }
    }
}

/// <summary>Notes each answer that something is not there, given to someone known on a page or call that is not open to all. Whether it belongs to another or never was is not looked up: the answer is the same, and so is the time it takes.</summary>
public sealed class HiddenFilter(Desk desk, ApiDesk api, Denials denials) : IAlwaysRunResultFilter
{
    private bool isNoted;

    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (IsMissing(context.Result) || context.HttpContext.Response.StatusCode == StatusCodes.Status404NotFound) Note(context);
    }

    /// <summary>A stream says only when it is begun that there is none.</summary>
    public void OnResultExecuted(ResultExecutedContext context)
    {
        if (context.HttpContext.Response.StatusCode == StatusCodes.Status404NotFound) Note(context);
    }

    private void Note(FilterContext context)
    {
        if (isNoted || context.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any()) return;
        isNoted = true;
        const string Reason = "not there for them: another's, or nothing";
        if (api.IsSeated) denials.Note(context.HttpContext, api.By, api.CoOp.Id, Reason);
        // By its code: were the co-op looked up here, the page that says so would bear its name, and tell who has no part in it that it is there.
        else if (desk.IsSignedIn) denials.Note(context.HttpContext, desk.Person, null, Reason, context.HttpContext.GetRouteValue("coop") as string);
    }

    private static bool IsMissing(IActionResult result) => result switch
    {
        ProblemResult answer => answer.Problem.Status == StatusCodes.Status404NotFound,
        IStatusCodeActionResult answer => answer.StatusCode == StatusCodes.Status404NotFound,
        _ => false,
    };
}

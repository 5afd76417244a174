using System.Globalization;
using Evergreen.Application.Members;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace Evergreen.Web.Layout;

/// <summary>Writes down who of the office, and which program, is shown a member's record or handed a list of all: once a day for each, so that the member can see who looked. It goes by the address, so that no page has to think of it.</summary>
public sealed class LookFilter(Desk desk, ApiDesk api, TodaysLooks known) : IResultFilter
{
    public enum Reach
    {
        /// <summary>The address names one member.</summary>
        One = 1,

        /// <summary>A request that one member made.</summary>
        Asker = 2,

        /// <summary>A file or answer about all of them.</summary>
        All = 3,
    }

    /// <summary>Addresses that hand out many members at once. A list on the screen is none: it is how one finds the record one wants.</summary>
    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal)
    {
        "/office/{coop}/members/members.{format}", "/office/{coop}/members/register.{format}", "/office/{coop}/members/households.{format}", "/office/{coop}/members/duplicates.{format}", "/office/{coop}/members/requests.{format}",
        "/office/{coop}/dividends/runs/{run}/members.{format}", "/office/{coop}/dividends/runs/{run}/worksheet.csv", "/office/{coop}/dividends/runs/{run}/worksheet.xlsx",
        "/office/{coop}/dividends/runs/{run}/rehearsal/{finding}.{format}", "/office/{coop}/dividends/{year}/what-if/members.{format}", "/office/{coop}/ledger/accounts/{account}/entries.{format}",
        "/office/{coop}/statements/{run}/received.{format}", "/office/{coop}/statements/{run}/files/{id}", "/office/{coop}/statements/tax-forms/{year}/forms.{format}", "/office/{coop}/statements/tax-forms/{year}/paper.pdf",
        "/api/v1/members", "/api/v1/equity", "/api/v1/runs/{run}/allocations", "/api/v1/statements", "/api/v1/purchases", "/api/v1/hours",
    };

    /// <param name="pattern">An address with its parts in braces, without their constraints: <c>/office/{coop}/members/{number}</c>.</param>
    /// <returns>Null where it shows nobody's record.</returns>
    public static Reach? Of(string pattern) =>
        Whole.Contains(pattern) ? Reach.All
        : pattern.StartsWith("/office/{coop}/members/requests/{request}", StringComparison.Ordinal) ? Reach.Asker
        : Named(pattern) is not null ? Reach.One
        : null;

    /// <summary>The part of the address that is a member's number.</summary>
    private static string? Named(string pattern) =>
        pattern.StartsWith("/api/v1/statements/{run}/{number}", StringComparison.Ordinal) || (pattern.Contains("/members/{number}", StringComparison.Ordinal) && !pattern.StartsWith("/my", StringComparison.Ordinal)) ? "number"
        : pattern.Contains("/members/{member}", StringComparison.Ordinal) ? "member"
        : null;

    public void OnResultExecuting(ResultExecutingContext context)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsGet(http.Request.Method) || http.GetEndpoint() is not RouteEndpoint endpoint || !IsShown(http, context.Result)) return;
        var pattern = AddressPattern.Of(endpoint);
        if (Of(pattern) is not { } reach) return;
        var (coOp, by) = TokenDoor.IsApi(http.Request.Path) ? (api.CoOp, api.By) : (desk.CoOp, desk.Person);
        var member = reach switch
        {
            Reach.One => Part(http, Named(pattern)!),
            Reach.Asker => new ListRequests(desk.Books).One(coOp.Code, int.Parse(Part(http, "request")!, CultureInfo.InvariantCulture)).Value.Member,
            _ => null,
        };
        if (known.Holds(coOp.Id, member, by, desk.Books.Now)) return;
        if (member is null) new NoteLook(desk.Books).Everybody(coOp.Id, by);
        else new NoteLook(desk.Books).Run(coOp.Id, member, by);
        known.Keep(coOp.Id, member, by);
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }

    private static string? Part(HttpContext http, string name) => http.Request.RouteValues[name] as string;

    /// <summary>Not a refusal and not a way on; that the reader has it already counts.</summary>
    private static bool IsShown(HttpContext http, IActionResult result) =>
        result is ViewResult or FileResult or IStatusCodeActionResult { StatusCode: StatusCodes.Status304NotModified } && ((result as IStatusCodeActionResult)?.StatusCode ?? http.Response.StatusCode) < 400;
}

/// <summary>Looks of this day that are written down already, so that a program which asks all day long is not looked up each time. One for each running site; after a restart the books are asked.</summary>
public sealed class TodaysLooks
{
    private const int Most = 10_000;
    private readonly Lock turn = new();
    private readonly HashSet<(int CoOp, string? Member, string By)> looks = [];
    private DateTime day;

    /// <param name="member">Null for all of them.</param>
    /// <param name="now">UTC, by which days are counted.</param>
    public bool Holds(int coOp, string? member, string by, DateTime now)
    {
        lock (turn)
        {
            if (day != now.Date || looks.Count >= Most) looks.Clear();
            day = now.Date;
            return looks.Contains((coOp, member, by));
        }
    }

    public void Keep(int coOp, string? member, string by)
    {
        lock (turn) looks.Add((coOp, member, by));
    }
}

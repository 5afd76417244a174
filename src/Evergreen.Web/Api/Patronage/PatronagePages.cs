using System.Globalization;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Api.Patronage;

/// <summary>Pages of purchases and hours: where one begins, and whose it is.</summary>
internal static class PatronagePages
{
    public static IActionResult? Read(ApiController controller, PageQuery page, bool ofOneMember, out int limit, out PatronageKey? after)
    {
        after = null;
        if (controller.ReadPage(page, 3, out limit, out var parts) is { } problem) return problem;
        if (parts is null) return null;
        var dated = DateOnly.TryParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on);
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var source) || dated != ofOneMember) return new ProblemResult(KnownProblem.QueryInvalid, errors: [new("after", "Send what the page before gave as its next, unchanged.")]);
        after = new PatronageKey(dated ? on : null, source, parts[2]);
        return null;
    }

    public static string? Next(PatronageKey? key) => key is null ? null : Cursor.Of(key.On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", key.Source, key.Id);

    /// <summary>An id as it was posted: a stroke in it may come plain or written as %2F, which the server leaves as it is.</summary>
    public static string Id(string part) => part.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <returns>True where a member is asked for and is not there.</returns>
    public static bool Members(ApiDesk desk, string? number, out IReadOnlyList<int>? members)
    {
        members = null;
        if (number is null) return false;
        members = desk.Books.Read(db =>
        {
            var id = db.Members.Where(member => member.CoOpId == desk.CoOp.Id && member.Number == number).Select(member => (int?)member.Id).SingleOrDefault();
            return id is null ? null : MemberIdentities.Of(db, id.Value);
        });
        return members is null;
    }
}

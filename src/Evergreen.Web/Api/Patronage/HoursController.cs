using Evergreen.Application.Access.Apps;
using Evergreen.Application.Patronage;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Api.Patronage;

/// <summary>Hours: payroll posts them, and programs read what is in the books.</summary>
[Area("Api")]
public sealed class HoursController(ApiDesk desk, RecordHours record, PatronageById read) : ApiController(desk)
{
    /// <summary>Records one row of hours.</summary>
    /// <remarks>Payroll's id is the key: a row that is there and says the same is answered 200 with Idempotency-Replayed, whatever the Idempotency-Key.</remarks>
    [HttpPost("/api/v1/hours")]
    [RequiresScope(AppScopes.HoursWrite)]
    [Keyed(16 << 10)]
    [ProducesResponseType<HoursEntry>(StatusCodes.Status201Created)]
    [ProducesResponseType<HoursEntry>(StatusCodes.Status200OK)]
    [Refuses("member-unknown", "period-closed", "date-implausible", "currency-differs", "hours-differ", "row-held")]
    public async Task<IActionResult> Record([StrictBody] HoursPost post)
    {
        var fields = new Fields("#");
        var line = post.Read(fields);
        if (fields.Errors.Count > 0) return new ProblemResult(KnownProblem.BodyInvalid, errors: fields.Errors);
        var done = await record.Run(new(Desk.CoOp.Code, Keyed.Call, Desk.By, [line], Single: true, (coOp, lines) => Posts.Single(HttpContext, lines[0], kept => HoursEntry.Of(kept, coOp.Currency))));
        return done.IsRefused ? ProblemResult.Of(done.Refusal!) : Told(done.Value);
    }

    /// <summary>Records up to 500 rows of hours, each answered for itself.</summary>
    [HttpPost("/api/v1/hours/batch")]
    [RequiresScope(AppScopes.HoursWrite)]
    [Keyed(1 << 20)]
    [ProducesResponseType<BatchAnswer<HoursEntry>>(StatusCodes.Status200OK)]
    [Refuses]
    public async Task<IActionResult> RecordMany([StrictBody] HoursBatch batch)
    {
        var (lines, problem) = Posts.Read(batch.Lines, (post, fields) => post.Read(fields));
        if (lines is null) return problem!;
        var done = await record.Run(new(Desk.CoOp.Code, Keyed.Call, Desk.By, lines, Single: false, (coOp, posted) => Posts.Many(posted, kept => HoursEntry.Of(kept, coOp.Currency))));
        return done.IsRefused ? ProblemResult.Of(done.Refusal!) : Told(done.Value);
    }

    /// <summary>Lists hours of all sources: by source and id, or one member's by date.</summary>
    /// <param name="member">A member's number; what came under records that were merged into the member's counts with it.</param>
    [HttpGet("/api/v1/hours")]
    [RequiresScope(AppScopes.HoursRead)]
    [ProducesResponseType<Page<ListedHours>>(StatusCodes.Status200OK)]
    [Refuses("not-found")]
    public IActionResult List([FromQuery] PageQuery page, [FromQuery] string? member = null)
    {
        if (PatronagePages.Read(this, page, member is not null, out var limit, out var after) is { } problem) return problem;
        if (PatronagePages.Members(Desk, member, out var members)) return Missing();
        var found = read.Hours(new(Desk.CoOp, limit, after, members));
        return Tagged(new Page<ListedHours>([.. found.Rows.Select(row => ListedHours.Of(row, Desk.CoOp.Currency))], PatronagePages.Next(found.Next)));
    }

    /// <summary>Shows hours that this program posted.</summary>
    /// <param name="id">The id under which they were posted.</param>
    [HttpGet("/api/v1/hours/{**id}")]
    [RequiresScope(AppScopes.HoursRead)]
    [ProducesResponseType<ListedHours>(StatusCodes.Status200OK)]
    [Refuses("not-found")]
    public IActionResult Show(string id) => read.Hours(Desk.CoOp, Desk.ClientId, PatronagePages.Id(id)) is { } row ? Tagged(ListedHours.Of(row, Desk.CoOp.Currency)) : Missing();
}

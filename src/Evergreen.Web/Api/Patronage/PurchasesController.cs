using Evergreen.Application.Access.Apps;
using Evergreen.Application.Patronage;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Api.Patronage;

/// <summary>Purchases: a till posts its receipts, and programs read what is in the books.</summary>
[Area("Api")]
public sealed class PurchasesController(ApiDesk desk, RecordPurchases record, PatronageById read) : ApiController(desk)
{
    /// <summary>Records one purchase.</summary>
    /// <remarks>The receipt's id is the key: a receipt that is there and says the same is answered 200 with Idempotency-Replayed, whatever the Idempotency-Key.</remarks>
    [HttpPost("/api/v1/purchases")]
    [RequiresScope(AppScopes.PurchasesWrite)]
    [Keyed(16 << 10)]
    [ProducesResponseType<PurchaseEntry>(StatusCodes.Status201Created)]
    [ProducesResponseType<PurchaseEntry>(StatusCodes.Status200OK)]
    [Refuses("member-unknown", "period-closed", "date-implausible", "currency-differs", "purchase-differs-amount", "purchase-differs", "row-held")]
    public async Task<IActionResult> Record([StrictBody] PurchasePost post)
    {
        var fields = new Fields("#");
        var line = post.Read(fields);
        if (fields.Errors.Count > 0) return new ProblemResult(KnownProblem.BodyInvalid, errors: fields.Errors);
        var done = await record.Run(new(Desk.CoOp.Code, Keyed.Call, Desk.By, [line], Single: true, (coOp, lines) => Posts.Single(HttpContext, lines[0], kept => PurchaseEntry.Of(kept, coOp.Currency))));
        return done.IsRefused ? ProblemResult.Of(done.Refusal!) : Told(done.Value);
    }

    /// <summary>Records up to 500 purchases, each answered for itself.</summary>
    [HttpPost("/api/v1/purchases/batch")]
    [RequiresScope(AppScopes.PurchasesWrite)]
    [Keyed(1 << 20)]
    [ProducesResponseType<BatchAnswer<PurchaseEntry>>(StatusCodes.Status200OK)]
    [Refuses]
    public async Task<IActionResult> RecordMany([StrictBody] PurchaseBatch batch)
    {
        var (lines, problem) = Posts.Read(batch.Lines, (post, fields) => post.Read(fields));
        if (lines is null) return problem!;
        var done = await record.Run(new(Desk.CoOp.Code, Keyed.Call, Desk.By, lines, Single: false, (coOp, posted) => Posts.Many(posted, kept => PurchaseEntry.Of(kept, coOp.Currency))));
        return done.IsRefused ? ProblemResult.Of(done.Refusal!) : Told(done.Value);
    }

    /// <summary>Lists purchases of all tills and files: by source and receipt, or one member's by date.</summary>
    /// <param name="member">A member's number; what came under records that were merged into the member's counts with it.</param>
    [HttpGet("/api/v1/purchases")]
    [RequiresScope(AppScopes.PurchasesRead)]
    [ProducesResponseType<Page<ListedPurchase>>(StatusCodes.Status200OK)]
    [Refuses("not-found")]
    public IActionResult List([FromQuery] PageQuery page, [FromQuery] string? member = null)
    {
        if (PatronagePages.Read(this, page, member is not null, out var limit, out var after) is { } problem) return problem;
        if (PatronagePages.Members(Desk, member, out var members)) return Missing();
        var found = read.Purchases(new(Desk.CoOp, limit, after, members));
        return Tagged(new Page<ListedPurchase>([.. found.Rows.Select(row => ListedPurchase.Of(row, Desk.CoOp.Currency))], PatronagePages.Next(found.Next)));
    }

    /// <summary>Shows a purchase that this program posted.</summary>
    /// <param name="receipt">The id under which it was posted.</param>
    [HttpGet("/api/v1/purchases/{**receipt}")]
    [RequiresScope(AppScopes.PurchasesRead)]
    [ProducesResponseType<ListedPurchase>(StatusCodes.Status200OK)]
    [Refuses("not-found")]
    public IActionResult Show(string receipt) => read.Purchase(Desk.CoOp, Desk.ClientId, PatronagePages.Id(receipt)) is { } row ? Tagged(ListedPurchase.Of(row, Desk.CoOp.Currency)) : Missing();
}

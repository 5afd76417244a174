using System.Collections.Frozen;

namespace Evergreen.Web.Api.Wire;

/// <summary>Something that the API may say is wrong. Every one is listed here, and the page of the site is made from this list.</summary>
/// <param name="Code">For machines; never changed once it was published.</param>
/// <param name="Title">The same for every occurrence.</param>
/// <param name="Remedy">What the sender does about it.</param>
/// <param name="Again">Whether the same call, sent again later with the same key, may succeed.</param>
public sealed record KnownProblem(string Code, int Status, string Title, string Remedy, bool Again = false)
{
    public static readonly KnownProblem TokenMissing = new("token-missing", 401, "No access token was sent", "Get a token from /connect/token and send it as 'Authorization: Bearer …'.");
    public static readonly KnownProblem TokenInvalid = new("token-invalid", 401, "The access token is not good", "It was changed, is not one of ours, or has run out. Get another.");
    public static readonly KnownProblem TokenWithdrawn = new("token-withdrawn", 401, "The app was withdrawn, or is no longer let in", "Ask the co-op's office, or the member whose app it is.");
    public static readonly KnownProblem ScopeMissing = new("scope-missing", 403, "The token does not allow this", "The office registers the app with the scope that the operation names.");

    public static readonly KnownProblem NotFound = new("not-found", 404, "There is no such thing", "The address is wrong, or what it names is not there for you.");
    public static readonly KnownProblem MethodNotAllowed = new("method-not-allowed", 405, "This address does not know that method", "See the methods in the reference.");
    public static readonly KnownProblem QueryInvalid = new("query-invalid", 400, "A parameter of the address cannot be read", "See errors: each names its parameter.");
    public static readonly KnownProblem BodyInvalid = new("body-invalid", 400, "The body cannot be read", "See errors: each points to its place in the body. Amounts are texts such as \"12.34\", dates such as \"2026-11-29\".");
    public static readonly KnownProblem KeyMissing = new("idempotency-key-missing", 400, "The header Idempotency-Key is missing", "Send a key of 1 to 128 letters, digits and signs, another one for each call; a UUID is good. Send it again only with the same call.");
    public static readonly KnownProblem KeyMalformed = new("idempotency-key-malformed", 400, "The header Idempotency-Key cannot be read", "A key has 1 to 128 letters, digits and the signs - _ . : ~ +, in double quotes or without.");
    public static readonly KnownProblem KeyReused = new("idempotency-key-reused", 422, "The key was used for another call", "Make a new key for each call.");
    public static readonly KnownProblem KeyInProgress = new("idempotency-key-in-progress", 409, "The first call with this key is still being worked on", "Wait as long as Retry-After says and send it again.", Again: true);
    public static readonly KnownProblem MediaType = new("media-type-unsupported", 415, "The body is not JSON", "Send 'Content-Type: application/json', in UTF-8.");
    public static readonly KnownProblem TooLarge = new("body-too-large", 413, "The body is too large", "One row may have 16 KB, a batch 1 MB and 500 rows. Split it.");
    public static readonly KnownProblem TooMany = new("too-many-calls", 429, "Too many calls", "Wait as long as Retry-After says.", Again: true);
    public static readonly KnownProblem Busy = new("busy", 503, "The books are busy, or cannot be reached", "Wait as long as Retry-After says and send it again with the same key: whatever became of the first call, it is done once.", Again: true);
    public static readonly KnownProblem Fault = new("fault", 500, "Something went wrong here", "The fault is ours. Send it again with the same key once; if it stays, tell the co-op's office the traceId.", Again: true);

    public static readonly KnownProblem MemberUnknown = new("member-unknown", 422, "No member has this number", "Enrol the member in the office, then send the call again.", Again: true);
    public static readonly KnownProblem PeriodClosed = new("period-closed", 422, "The books of that year are closed", "Tell the bookkeeper. Nothing of a closed year is added here.");
    public static readonly KnownProblem DateImplausible = new("date-implausible", 422, "The date cannot be right", "See whether the clock of the sender is right.");
    public static readonly KnownProblem CurrencyDiffers = new("currency-differs", 422, "The co-op's books are in another currency", "Send amounts in the co-op's currency, or leave the currency out.");
    public static readonly KnownProblem PurchaseDiffersInAmount = new("purchase-differs-amount", 409, "The receipt is there with another amount", "Send a correction as a receipt of its own, with its sign.");
    public static readonly KnownProblem PurchaseDiffers = new("purchase-differs", 409, "The receipt is there and says something else", "See errors for what differs. Take it back with a receipt of its own and send it right as another.");
    public static readonly KnownProblem HoursDiffer = new("hours-differ", 409, "The hours are there and say something else", "See errors for what differs. Send a correction as a row of its own, with its sign.");
    public static readonly KnownProblem RowHeld = new("row-held", 409, "The row waits in the office for its member", "It came in a file before. It is decided there.");

    public static readonly KnownProblem RunUnknown = new("run-unknown", 404, "There is no such run", "Runs are named as in the list, such as 2025-1.");
    public static readonly KnownProblem StatementsMissing = new("statements-not-issued", 404, "There are no such statements", "The run's statements have not been issued, the run was reversed, or the member has none.");

    public static readonly IReadOnlyList<KnownProblem> All =
    [
        TokenMissing, TokenInvalid, TokenWithdrawn, ScopeMissing, NotFound, MethodNotAllowed, QueryInvalid, BodyInvalid, KeyMissing, KeyMalformed, KeyReused, KeyInProgress, MediaType, TooLarge, TooMany, Busy, Fault,
        MemberUnknown, PeriodClosed, DateImplausible, CurrencyDiffers, PurchaseDiffersInAmount, PurchaseDiffers, HoursDiffer, RowHeld, RunUnknown, StatementsMissing,
    ];

    private static readonly FrozenDictionary<string, KnownProblem> ByCode = All.ToFrozenDictionary(problem => problem.Code, StringComparer.Ordinal);

    /// <summary>Where the problem is explained; a reference, relative to the site.</summary>
    public string Type => "/help/api/problems#" + Code;

    /// <exception cref="InvalidOperationException">A verb said no with a code that the API does not list.</exception>
    public static KnownProblem Of(string code) => Find(code) ?? throw new InvalidOperationException($"The API does not list the problem '{code}'.");

    public static KnownProblem? Find(string code) => ByCode.GetValueOrDefault(code);
}

using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Statements;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Portal.Dividends;

/// <summary>A member's dividends: the years, and each of them from the co-op's total to the member's cent, as a page, a PDF and a table; and the rows behind it.</summary>
[Area("Portal")]
[ForMember(Share.Stake)]
[Route("my/{coop}/dividends")]
public sealed class DividendsController(MemberDesk desk, RemainderCuts cuts, GatheredYears gathered, PortalWords words) : Controller
{
    /// <param name="Without">Years of the last five of which the member has no dividend.</param>
    public sealed record List(Seat Seat, IReadOnlyList<MyStake.YearDividend> Dividends, IReadOnlyList<int> Without);

    /// <param name="IfPurchases">The year with a little more of purchases; null where they do not count.</param>
    /// <param name="SeesRows">Whether the member's purchases and hours may be opened.</param>
    /// <param name="HasStatement">Whether the statement of the year can be opened.</param>
    public sealed record Page(Seat Seat, MemberDividend Dividend, Receipt Receipt, TryMyYear.Result? IfPurchases, TryMyYear.Result? IfHours, bool SeesRows, IReadOnlyList<int> Years)
    {
        public string Currency => Seat.CoOp.Currency;
    }

    public sealed record RowsPage(Seat Seat, MyRows.Page Rows, string? Category);

    /// <summary>How much more is tried on the page itself.</summary>
    public static readonly Money MorePurchases = new(100_00);

    [HttpGet("")]
    public IActionResult Years()
    {
        var stake = new MyStake(desk.Books).Run(new MyStake.Request(desk.Seat.CoOp, desk.Seat.MemberId)).Value;
        var open = desk.Seat.CoOp.YearOf(desk.Today).Year;
        var first = Math.Max(stake.Years.Count == 0 ? open : stake.Years[0].FiscalYear, open - 4);
        return View("Years", new List(desk.Seat, stake.Dividends, [.. Enumerable.Range(first, open - first + 1).Reverse().Where(year => stake.Dividends.All(one => one.FiscalYear != year))]));
    }

    [HttpGet("{year:int}")]
    public IActionResult Explain(int year, string? record)
    {
        var mine = Find(year, record);
        if (mine.IsRefused) return NotFound();
        var years = new MyStake(desk.Books).Run(new MyStake.Request(desk.Seat.CoOp, desk.Seat.MemberId)).Value.Dividends.Select(one => one.FiscalYear).Where(one => one != year).ToList();
        var (ifPurchases, ifHours) = If(mine.Value);
        return View("Explain", new Page(desk.Seat, mine.Value, Receipt.Of(words, mine.Value), ifPurchases, ifHours, SeesRows(), years));
    }

    /// <summary>The page as a PDF, in the dress of the statement.</summary>
    [HttpGet("{year:int}.pdf")]
    public IActionResult Pdf(int year, string? record)
    {
        var mine = Find(year, record);
        if (mine.IsRefused || mine.Value.Posted is null) return NotFound();
        var (ifPurchases, ifHours) = If(mine.Value);
        string Amount(Money amount) => words.Amount(amount, desk.Seat.CoOp.Currency);
        var tried = new[]
        {
            ifPurchases is null ? null : words["if.purchases", Amount(MorePurchases), Amount(ifPurchases.After.Dividend), Amount(ifPurchases.Before.Dividend)],
            ifHours is null ? null : words["if.hours", Amount(ifHours.After.Dividend), Amount(ifHours.Before.Dividend)],
        };
        var pdf = new ExplanationPdf(words, mine.Value, Receipt.Of(words, mine.Value), [.. tried.OfType<string>()]).Draw(Letterhead.Of(desk.Books.Read(db => FindCoOp.Run(db, desk.Seat.CoOp.Code)).Value));
        return this.Hand(pdf, "application/pdf", $"{desk.Seat.CoOp.Code}-dividend-{year}.pdf");
    }

    /// <summary>All figures, for whoever wants to work them out again.</summary>
    [HttpGet("{year:int}.csv")]
    public IActionResult Csv(int year, string? record)
    {
        var mine = Find(year, record);
        if (mine.IsRefused) return NotFound();
        using var bytes = new MemoryStream();
        DividendChainFile.Write(mine.Value, bytes);
        return this.Hand(bytes.ToArray(), "text/csv; charset=utf-8", $"{desk.Seat.CoOp.Code}-dividend-{year}.csv");
    }

    /// <summary>The purchases or hours behind the units.</summary>
    [HttpGet("{year:int}/rows")]
    [ForMember(Share.Records)]
    public IActionResult Rows(int year, Measure measure, string? category, string? marked, string? after)
    {
        if (!ModelState.IsValid || !Enum.IsDefined(measure) || year is < 1900 or > 9000) return NotFound();
        var eligibility = marked switch { "yes" => RowEligibility.Eligible, "no" => RowEligibility.NotEligible, "" => RowEligibility.ByDepartment, _ => (RowEligibility?)null };
        return View("Rows", new RowsPage(desk.Seat, new MyRows(desk.Books).Run(new MyRows.Request(desk.Seat.CoOp, desk.Seat.MemberId, year, measure, category, eligibility, after)).Value, category));
    }

    private Outcome<MemberDividend> Find(int year, string? record) => new MyDividend(desk.Books, cuts).Run(new MyDividend.Request(desk.Seat.CoOp, desk.Seat.MemberId, year, record));

    /// <summary>The year with a little more of what counted for the member.</summary>
    private (TryMyYear.Result? Purchases, TryMyYear.Result? Hours) If(MemberDividend mine)
    {
        var year = mine.Year.Year;
        var counted = mine.Posted?.Pools.Where(pool => pool.Row is { DividendCents: > 0 }).SelectMany(pool => pool.Rule.Unit).Select(part => part.Measure).ToHashSet() ?? [];
        return (counted.Contains(Measure.Purchases) ? Try(year, new TryMyYear.Request(desk.Seat.CoOp, desk.Seat.MemberId, year, MorePurchases: MorePurchases)) : null,
            counted.Contains(Measure.Hours) ? Try(year, new TryMyYear.Request(desk.Seat.CoOp, desk.Seat.MemberId, year, MoreHours: new Hours(1_00L * TryMyYear.Weeks))) : null);
    }

    /// <summary>Nothing where records were corrected so far that the year cannot be worked out from them any more.</summary>
    private TryMyYear.Result? Try(int year, TryMyYear.Request request) => new TryMyYear(desk.Books, gathered).Run(request) is { IsRefused: false } tried && tried.Value.Year.Year == year ? tried.Value : null;

    private bool SeesRows() => desk.Seat.Own || new FindSeat(desk.Books).Run(new FindSeat.Request(desk.UserId, desk.Seat.CoOp.Code, Share.Records)) is { Own: false };
}

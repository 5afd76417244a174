using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Evergreen.Web.Office.Members;

/// <summary>How the members' pages say what the books hold.</summary>
public static class MemberWords
{
    /// <summary>An entry's narration without the seal that ends the first entry of a posting.</summary>
    public static string Narration(string narration)
    {
        var seal = narration.IndexOf(", sealed sha256 ", StringComparison.Ordinal);
        return seal > 0 ? narration[..seal] : narration;
    }

    /// <returns>Where what happened is told of in full, and what opens it; null where nothing else tells of it.</returns>
    public static (string Url, Permission Needs)? Place(string coOp, MemberTimeline.Event one) => one.About?.Split(' ', 2) switch
    {
        ["entry", var entry] => ($"/office/{coOp}/ledger/entries/{entry}", Permission.SeeLedger),
        ["import", var import] => ($"/office/{coOp}/imports/{import}", Permission.Import),
        ["run", var run] => ($"/office/{coOp}/dividends/runs/{run}/members/{Uri.EscapeDataString(one.Record)}", Permission.SeeLedger),
        _ => null,
    };

    public static string Measured(Measure measure) => measure switch
    {
        Measure.Purchases => "Purchases",
        Measure.Hours => "Hours",
        Measure.Wages => "Wages",
        _ => "Volume",
    };

    public static string Quantity(Measure measure, long quantity, string currency) =>
        measure is Measure.Purchases or Measure.Wages ? MoneyTagHelper.Text(new Money(quantity), currency) : new Money(quantity).ToGroupedString() + (measure == Measure.Hours ? " h" : "");

    public static IEnumerable<SelectListItem> Statuses => Enum.GetValues<MemberStatus>().Select(status => new SelectListItem(MemberList.StatusWord(status), status.ToString()));

    public static IEnumerable<SelectListItem> Classes(IEnumerable<MemberClass> classes, string none) => classes.Select(one => new SelectListItem(one.Name == one.Code ? one.Code : $"{one.Name} ({one.Code})", one.Code)).Prepend(new SelectListItem(none, ""));

    public static string Asked(RequestKind kind) => kind switch
    {
        RequestKind.Missing => "Something is missing",
        RequestKind.Wrong => "A row is wrong",
        RequestKind.Leave => "To leave",
        RequestKind.WithdrawShares => "To withdraw shares",
        _ => "To be erased",
    };

    public static string AskedAbout(MemberRequest request, string currency)
    {
        string?[] parts =
        [
            request.About switch { PatronageKind.Purchases => "Purchase", PatronageKind.Hours => "Hours", _ => null }, request.On is { } on ? DayTagHelper.Text(on) : null,
            request.AmountCents is { } cents ? MoneyTagHelper.Text(new Money(cents), currency) : null, request.HoursHundredths is { } hours ? $"{new Hours(hours)} h" : null, request.Receipt ?? request.SourceRef,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    public static string Of(Kinship kinship) => kinship switch
    {
        Kinship.CivilPartner => "Civil partner",
        Kinship.NephewOrNiece => "Nephew or niece",
        _ => kinship.ToString(),
    };

    public static string Ended(RequestEnding ending) => ending switch { RequestEnding.Granted => "Done", RequestEnding.Declined => "Declined", _ => "Taken back by the member" };

    public static IEnumerable<SelectListItem> Answers(RequestKind kind) => kind switch
    {
        RequestKind.Leave => [new("Let the member go on that day", "granted"), new("Decline", "declined")],
        RequestKind.WithdrawShares => [new("Agree", "granted"), new("Decline", "declined")],
        _ => [new("It is put right", "granted"), new("It stays as it is", "declined")],
    };

    public static string Bytes(int length) => length < 1024 ? $"{length} bytes" : length < 1024 * 1024 ? $"{length / 1024} KB" : string.Create(CultureInfo.InvariantCulture, $"{length / 104857.6m / 10m:0.0} MB");
}

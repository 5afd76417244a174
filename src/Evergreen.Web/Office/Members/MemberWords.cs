using System.Globalization;
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

    public static string Bytes(int length) => length < 1024 ? $"{length} bytes" : length < 1024 * 1024 ? $"{length / 1024} KB" : string.Create(CultureInfo.InvariantCulture, $"{length / 104857.6m / 10m:0.0} MB");
}

using System.Globalization;
using Evergreen.Domain.Languages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Evergreen.Web.Layout;

/// <summary>The languages that a co-op may speak to its members in. With the country, which says how amounts and dates are written, each makes a locale.</summary>
public static class Locales
{
    /// <summary>To choose from; English is what is spoken where nothing was chosen.</summary>
    public static IReadOnlyList<SelectListItem> All() => [.. Language.Tongues.Select(tongue => new SelectListItem(Name(tongue), tongue == "en" ? "" : tongue))];

    public static string Name(string? tongue) => CultureInfo.GetCultureInfo(string.IsNullOrEmpty(tongue) ? "en" : tongue).EnglishName;

    /// <summary>Such as <c>es-US</c>.</summary>
    public static string Of(string? tongue, string country) => $"{(string.IsNullOrEmpty(tongue) ? "en" : tongue)}-{country}";
}

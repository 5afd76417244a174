using System.Globalization;
using Evergreen.Domain.Languages;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.Net.Http.Headers;

namespace Evergreen.Web.Layout;

/// <summary>In which language a page speaks: the member's own, wherever a member is known; before that the browser's; in the office English.</summary>
public sealed class PageLanguage(IHttpContextAccessor accessor)
{
    private const string Root = "Evergreen.Web.";
    private Language? language;

    /// <summary>Tag for <c>html lang</c>.</summary>
    public string Tag => Language.Tag;

    public Language Language => language ??= IsOffice ? Language.English : OfBrowser("US");

    /// <summary>The office, its settings and guides are written in English alone.</summary>
    public bool IsOffice => Folder is null or "Office" or "Help" || accessor.HttpContext?.GetEndpoint()?.Metadata.GetMetadata<InEnglishAttribute>() is not null;

    /// <summary>Speaks to a member from here on.</summary>
    /// <param name="memberLanguage">As it stands with the member; where none is known, the browser is asked.</param>
    /// <param name="country">Of the co-op.</param>
    /// <param name="coOpLanguage">What the co-op speaks where neither the member nor the browser says.</param>
    public void Speak(string? memberLanguage, string country, string? coOpLanguage = null) => language = Language.TongueOf(memberLanguage) is null ? OfBrowser(country, coOpLanguage) : Language.Of(memberLanguage, country);

    /// <summary>Namespace of the page's controller below the site's own; null where there is no page.</summary>
    internal string? Place =>
        accessor.HttpContext?.GetEndpoint()?.Metadata.GetMetadata<ControllerActionDescriptor>()?.ControllerTypeInfo.Namespace is { } space && space.StartsWith(Root, StringComparison.Ordinal) ? space[Root.Length..] : null;

    private string? Folder => Place?.Split('.')[0];

    /// <summary>The first language of the browser that we write; British English there means the terms of British law.</summary>
    private Language OfBrowser(string country, string? otherwise = null)
    {
        var header = accessor.HttpContext?.Request.Headers.AcceptLanguage.ToString();
        if (!StringWithQualityHeaderValue.TryParseList(header is null ? [] : [header], out var asked)) return Language.Of(otherwise, country);
        var first = asked.Where(wish => wish.Quality is not <= 0).OrderByDescending(wish => wish.Quality ?? 1).Select(wish => wish.Value.ToString()).FirstOrDefault(tag => Language.TongueOf(tag) is not null);
        var british = country == "US" && string.Equals(first, "en-GB", StringComparison.OrdinalIgnoreCase);
        return Language.Of(first ?? otherwise, british ? "GB" : country);
    }
}

/// <summary>Pages outside the office that are written in English alone, as the office's are.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InEnglishAttribute : Attribute;

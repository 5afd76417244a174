using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace Evergreen.Web.Layout;

/// <summary>The words of a page in the language of its reader: first those of its own part of the portal, then those that all parts share.</summary>
public sealed class PortalWords(MemberDesk desk, IHttpContextAccessor accessor)
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, ResourceManager> Books = new(StringComparer.Ordinal);

    public string this[string key] => Find(key);

    public string this[string key, params object?[] parts] => string.Format(Culture, Find(key), parts);

    private CultureInfo Culture
    {
        get
        {
            try
            {
                return CultureInfo.GetCultureInfo(desk.Language);
            }
            catch (CultureNotFoundException)
            {
                return CultureInfo.GetCultureInfo("en");
            }
        }
    }

    private string Find(string key)
    {
        var own = accessor.HttpContext?.GetEndpoint()?.Metadata.GetMetadata<ControllerActionDescriptor>()?.ControllerTypeInfo.Namespace;
        return (own is null ? null : Read(own, key)) ?? Read("Evergreen.Web.Portal", key) ?? throw new InvalidOperationException($"No word '{key}' for {own}.");
    }

    private string? Read(string place, string key)
    {
        try
        {
            return Books.GetOrAdd(place, name => new ResourceManager(name + ".Words", typeof(PortalWords).Assembly)).GetString(key, Culture);
        }
        catch (MissingManifestResourceException)
        {
            return null;
        }
    }
}

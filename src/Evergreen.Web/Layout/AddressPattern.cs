using Microsoft.AspNetCore.Routing.Patterns;

namespace Evergreen.Web.Layout;

/// <summary>The address of a page with its parts in braces and without their constraints, as tables write it: <c>/office/{coop}/members/{number}</c>.</summary>
public static class AddressPattern
{
    public static string Of(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        _ => "",
    }))));
}

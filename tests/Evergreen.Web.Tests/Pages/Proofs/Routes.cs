using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>The routes that a running site has, and which of them an address leads to.</summary>
internal sealed class Routes
{
    /// <param name="Pattern">As it stands in the table of permissions: <c>/office/{coop}/members/{number}</c>.</param>
    public sealed record Route(string Method, string Pattern, RouteEndpoint Endpoint)
    {
        internal TemplateMatcher Matcher { get; } = new(new RouteTemplate(Endpoint.RoutePattern), []);
    }

    private readonly List<Route> all;

    private Routes(List<Route> all) => this.all = all;

    public IReadOnlyList<Route> All => all;

    public static Routes Of(DemoSite site) => new(
        [.. site.Site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => new Route(method, "/" + DemoSite.WithoutConstraints(endpoint.RoutePattern.RawText!.TrimStart('/')), endpoint)))
            .OrderBy(route => route.Endpoint.RoutePattern.InboundPrecedence).ThenBy(route => route.Pattern, StringComparer.Ordinal)]);

    /// <summary>Null where no route fits: what lies elsewhere, or nowhere.</summary>
    public (Route Route, RouteValueDictionary Values)? Find(string method, string address)
    {
        var path = address.Split('?', '#')[0];
        foreach (var route in all)
        {
            if (route.Method != "*" && !string.Equals(route.Method, method, StringComparison.OrdinalIgnoreCase)) continue;
            var values = new RouteValueDictionary();
            if (route.Matcher.TryMatch(path, values) && Fits(route, values)) return (route, values);
        }
        return null;
    }

    private static bool Fits(Route route, RouteValueDictionary values) => route.Endpoint.RoutePattern.ParameterPolicies.All(parameter => parameter.Value.All(policy => policy.Content switch
    {
        "int" => int.TryParse(values[parameter.Key]?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        "long" => long.TryParse(values[parameter.Key]?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        { } expression when expression.StartsWith("regex(", StringComparison.Ordinal) => System.Text.RegularExpressions.Regex.IsMatch(values[parameter.Key]?.ToString() ?? "", expression[6..^1], System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)),
        _ => true,
    }));

    /// <summary>Forms that let people in and out: after one of them the visitor is somebody else.</summary>
    public static bool AtTheDoor(string pattern) => pattern == "/welcome" || pattern == "/invitation" || pattern.StartsWith("/sign-", StringComparison.Ordinal) || pattern.StartsWith("/connect/", StringComparison.Ordinal);

    /// <summary>Starts a job that writes in its own time, so that what a form changed cannot be told from what the job did.</summary>
    public static bool StartsAJobOfInvitations(string pattern) => pattern == "/office/{coop}/members/invitations/mails";
}

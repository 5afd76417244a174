using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace Evergreen.Web.Tests.Pages;

internal sealed partial class DemoSite : IAsyncDisposable
{
    private readonly string folder;
    private readonly string password;

    private DemoSite(RunningSite site, string folder, string password) => (Site, this.folder, this.password) = (site, folder, password);

    public RunningSite Site { get; private set; }
    public Uri Address => Site.Address;
    public string Database => System.IO.Path.Combine(folder, "evergreen.db");
    public Books Books => Site.Services.GetRequiredService<Books>();

    /// <param name="books">Whose folder is copied; the books as they were loaded where null.</param>
    /// <param name="also">Registered besides.</param>
    /// <param name="more">Settings besides.</param>
    public static async Task<DemoSite> Start(string? books = null, Action<IServiceCollection>? also = null, params string[] more)
    {
        var place = Directory.CreateTempSubdirectory("evergreen-pages-").FullName;
        books ??= DemoBooks.Path;
        foreach (var ending in (string[])["", ".keys"])
            if (File.Exists(books + ending)) File.Copy(books + ending, System.IO.Path.Combine(place, "evergreen.db" + ending));
        foreach (var shelf in Directory.EnumerateDirectories(System.IO.Path.GetDirectoryName(books)!, "evergreen.db.*")) CopyFolder(shelf, System.IO.Path.Combine(place, System.IO.Path.GetFileName(shelf)));
        var site = await RunningSite.Start(System.IO.Path.Combine(place, "evergreen.db"), demo: true, at: null, also, more);
        using var scope = site.Services.CreateScope();
        var made = scope.ServiceProvider.GetRequiredService<SeatDemoStaff>().Run().Value;
        scope.ServiceProvider.GetRequiredService<SeatDemoMembers>().Run(made);
        return new DemoSite(site, place, made);
    }

    /// <summary>Stops the site and starts it again at the same address, with settings besides.</summary>
    public Task Restart(params string[] more) => Restart(also: null, more);

    /// <param name="also">Registered besides.</param>
    public async Task Restart(Action<IServiceCollection>? also, params string[] more)
    {
        var at = Address;
        await Site.DisposeAsync();
        Site = await RunningSite.Start(Database, demo: true, at, also, more);
    }

    public static string MailOf(Role role) => SeatDemoStaff.Staff.Single(person => person.Role == role).Mail;

    public string Password => password;

    /// <summary>Someone at the desk of a role, signed in; a stranger for null.</summary>
    public Task<HttpClient> Enter(Role? role) => EnterAs(role is { } known ? MailOf(known) : null);

    /// <summary>Someone with a demo account, signed in: one of the staff or of the members in <see cref="SeatDemoMembers"/>; a stranger for null.</summary>
    public async Task<HttpClient> EnterAs(string? mail)
    {
        var visitor = Site.Visitor();
        if (mail is null) return visitor;
        var answer = await visitor.Send("/sign-in", ("Mail", mail), ("Password", password));
        if (answer.StatusCode != HttpStatusCode.Redirect) throw new InvalidOperationException($"{mail} could not sign in: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return visitor;
    }

    internal static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, System.IO.Path.Combine(to, System.IO.Path.GetFileName(file)));
        foreach (var inner in Directory.EnumerateDirectories(from)) CopyFolder(inner, System.IO.Path.Combine(to, System.IO.Path.GetFileName(inner)));
    }

    /// <summary>A route without what it asks of its parts: <c>/office/{coop}/jobs/{id}</c>.</summary>
    public static string Plain(string route) => "/" + WithoutConstraints(route.TrimStart('/'));

    /// <summary>An address as it is routed, with the bare names of its parts.</summary>
    public static string WithoutConstraints(string route) => Constraints().Replace(route, "{$1}");

    /// <summary>Every page and form: method and address as it is routed.</summary>
    public IReadOnlyList<(string Method, string Route)> Endpoints() =>
        [.. Site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => (method, Plain(endpoint.RoutePattern.RawText!))))
            .Concat(ServedByTheProvider()).Distinct().OrderBy(endpoint => endpoint.Item2, StringComparer.Ordinal).ThenBy(endpoint => endpoint.Item1, StringComparer.Ordinal)];

    /// <summary>What the OpenID provider answers before any route is looked at.</summary>
    private IEnumerable<(string Method, string Route)> ServedByTheProvider()
    {
        var provider = Site.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;
        return provider.ConfigurationEndpointUris.Concat(provider.JsonWebKeySetEndpointUris).Select(path => ("GET", "/" + path.OriginalString.TrimStart('/')))
            .Concat(provider.IntrospectionEndpointUris.Concat(provider.RevocationEndpointUris).Select(path => ("POST", "/" + path.OriginalString.TrimStart('/'))));
    }

    /// <summary>Stops serving; the books stay until they are dropped.</summary>
    public async Task Close()
    {
        await Site.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex(@"\{\*{0,2}([A-Za-z]+)(:[^}]*)?\??\}")]
    private static partial Regex Constraints();
}

internal static class Visits
{
    /// <summary>Fills in the form of a page as a browser does, with its hidden fields, and sends it.</summary>
    public static async Task<HttpResponseMessage> Send(this HttpClient visitor, string page, params (string Name, string Value)[] fields) => await visitor.SendTo(page, page, fields);

    public static async Task<HttpResponseMessage> SendTo(this HttpClient visitor, string page, string action, params (string Name, string Value)[] fields)
    {
        var hidden = await visitor.Hidden(page, action);
        using var content = new FormUrlEncodedContent([.. hidden, .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        return await visitor.PostAsync(new Uri(action, UriKind.Relative), content);
    }

    /// <summary>The hidden fields of the form on a page that leads to an address; of its first form where none does.</summary>
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> Hidden(this HttpClient visitor, string page, string action)
    {
        var html = await visitor.GetStringAsync(new Uri(page, UriKind.Relative));
        var document = await new HtmlParser().ParseDocumentAsync(html);
        var forms = document.QuerySelectorAll("main form[method=post]").ToList();
        var form = forms.FirstOrDefault(form => form.GetAttribute("action") == action) ?? forms.FirstOrDefault() ?? throw new InvalidOperationException($"{page} holds no form.");
        return [.. form.QuerySelectorAll("input[type=hidden]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? ""))];
    }
}

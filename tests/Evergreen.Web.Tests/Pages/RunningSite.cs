using System.Net;
using System.Runtime.CompilerServices;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Jobs;
using Evergreen.Web.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evergreen.Web.Tests.Pages;

/// <summary>The site as it is served, on a port and a database of its own.</summary>
internal sealed class RunningSite : IAsyncDisposable
{
    private static readonly ConditionalWeakTable<HttpClient, CookieContainer> Jars = [];
    private readonly WebApplication site;

    /// <summary>A machine that has much to do takes longer over a small run than a page would wait: tests wait for it.</summary>
    private static readonly PromptWork.Patience Unhurried = new(TimeSpan.FromMinutes(1));

    private readonly FaultBook faults = new();

    private RunningSite(WebApplication site, Uri address)
    {
        (this.site, Address) = (site, address);
        site.Services.GetRequiredService<ILoggerFactory>().AddProvider(faults);
    }

    /// <summary>What went wrong inside, of which the visitor is told only a number.</summary>
    public IEnumerable<string> Faults => faults.Seen;

    public Uri Address { get; }
    public IServiceProvider Services => site.Services;

    /// <param name="at">Where it is to listen; a free port for null.</param>
    /// <param name="also">Registered besides.</param>
    /// <param name="more">Settings besides. Wrong calls of the API are not counted: all tests come from one address.</param>
    public static async Task<RunningSite> Start(string database, bool demo = false, Uri? at = null, Action<IServiceCollection>? also = null, params string[] more)
    {
        var started = Site.Build([$"--urls={at?.ToString() ?? "http://127.0.0.1:0"}", $"--{DatabaseAddress.Variable}={database}", $"--{Site.DemoKey}={demo}", $"--{MailSettings.FolderKey}={MailFolder(database)}", "--Logging:LogLevel:Default=Warning", $"--{WrongCalls.Setting}=0", .. more], services =>
        {
            services.AddSingleton(Unhurried);
            services.AddSingleton(provider => new Books(DatabaseAddress.Find(database).Value, provider.GetRequiredService<TimeProvider>(), null, AlsoOnSqlServer.Each));
            also?.Invoke(services);
        });
        await started.StartAsync();
        return new RunningSite(started, new Uri(started.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()));
    }

    /// <summary>Where the site of these books puts its mails.</summary>
    public static string MailFolder(string database) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(database))!, "mail");

    /// <summary>A browser without a window: keeps cookies, follows no redirect.</summary>
    public HttpClient Visitor()
    {
        var jar = new CookieContainer();
        var visitor = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = jar }) { BaseAddress = Address };
        Jars.Add(visitor, jar);
        return visitor;
    }

    /// <summary>Gives a visitor a cookie back that another answer took away.</summary>
    /// <param name="cookie">As the site sent it.</param>
    public static void Keep(HttpClient visitor, string cookie) => Jars.GetValue(visitor, _ => throw new InvalidOperationException("It keeps no cookies.")).SetCookies(visitor.BaseAddress!, cookie);

    public static string CookiesOf(HttpClient visitor) => Jars.TryGetValue(visitor, out var jar) ? jar.GetCookieHeader(visitor.BaseAddress!) : "";

    /// <summary>Stops as a served site does: what is under way ends first.</summary>
    public async ValueTask DisposeAsync()
    {
        await site.StopAsync();
        await site.DisposeAsync();
    }
}

/// <summary>Keeps what the site notes as its own faults.</summary>
internal sealed class FaultBook : ILoggerProvider, ILogger
{
    public System.Collections.Concurrent.ConcurrentQueue<string> Seen { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) Seen.Enqueue($"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}

using System.Globalization;
using System.Net;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Languages;
using Evergreen.Web.Access;
using Evergreen.Web.Access.Outside;
using Evergreen.Web.Api;
using Evergreen.Web.Api.Connect;
using Evergreen.Web.Health;
using Evergreen.Web.Jobs;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.Options;

namespace Evergreen.Web;

/// <summary>The site as a program: put together here, started from its own executable and by <c>evergreen serve</c>.</summary>
public static class Site
{
    /// <summary>Configuration key: <c>true</c> shows the sample co-ops under a banner, with demo accounts.</summary>
    public const string DemoKey = "EVERGREEN_DEMO";

    /// <summary>Largest request body, in bytes: an upload with room for its form.</summary>
    private const long MostBytes = 210L << 20;

    /// <summary>What the framework would note of each request: its whole address, with the code of a mailed link in it. The log holds what the house itself says.</summary>
    private static readonly string[] Quiet = ["Microsoft.AspNetCore", "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.EntityFrameworkCore", "OpenIddict", "System.Net.Http"];

    /// <summary>Serves until it is told to stop.</summary>
    /// <returns>0 when stopped, 1 where a setting or the books cannot be read.</returns>
    public static int Run(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        for (var goesOn = false; ; goesOn = true)
        {
            WebApplication site;
            try
            {
                site = Build(args);
            }
            catch (FormatException wrong)
            {
                Console.Error.WriteLine(wrong.Message);
                return 1;
            }
            var address = ChosenBooks.Here.Find(site.Configuration[DatabaseAddress.Variable]);
            if (address.IsRefused)
            {
                Console.Error.WriteLine(address.Refusal!.Sentence);
                return 1;
            }
            // An empty folder becomes a house; books that are there are migrated by the command made for it.
            if (address.Value.Path is { } path && !File.Exists(path)) Migrator.Run(address.Value);
            site.Services.GetRequiredService<Greeting>().Say(site.Services, goesOn);
            var choice = site.Services.GetRequiredService<BooksChoice>();
            try
            {
                site.Run();
            }
            catch (OptionsValidationException refused)
            {
                Console.Error.WriteLine(refused.Message);
                return 1;
            }
            // Everything holds on to the books it was given: after a choice the site is put together anew.
            if (!choice.IsMade) return 0;
        }
    }

    /// <summary>Puts the site together without starting it.</summary>
    /// <param name="also">What a test registers besides.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? also = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(Site).Assembly.GetName().Name });
        var proxies = ProxySettings.Read(builder.Configuration);
        var plainHttp = proxies is null && OnlyLoopback(builder.Configuration);
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = MostBytes;
        });
        foreach (var quiet in Quiet) builder.Logging.AddFilter(quiet, LogLevel.Warning);
        if (builder.Environment.IsDevelopment()) AppContext.SetSwitch(Language.PseudoSwitch, true);
        var services = builder.Services;
        services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = MostBytes);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SiteMode(provider.GetRequiredService<AccessMode>(), plainHttp));
        services.AddSingleton(provider => new BooksChoice(ChosenBooks.Here, ChosenBooks.Here.IsOpen(builder.Configuration[DatabaseAddress.Variable]), provider.GetRequiredService<IHostApplicationLifetime>()));
        services.AddSingleton(new Greeting(FirstAddress(builder.Configuration), Console.Out));
        services.AddEvergreenHealth(builder.Configuration);
        services.AddSingleton(provider => new Books(ChosenBooks.Here.Find(builder.Configuration[DatabaseAddress.Variable]).Value, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Assets>();
        services.AddSingleton<Evergreen.Application.Dividends.GatheredYears>();
        services.AddSingleton<Evergreen.Application.Dividends.RemainderCuts>();
        services.AddHttpContextAccessor();
        services.AddScoped<Desk>();
        services.AddScoped<PageLanguage>();
        services.AddScoped<MemberDesk>();
        services.AddScoped<PortalWords>();
        services.AddScoped<OnceFilter>();
        services.AddScoped<DoorKeeper>();
        services.AddScoped<LookFilter>();
        services.AddScoped<HiddenFilter>();
        services.AddSingleton<Denials>();
        services.AddSingleton<TodaysLooks>();
        services.AddScoped<SeparatorFilter>();
        services.AddEvergreenJobs(builder.Configuration);
        services.AddEvergreenAccess(builder.Configuration.GetValue<bool>(DemoKey), plainHttp);
        services.AddEvergreenApi();
        services.AddEvergreenConnect(builder.Configuration, plainHttp);
        services.AddEvergreenOutside(builder.Configuration, plainHttp);
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = plainHttp ? "evergreen-form" : "__Host-evergreen-form";
            antiforgery.Cookie.SecurePolicy = plainHttp ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            antiforgery.FormFieldName = OnceFilter.TokenName;
        });
        services.Configure<CookieTempDataProviderOptions>(cookie =>
        {
            cookie.Cookie.Name = plainHttp ? "evergreen-said" : "__Host-evergreen-said";
            cookie.Cookie.SecurePolicy = plainHttp ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            cookie.Cookie.HttpOnly = true;
        });
        services.AddControllersWithViews(mvc =>
        {
            mvc.Conventions.Add(new FromTheAddress());
            mvc.Conventions.Add(new FieldsByName());
            mvc.Filters.AddService<DoorKeeper>();
            mvc.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
            mvc.Filters.AddService<OnceFilter>();
            mvc.Filters.AddService<LookFilter>();
            mvc.Filters.AddService<HiddenFilter>();
            mvc.Filters.AddService<SeparatorFilter>();
            mvc.ModelMetadataDetailsProviders.Add(new PlainRequirements());
            mvc.ModelBindingMessageProvider.SetValueMustNotBeNullAccessor(_ => "@fill-in");
            mvc.ModelBindingMessageProvider.SetMissingBindRequiredValueAccessor(_ => "@fill-in");
            mvc.ModelBindingMessageProvider.SetAttemptedValueIsInvalidAccessor((value, _) => $"@unreadable-here|{value}");
            mvc.ModelBindingMessageProvider.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"@unreadable-here|{value}");
            mvc.ModelBindingMessageProvider.SetValueIsInvalidAccessor(value => $"@unreadable-here|{value}");
            mvc.ModelBindingMessageProvider.SetValueMustBeANumberAccessor(_ => "@a-number");
        }).AddApplicationPart(typeof(Site).Assembly);
        services.Configure<RazorViewEngineOptions>(razor => razor.ViewLocationExpanders.Add(new BesideTheController()));

        also?.Invoke(services);

        var site = builder.Build();
        if (proxies is not null) site.UseForwardedHeaders(proxies.Options());
        site.UseMiddleware<SecurityHeaders>();
        site.UseExceptionHandler("/trouble/500");
        site.UseStatusCodePagesWithReExecute("/trouble/{0}");
        site.UseRouting();
        site.UseWhoAsks();
        site.MapControllers();
        return site;
    }

    private static string[] Addresses(IConfiguration configuration) =>
        (configuration["urls"] ?? configuration["ASPNETCORE_URLS"] ?? "http://localhost:5000").Split(';', StringSplitOptions.RemoveEmptyEntries);

    private static string FirstAddress(IConfiguration configuration) => Addresses(configuration)[0];

    /// <summary>Whether nobody but this machine can reach the site.</summary>
    private static bool OnlyLoopback(IConfiguration configuration) =>
        Addresses(configuration).All(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == "http" && (uri.Host == "localhost" || IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}

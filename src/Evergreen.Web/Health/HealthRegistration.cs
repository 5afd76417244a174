using System.Reflection;
using Evergreen.Application.Health;
using Evergreen.Application.Storage;

namespace Evergreen.Web.Health;

/// <summary>What looks at the site, for the workers, for whatever watches over it and for administrators.</summary>
public static class HealthRegistration
{
    /// <summary>The version of the framework by which the site is served.</summary>
    public static Version AspNetCore { get; } =
        Version.TryParse(typeof(WebApplication).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+', '-')[0], out var version) ? version : new Version(0, 0);

    public static IServiceCollection AddEvergreenHealth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => Readiness.Of(configuration[DatabaseAddress.Variable]));
        services.AddSingleton(provider => new LookAtHealth(provider.GetRequiredService<Books>()));
        services.AddSingleton<LatestHealth>();
        return services;
    }
}

using Evergreen.Application.Health;
using Evergreen.Application.Storage;

namespace Evergreen.Web.Health;

/// <summary>What looks at the site, for the workers, for whatever watches over it and for administrators.</summary>
public static class HealthRegistration
{
    public static IServiceCollection AddEvergreenHealth(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(_ => Readiness.Of(configuration[DatabaseAddress.Variable]));
        services.AddSingleton(provider => new LookAtHealth(provider.GetRequiredService<Books>()));
        services.AddSingleton<LatestHealth>();
        return services;
    }
}

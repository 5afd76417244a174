using System.Reflection;

namespace Evergreen.Application.Health;

/// <summary>The framework by which the site is served. It is asked for by its name, because this part of the house serves nothing itself.</summary>
public static class ServingFramework
{
    /// <summary>0.0 where it is not there.</summary>
    public static Version AspNetCore { get; } = Find();

    private static Version Find()
    {
        try
        {
            var said = Assembly.Load("Microsoft.AspNetCore").GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+', '-')[0];
            return Version.TryParse(said, out var version) ? version : new Version(0, 0);
        }
        catch (FileNotFoundException)
        {
            return new Version(0, 0);
        }
    }
}

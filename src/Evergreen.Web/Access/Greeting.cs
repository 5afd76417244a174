using System.Data.Common;
using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Web.Access.Outside;
using Evergreen.Web.Health;

namespace Evergreen.Web.Access;

/// <summary>What the console says when the site starts: where it is and how to get in.</summary>
/// <param name="address">Where the site listens.</param>
public sealed class Greeting(string address, TextWriter console)
{
    private readonly string place = address.TrimEnd('/');

    /// <param name="goesOn">The site was put together anew in the middle of the set-up: the code that was said stays good.</param>
    public void Say(IServiceProvider services, bool goesOn = false)
    {
        using var scope = services.CreateScope();
        console.WriteLine($"Evergreen is at {place}");
        if (scope.ServiceProvider.GetRequiredService<Readiness>().State() is not Readiness.Ready and var state)
        {
            console.WriteLine($"Its books are not ready ({state}). 'evergreen database status' says more, 'evergreen database migrate' brings them to this version.");
            return;
        }
        try
        {
            if (goesOn) console.WriteLine($"The books are kept in {scope.ServiceProvider.GetRequiredService<Books>().Address} now. The set-up goes on in the browser, with the same code.");
            else if (scope.ServiceProvider.GetRequiredService<AccessMode>().Demo) SayDemo(scope.ServiceProvider);
            else if (scope.ServiceProvider.GetRequiredService<PrepareSetUp>().Run() is { } code) console.WriteLine($"Nobody can sign in yet. Open {place}/set-up and give this set-up code, good until the next start:\n\n    {code}\n");
        }
        catch (DbException fault)
        {
            console.WriteLine($"The books cannot be read: {fault.Message}");
        }
    }

    /// <summary>Gives the demo's people a new password and says it; at each start, and once when a set-up has made the site a demo.</summary>
    public void SayDemo(IServiceProvider services)
    {
        var password = services.GetRequiredService<SeatDemoStaff>().Run();
        if (password.IsRefused)
        {
            console.WriteLine(password.Refusal!.Sentence);
            return;
        }
        if (services.GetService<OutsideSettings>() is { Only: true } alone) console.WriteLine($"This is a demo in which everybody signs in with {alone.Name}, at {place}/sign-in: whoever has one of these addresses there comes in\n");
        else console.WriteLine($"This is a demo. Sign in at {place}/sign-in with the password\n\n    {password.Value}\n");
        foreach (var (mail, _, role) in SeatDemoStaff.Staff) console.WriteLine($"as {mail,-18} ({role.ToString().ToLowerInvariant()})");
        foreach (var member in services.GetRequiredService<SeatDemoMembers>().Run(password.Value).Value) console.WriteLine($"as {member.Mail,-18} (member: {member.Who})");
        console.WriteLine();
    }
}

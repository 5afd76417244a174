using Evergreen.Client;
using Evergreen.Client.Samples;

namespace Evergreen.Worker;

/// <summary>The sample till, sending what waits in its folder, and saying each receipt when the site has answered and before it is noted as sent.</summary>
internal static class TillWork
{
    public static async Task<int> Send(string folder, string address, string client, string secret)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        using var evergreen = new EvergreenClient(http, new EvergreenOptions(client, secret));
        var outcome = await new Till(evergreen, new TillQueue(folder)).SendWaiting(Console.WriteLine);
        if (outcome.Stopped is { } why) await Console.Error.WriteLineAsync(why);
        return outcome.Stopped is null ? 0 : 1;
    }
}

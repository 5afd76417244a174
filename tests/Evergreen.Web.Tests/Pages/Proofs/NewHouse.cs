using System.Text.RegularExpressions;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Web.Mail;
using Evergreen.Web.Tests.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>A house that nobody has set up yet and that was told no way for mail at its start; whoever sets it up, and the screens of that, one after the other.</summary>
internal sealed partial class NewHouse : IAsyncDisposable
{
    private readonly string folder;

    private NewHouse(RunningSite site, string folder) => (Site, this.folder, Ruth) = (site, folder, site.Visitor());

    public RunningSite Site { get; }
    public string Database => BooksIn(folder);
    public HttpClient Ruth { get; }

    /// <param name="also">Registered besides.</param>
    public static async Task<NewHouse> Start(Action<IServiceCollection>? also = null)
    {
        var place = Directory.CreateTempSubdirectory("evergreen-new-").FullName;
        Migrator.Run(DatabaseAddress.Sqlite(BooksIn(place)));
        return new NewHouse(await RunningSite.Start(BooksIn(place), false, null, also, $"--{MailSettings.FolderKey}="), place);
    }

    /// <summary>Each with what is filled in there.</summary>
    public IEnumerable<(string Page, (string Name, string Value)[] Fields)> Screens()
    {
        using var scope = Site.Services.CreateScope();
        yield return ("/set-up", [("Code", scope.ServiceProvider.GetRequiredService<PrepareSetUp>().Run()!)]);
        yield return ("/set-up/co-op", [("Name", "The Wash House"), ("Code", "wash"), ("Country", "US"), ("Currency", "USD"), ("FiscalYearEndMonth", "12"), ("TimeZone", "America/New_York")]);
        yield return ("/set-up/you", [("DisplayName", "Ruth"), ("Mail", "ruth@wash.example"), ("Password", "words of another kind")]);
    }

    /// <summary>Sets an authenticator up, which an administrator needs.</summary>
    public async Task ShowSecondFactor()
    {
        (await Ruth.SendTo("/account", "/account/authenticator/make")).Dispose();
        var secret = GettingInTests.Unspell(Secret().Match(await Ruth.GetStringAsync(new Uri("/account/authenticator", UriKind.Relative))).Groups["secret"].Value);
        (await Ruth.Send("/account/authenticator", ("Code", TimeCode.At(secret, TimeCode.StepAt(TimeProvider.System.GetUtcNow().UtcDateTime))))).Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Ruth.Dispose();
        await Site.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static string BooksIn(string folder) => Path.Combine(folder, "books.db");

    [GeneratedRegex("<code>(?<secret>[A-Z2-7 ]+)</code>", RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();
}

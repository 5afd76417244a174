using System.Net;
using Evergreen.Application.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>People of one co-op alone.</summary>
internal static class Neighbours
{
    private static readonly Role[] EveryRole = [Role.Clerk, Role.Accountant, Role.Administrator, Role.Auditor];

    /// <summary>Seats someone with every role of the office at one co-op and none at the others, and signs in.</summary>
    public static async Task<HttpClient> EnterAt(this DemoSite site, string coOp)
    {
        var mail = $"neighbour@{coOp}.example";
        site.Seat(mail, coOp, demo: true, EveryRole);
        return await site.EnterAs(mail);
    }

    /// <summary>An account with the password of the demo and roles at one co-op.</summary>
    /// <param name="demo">Accounts of a demo need no second factor there; others do.</param>
    /// <returns>Its number.</returns>
    public static int Seat(this DemoSite site, string mail, string coOp, bool demo, params Role[] roles)
    {
        var staff = DemoSite.MailOf(Role.Administrator);
        return site.Books.Write<int>(dryRun: false, db =>
        {
            var hash = db.SignIns.AsNoTracking().Single(user => user.UserName == staff).PasswordHash;
            var user = new SignIn { UserName = mail, NormalizedUserName = SignIn.Normal(mail), Email = mail, NormalizedEmail = SignIn.Normal(mail), DisplayName = "Neighbour", PasswordHash = hash, SecurityStamp = mail, CreatedAt = site.Books.Now, Demo = demo };
            db.SignIns.Add(user);
            db.SaveChanges();
            var at = db.CoOps.Single(one => one.Code == coOp).Id;
            foreach (var role in roles) db.RoleGrants.Add(new RoleGrant { UserId = user.Id, CoOpId = at, Role = role, GrantedAt = site.Books.Now, GrantedBy = "test" });
            return user.Id;
        }).Value;
    }

    /// <summary>An account as <see cref="Seat"/> makes it, with every role of the office and no second factor.</summary>
    public static int SeatWithoutSecondFactor(this DemoSite site, string mail, string coOp) => site.Seat(mail, coOp, demo: false, EveryRole);

    /// <summary>Sets an authenticator up for an account.</summary>
    /// <returns>Its code of now, or of so many half minutes later; and the recovery codes.</returns>
    public static (Func<int, string> Code, IReadOnlyList<string> Recovery) GiveAuthenticator(this DemoSite site, int user)
    {
        using var scope = site.Site.Services.CreateScope();
        var keys = scope.ServiceProvider.GetRequiredService<SealingKeys>();
        var secret = Tests.Access.GettingInTests.Unspell(new MakeAuthenticator(site.Books, keys).Run(new(user, "Evergreen")).Value.Spelled);
        string Code(int later) => TimeCode.At(secret, TimeCode.StepAt(site.Books.Now) + later);
        return (Code, new ConfirmAuthenticator(site.Books, keys).Run(new(user, Code(0), null, "test")).Value);
    }

    /// <summary>The words of an answer without what is different each time: the number of the trouble, and the address that was asked for.</summary>
    public static async Task<string> Said(this HttpResponseMessage answer, string address)
    {
        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        if (type == "text/event-stream") return "a stream";
        if (!type.StartsWith("text/", StringComparison.Ordinal) && !type.Contains("json", StringComparison.Ordinal)) return $"{(int)answer.StatusCode} {type} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await answer.Content.ReadAsByteArrayAsync()))[..12]}";
        var text = await answer.Content.ReadAsStringAsync();
        if (type == "text/html") text = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(text).QuerySelector("main")?.TextContent ?? text;
        text = System.Text.RegularExpressions.Regex.Replace(text, "[0-9a-f]{32}|[0-9A-Z]{13}:[0-9A-F]{8}|00-[0-9a-f-]+", "#", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        return $"{(int)answer.StatusCode} {type} {answer.Headers.Location} {string.Join(' ', text.Replace(address, "#", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}";
    }

    /// <summary>Sends a form's fields with a token that is right and a key that is new, whether or not any page of this visitor holds such a form.</summary>
    public static async Task<HttpResponseMessage> Post(this HttpClient visitor, string address, IEnumerable<KeyValuePair<string, string>>? fields = null)
    {
        var token = await visitor.Token();
        using var content = new FormUrlEncodedContent([.. (fields ?? []).Where(field => field.Key is not ("_token" or "_once")), KeyValuePair.Create("_token", token), KeyValuePair.Create("_once", Key())]);
        return await visitor.PostAsync(new Uri(address, UriKind.Relative), content);
    }

    public static string Key() => System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<HttpClient, string> Tokens = [];

    public static async Task<string> Token(this HttpClient visitor)
    {
        if (Tokens.TryGetValue(visitor, out var known)) return known;
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await visitor.GetStringAsync(new Uri("/help", UriKind.Relative)));
        var token = page.QuerySelector("input[name=_token]")?.GetAttribute("value");
        if (token is null)
        {
            page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await visitor.GetStringAsync(new Uri("/sign-in", UriKind.Relative)));
            token = page.QuerySelector("input[name=_token]")!.GetAttribute("value");
        }
        Tokens.AddOrUpdate(visitor, token!);
        return token!;
    }
}

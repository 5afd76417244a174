using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Access;

/// <summary>Served over https, every cookie belongs to this host alone, travels encrypted and is closed to scripts, and browsers are told to stay with https.</summary>
public sealed class EncryptedTests
{
    [Test]
    public async Task EveryCookieIsBoundToTheHostAndBrowsersStayWithHttps()
    {
        var folder = Directory.CreateTempSubdirectory("evergreen-https-").FullName;
        try
        {
            var books = Path.Combine(folder, "books.db");
            Migrator.Run(DatabaseAddress.Sqlite(books));
            await using var site = await RunningSite.Start(books, demo: false, at: new Uri("https://127.0.0.1:0"), also: null, $"--Kestrel:Certificates:Default:Path={Certificate(folder)}", "--Kestrel:Certificates:Default:Password=paper");
            using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=127.0.0.1" } };
            using var visitor = new HttpClient(handler) { BaseAddress = site.Address };
            using var scope = site.Services.CreateScope();
            var code = scope.ServiceProvider.GetRequiredService<PrepareSetUp>().Run()!;
            var cookies = new List<string>();
            foreach (var (page, fields) in new (string, (string, string)[])[]
            {
                ("/set-up", [("Code", code)]), ("/set-up/co-op", [("Name", "The Wash House"), ("Code", "laundry"), ("Country", "US"), ("Currency", "USD"), ("FiscalYearEndMonth", "12")]),
                ("/set-up/you", [("DisplayName", "Ruth"), ("Mail", "ruth@laundry.example"), ("Password", "four plain words here")]), ("/account/again", [("Password", "four plain words here")]),
            })
            {
                using var shown = await visitor.GetAsync(new Uri(page, UriKind.Relative));
                using var answer = await visitor.Send(page, fields);
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), page);
                foreach (var one in (HttpResponseMessage[])[shown, answer])
                {
                    Assert.That(one.Headers.GetValues("Strict-Transport-Security").Single(), Does.StartWith("max-age=31536000"), page);
                    cookies.AddRange(one.Headers.TryGetValues("Set-Cookie", out var set) ? set : []);
                }
            }
            using var theme = await visitor.SendTo("/account", "/theme", ("theme", "dark"));
            cookies.AddRange(theme.Headers.GetValues("Set-Cookie"));
            foreach (var off in (string[])["true", "false"])
            {
                using var keys = await visitor.SendTo("/help/keys", "/help/keys", ("off", off));
                cookies.AddRange(keys.Headers.GetValues("Set-Cookie"));
                Assert.That(await visitor.GetStringAsync(new Uri("/help/keys", UriKind.Relative)), Does.Contain($"data-keys=\"{(off == "true" ? "off" : "on")}\""));
            }
            Assert.That(cookies, Has.Some.StartWith("__Host-keys=off"));
            Assert.That(cookies, Has.Count.GreaterThanOrEqualTo(5).And.Some.StartWith("__Host-theme=dark"));
            Assert.That(await visitor.GetStringAsync(new Uri("/account", UriKind.Relative)), Does.Contain("data-bs-theme=\"dark\""));
            foreach (var cookie in cookies) Assert.That(cookie, Does.StartWith("__Host-").And.Contain("; secure").And.Contain("; httponly").And.Contain("; path=/").And.Match("; samesite=(lax|strict)").And.Not.Contain("domain="));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Certificate(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var path = Path.Combine(folder, "site.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, "paper"));
        return path;
    }
}

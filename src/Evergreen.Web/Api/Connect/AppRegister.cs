using System.Security.Cryptography;
using System.Text;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;

namespace Evergreen.Web.Api.Connect;

/// <summary>Compares an app's secret with its digest. The secret is 256 bits of chance, so that a slow hash would only slow down the tills.</summary>
internal sealed class AppRegister(IOpenIddictApplicationCache<App> cache, ILogger<OpenIddictApplicationManager<App>> log, IOptionsMonitor<OpenIddictCoreOptions> options, IOpenIddictApplicationStore<App> store)
    : OpenIddictApplicationManager<App>(cache, log, options, store)
{
    protected override ValueTask<string> ObfuscateClientSecretAsync(string secret, CancellationToken cancellationToken = default) => new(SecretCode.Digest(secret));

    protected override ValueTask<bool> ValidateClientSecretAsync(string secret, string comparand, CancellationToken cancellationToken = default) =>
        new(CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(SecretCode.Digest(secret)), Encoding.ASCII.GetBytes(comparand)));
}

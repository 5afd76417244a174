using System.Security.Cryptography;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Storage;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using OpenIddict.Validation;

namespace Evergreen.Web.Api.Connect;

/// <summary>Hands the provider its keys from the books, and tells it when there are others.</summary>
public sealed class ConnectKeys(Books books, OpenConnectKeys open) : IConfigureOptions<OpenIddictServerOptions>, IValidateOptions<OpenIddictServerOptions>
{
    /// <summary>How long another copy of the site may go on signing with a key that was replaced.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private readonly Lock looking = new();
    private readonly Reload<OpenIddictServerOptions> server = new();
    private readonly Reload<OpenIddictValidationOptions> validation = new();
    private string[] known = [];
    private DateTime lookedAt;

    internal IOptionsChangeTokenSource<OpenIddictServerOptions> Server => server;
    internal IOptionsChangeTokenSource<OpenIddictValidationOptions> Validation => validation;

    /// <exception cref="InvalidOperationException">The keys cannot be read or stored. There are no others: without them nothing is signed.</exception>
    public void Configure(OpenIddictServerOptions options)
    {
        var keys = Read();
        foreach (var key in keys)
        {
            if (key.Use == ConnectKeyUse.Encryption) options.EncryptionCredentials.Add(new EncryptingCredentials(new SymmetricSecurityKey(key.Key) { KeyId = key.KeyId }, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
            else options.SigningCredentials.Add(new SigningCredentials(Rsa(key), SecurityAlgorithms.RsaSha256));
        }
        lock (looking) (known, lookedAt) = ([.. keys.Select(key => key.KeyId)], books.Now);
    }

    /// <summary>Only keys that are kept sign: with one that is made at each start, every token would be lost at the next.</summary>
    public ValidateOptionsResult Validate(string? name, OpenIddictServerOptions options)
    {
        var foreign = options.SigningCredentials.Select(key => key.Key).Concat(options.EncryptionCredentials.Select(key => key.Key)).Where(key => !known.Contains(key.KeyId, StringComparer.Ordinal)).ToList();
        return foreign.Count == 0 ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"The provider was given {foreign.Count} key(s) that are not kept in the books. Development and ephemeral keys are lost at the next start, and with them every token; remove them.");
    }

    /// <summary>Once a minute: have the keys been changed by another copy of the site or by the command line? Then the provider starts anew with them.</summary>
    public void Refresh(bool now = false)
    {
        lock (looking)
        {
            if (lookedAt == default || (!now && books.Now - lookedAt < Look)) return;
            lookedAt = books.Now;
            if (Read().Select(key => key.KeyId).SequenceEqual(known, StringComparer.Ordinal)) return;
        }
        server.Now();
        validation.Now();
    }

    private List<OpenConnectKeys.Opened> Read()
    {
        var opened = open.Run();
        return opened.IsRefused ? throw new InvalidOperationException($"The provider's keys are not to be had. {opened.Refusal!.Sentence}") : opened.Value;
    }

    private static RsaSecurityKey Rsa(OpenConnectKeys.Opened key)
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key.Key, out _);
        return new RsaSecurityKey(rsa) { KeyId = key.KeyId };
    }

    private sealed class Reload<T> : IOptionsChangeTokenSource<T>
    {
        private CancellationTokenSource source = new();
        public string? Name => Options.DefaultName;
        public IChangeToken GetChangeToken() => new CancellationChangeToken(source.Token);

        public void Now()
        {
            using var old = Interlocked.Exchange(ref source, new CancellationTokenSource());
            old.Cancel();
        }
    }
}

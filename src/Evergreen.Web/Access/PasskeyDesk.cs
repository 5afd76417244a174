using System.Globalization;
using Evergreen.Application.Access;
using Microsoft.AspNetCore.Identity;

namespace Evergreen.Web.Access;

/// <summary>Asks browsers for passkeys and has Identity verify what they answer. The question is remembered in a sealed cookie and good for one answer.</summary>
public sealed class PasskeyDesk(IPasskeyHandler<SignIn> handler, PassingCookie passing, IHttpContextAccessor accessor)
{
    private const string Making = "passkey-new", Asking = "passkey";

    /// <returns>What <c>navigator.credentials.create</c> is to be given.</returns>
    public async Task<string> OptionsToMake(int userId, string mail, string displayName)
    {
        var options = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = userId.ToString(CultureInfo.InvariantCulture), Name = mail, DisplayName = displayName }, accessor.HttpContext!);
        passing.Keep(Making, options.AttestationState ?? "");
        return options.CreationOptionsJson;
    }

    /// <returns>The new passkey of that person; null where it is not what was asked for.</returns>
    public async Task<UserPasskeyInfo?> Made(int userId, string? credential)
    {
        var state = passing.Read(Making);
        passing.Drop(Making);
        if (string.IsNullOrEmpty(credential) || state is null) return null;
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = accessor.HttpContext!, CredentialJson = credential, AttestationState = state });
        return result.Succeeded && result.UserEntity.Id == userId.ToString(CultureInfo.InvariantCulture) ? result.Passkey : null;
    }

    /// <returns>What <c>navigator.credentials.get</c> is to be given; it names nobody.</returns>
    public async Task<string> OptionsToAsk()
    {
        var options = await handler.MakeRequestOptionsAsync(null, accessor.HttpContext!);
        passing.Keep(Asking, options.AssertionState ?? "");
        return options.RequestOptionsJson;
    }

    /// <returns>The passkey that was shown, as verified; null where it could not be.</returns>
    public async Task<UserPasskeyInfo?> Shown(string? credential)
    {
        var state = passing.Read(Asking);
        passing.Drop(Asking);
        if (string.IsNullOrEmpty(credential) || state is null) return null;
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = accessor.HttpContext!, CredentialJson = credential, AssertionState = state });
        return result.Succeeded ? result.Passkey : null;
    }
}

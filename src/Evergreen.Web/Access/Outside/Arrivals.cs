using System.Text.Json;
using Evergreen.Application.Access;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Web.Access.Outside;

/// <summary>Where someone who comes back from the authority goes on: through the door, back to the page where an invitation is taken up, or to the page that says why not.</summary>
public sealed class Arrivals(EnterFromOutside enter, FirstFactor first, Door door, PassingCookie passing)
{
    private const string Kept = "arrival";

    /// <summary>Pages that make an account for someone who has none yet, on the strength of a code in hand.</summary>
    private static readonly HashSet<string> Joining = new(StringComparer.Ordinal) { "/invitation", "/welcome/account", "/set-up/you" };

    /// <summary>Who came to such a page through the authority; null where it stands beside the password, and for whoever did not go there yet.</summary>
    public Arrival? Waiting(OutsideSettings? alone) => alone is not null && passing.Read(Kept) is { } kept ? JsonSerializer.Deserialize<Arrival>(kept) : null;

    /// <param name="anew">Whether the person was asked to sign in there anew.</param>
    /// <returns>The address of a page of this site.</returns>
    public async Task<string> Next(Arrival came, OutsideSettings settings, bool anew, string? returnUrl)
    {
        if (anew && !door.IsJustNow(came.At)) return Refused(Refusals.OutsideNotAnew());
        var entered = enter.Run(new EnterFromOutside.Request(came.Issuer, came.Subject, came.Mail, came.MailVerified, came.SecondFactor, door.From, settings.Only));
        if (!entered.IsRefused) return await first.Next(new(entered.Value.UserId, entered.Value.Authenticator, entered.Value.Passkey), entered.Value.Proof, returnUrl, came);
        if (!settings.Only || returnUrl is null || !Joining.Contains(returnUrl) || came.Person is null || entered.Refusal!.Code != Refusals.OutsideUnknown().Code) return Refused(entered.Refusal!);
        passing.Keep(Kept, JsonSerializer.Serialize(came));
        return returnUrl;
    }

    /// <summary>Opens the door to someone for whom an account was made.</summary>
    public Task<bool> Open(int userId, Arrival came)
    {
        passing.Drop(Kept);
        return door.Open(userId, came.Proof, came);
    }

    private static string Refused(Refusal refusal) => $"/sign-in/outside/refused?why={refusal.Code}";
}

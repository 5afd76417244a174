using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Evergreen.Application.Access;

namespace Evergreen.Web.Access.Outside;

/// <summary>Someone who comes back from the authority, as it says in what it signed.</summary>
/// <param name="Mail">Not to be believed unless it is verified.</param>
/// <param name="Name">As the person is called there; null where that is not told.</param>
/// <param name="SecondFactor">Whether it asked for a second factor that counts here.</param>
/// <param name="At">When the person signed in there; null where that is not told.</param>
public sealed record Arrival(string Issuer, string Subject, string? Mail, bool MailVerified, string? Name, bool SecondFactor, DateTime? At)
{
    [JsonIgnore]
    public Proof Proof => SecondFactor ? Proof.SecondFactor : Proof.Outside;

    /// <summary>Whom an account can be made for: someone whose mail address is known to be theirs.</summary>
    [JsonIgnore]
    public OutsidePerson? Person => MailVerified && !string.IsNullOrWhiteSpace(Mail) ? new(Issuer, Subject, Mail.Trim()) : null;

    /// <param name="now">No sign-in is later, whatever clock the authority has.</param>
    public static Arrival Of(ClaimsPrincipal said, OutsideSettings settings, DateTime now)
    {
        var factors = said.FindAll(claim => claim.Type is "amr" or "acr" or "acrs").Select(claim => claim.Value);
        var verified = settings.TrustMail || string.Equals(said.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase);
        var present = new DateTimeOffset(now).ToUnixTimeSeconds();
        DateTime? at = long.TryParse(said.FindFirstValue("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, present)).UtcDateTime : null;
        return new(said.FindFirstValue("iss") ?? settings.Authority.ToString(), said.FindFirstValue("sub") ?? "", said.FindFirstValue("email"), verified, said.FindFirstValue("name"), factors.Any(settings.SecondFactor.Contains), at);
    }
}

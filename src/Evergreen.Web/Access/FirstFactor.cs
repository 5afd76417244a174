using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Web.Access.Outside;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evergreen.Web.Access;

/// <summary>What follows a password or a mailed link that was right: the second factor where one is set up, else the door. Every first factor comes through here, so that none goes around the second.</summary>
public sealed class FirstFactor(Door door, PassingCookie passing)
{
    private const string Half = "half";

    /// <summary>Someone whose second factor is still to be shown.</summary>
    /// <param name="Authenticator">An authenticator's code will do, or a recovery code.</param>
    /// <param name="Passkey">A passkey will do.</param>
    public sealed record Waiting(int UserId, bool Authenticator, bool Passkey, string ReturnUrl);

    public Waiting? HalfWay =>
        passing.Read(Half)?.Split('|', 4) is [var id, var authenticator, var passkey, var returnUrl] ? new(int.Parse(id, CultureInfo.InvariantCulture), authenticator == "1", passkey == "1", returnUrl) : null;

    /// <returns>Where the person goes next: a page of this site.</returns>
    public async Task<string> Next(EnterWithPassword.Result entered, Proof proof, string? returnUrl, Arrival? from = null)
    {
        if (!entered.SecondFactorAsked) return await Open(entered.UserId, proof, returnUrl, from);
        passing.Keep(Half, string.Create(CultureInfo.InvariantCulture, $"{entered.UserId}|{(entered.Authenticator ? 1 : 0)}|{(entered.Passkey ? 1 : 0)}|{Place(returnUrl)}"));
        return "/sign-in/code";
    }

    /// <summary>Opens the door to someone who showed all that was asked for.</summary>
    public async Task<string> Open(int userId, Proof proof, string? returnUrl, Arrival? from = null)
    {
        passing.Drop(Half);
        return await door.Open(userId, proof, from) ? Place(returnUrl) : "/sign-in";
    }

    /// <summary>The page asked for, where it is one of ours; else the start, from where everyone finds the way.</summary>
    public static string Place(string? returnUrl) => RedirectHttpResult.IsLocalUrl(returnUrl) && !returnUrl!.StartsWith('~') ? returnUrl : "/";
}

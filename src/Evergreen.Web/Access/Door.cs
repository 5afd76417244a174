using System.Globalization;
using System.Security.Claims;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Web.Access.Outside;
using Microsoft.AspNetCore.Authentication;

namespace Evergreen.Web.Access;

/// <summary>Opens and closes sessions for this browser, and says from where it speaks.</summary>
public sealed class Door(StartSession start, EndSessions end, Books books, IHttpContextAccessor accessor)
{
    /// <summary>For how long after signing in one may change how one signs in, without the password again.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    private HttpContext Context => accessor.HttpContext!;

    /// <summary>The network address of the other side.</summary>
    public string From => Context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    public int? SessionId => Number(SessionCookie.SessionId);

    public int? UserId => Number(ClaimTypes.NameIdentifier);

    /// <summary>Whether the person signed in just now.</summary>
    public bool IsFresh => long.TryParse(Context.User.FindFirstValue(SessionCookie.StartedAt), NumberStyles.None, CultureInfo.InvariantCulture, out var started)
        && IsJustNow(DateTimeOffset.FromUnixTimeSeconds(started).UtcDateTime);

    /// <summary>Whether a sign-in of that moment is fresh still; one of an unknown moment never is.</summary>
    public bool IsJustNow(DateTime? at) => at is { } then && books.Now - then < Fresh;

    /// <summary>Opens a new session, ending the one of this browser before it.</summary>
    /// <param name="from">Who showed it at another authority, perhaps some time ago; null for what was shown here and now.</param>
    /// <returns>Whether it was opened: the account may have been ended meanwhile.</returns>
    public async Task<bool> Open(int userId, Proof proof, Arrival? from = null)
    {
        var session = start.Run(new StartSession.Request(userId, proof, From, Context.Request.Headers.UserAgent.ToString(), SessionId));
        if (session.IsRefused) return false;
        await Context.SignInAsync(AccessRegistration.Scheme, SessionCookie.Ticket(session.Value.Key, from));
        return true;
    }

    /// <summary>Ends the session of this browser, or all sessions of its owner, and leaves nothing of it here.</summary>
    public async Task Close(bool everywhere = false)
    {
        if (UserId is { } user && (everywhere || SessionId is not null)) end.Run(new EndSessions.Request(user, everywhere ? null : SessionId, From));
        await Context.SignOutAsync(AccessRegistration.Scheme);
        Context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
    }

    private int? Number(string claim) => int.TryParse(Context.User.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

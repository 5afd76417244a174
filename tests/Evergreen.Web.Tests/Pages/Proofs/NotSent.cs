namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>The routes that change something and to which no form leads that could be sent like the others, each with its reason.</summary>
internal static class NotSent
{
    private const string Door = "lets people in and out: whoever sends it is somebody else afterwards", Protocol = "between programs, after OAuth: no form of a page", Code = "needs the code that an authenticator shows at that moment", Key = "needs a key or a finger at hand", Programs = "the programming interface, whose callers send no form",
        Browser = "changes nothing but a cookie of this browser";

    public static readonly IReadOnlyDictionary<string, string> Because = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["/account/files"] = Browser, ["/help/keys"] = Browser, ["/account/passkey"] = Key, ["/account/passkey/options"] = Key, ["/account/passkey/remove"] = Key, ["/sign-in/passkey"] = Key, ["/sign-in/passkey/options"] = Key,
        ["/account/authenticator"] = Code, ["/account/authenticator/remove"] = Code, ["/account/recovery-codes"] = Code, ["/account/sessions/end"] = "changes a session alone, and those are set aside, as each request changes them",
        ["/api/v1/hours"] = Programs, ["/api/v1/hours/batch"] = Programs, ["/api/v1/purchases"] = Programs, ["/api/v1/purchases/batch"] = Programs,
        ["/connect/authorize"] = Door, ["/connect/end-session"] = Protocol, ["/connect/token"] = Protocol, ["/connect/userinfo"] = Protocol,
        ["/invitation"] = Door, ["/set-up"] = Door, ["/set-up/co-op"] = Door, ["/set-up/you"] = Door, ["/sign-in"] = Door, ["/sign-in/by-mail"] = Door, ["/sign-in/code"] = Door, ["/sign-in/forgotten"] = Door, ["/sign-in/link"] = Door,
        ["/sign-in/new-password"] = Door, ["/sign-out"] = Door, ["/welcome"] = Door, ["/welcome/account"] = Door, ["/welcome/link"] = Door,
        ["/office/{coop}/settings/mail/server"] = "is not there where the way for mail was given when the program was started, as it is here",
    };

    /// <summary>Every route that changes something.</summary>
    public static IReadOnlyList<string> Of(Routes routes) => [.. routes.All.Where(route => route.Method is "POST" or "PUT" or "PATCH" or "DELETE").Select(route => route.Pattern).Distinct().Order(StringComparer.Ordinal)];
}

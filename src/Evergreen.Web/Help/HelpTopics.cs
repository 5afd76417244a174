using Evergreen.Web.Layout;

namespace Evergreen.Web.Help;

/// <summary>Which section of which guide is about a page: by the address, the longest beginning that fits.</summary>
public static class HelpTopics
{
    /// <param name="Begins">Of the addresses, with their parts in braces and without constraints.</param>
    /// <param name="Subject">The guide; empty for the contents.</param>
    public sealed record Topic(string Begins, string Subject, string Anchor);

    public static IReadOnlyList<Topic> Table { get; } =
    [
        // Where nobody is anywhere yet, and the guides themselves.
        new("/", "", ""), new("/help", "", ""), new("/help/api", "api", "before"), new("/trouble", "", ""),
        new("/sign-in", "member", "signing-in"), new("/welcome", "member", "signing-in"), new("/invitation", "member", "signing-in"), new("/account", "member", "signing-in"), new("/account/apps", "member", "apps"), new("/connect", "member", "apps"),
        new("/unsubscribe", "member", "paper"), new("/set-up", "administrator", "first-day"),
        new("/my", "member", "stake"), new("/my/{coop}", "member", "stake"), new("/my/{coop}/account", "member", "stake"), new("/my/{coop}/activity", "member", "activity"), new("/my/{coop}/dividends", "member", "dividend"),
        new("/my/{coop}/glossary", "member", "dividend"), new("/my/{coop}/statements", "member", "statements"), new("/my/{coop}/what-if", "member", "what-if"), new("/my/{coop}/me", "member", "details"),
        new("/my/{coop}/me/bank", "member", "bank"), new("/my/{coop}/me/beneficiary", "member", "beneficiaries"), new("/my/{coop}/me/data", "member", "data"), new("/my/{coop}/me/delivery", "member", "paper"),
        new("/my/{coop}/me/household", "member", "household"), new("/my/{coop}/me/leave", "member", "leaving"),
        new("/office", "administrator", "overview"), new("/office/{coop}", "administrator", "overview"), new("/office/{coop}/audit", "administrator", "audit"), new("/office/{coop}/jobs", "administrator", "jobs"), new("/office/{coop}/search", "administrator", "lists"),
        new("/office/{coop}/dividends", "accountant", "steps"), new("/office/{coop}/dividends/runs/{run}/reverse", "accountant", "wrong"), new("/office/{coop}/dividends/runs/{run}/pay", "accountant", "payments"), new("/office/{coop}/statements", "accountant", "statements"), new("/office/{coop}/statements/tax-forms", "accountant", "tax-forms"), new("/office/{coop}/ledger", "accountant", "proof"),
        new("/office/{coop}/imports", "administrator", "imports"), new("/office/{coop}/members", "administrator", "members"), new("/office/{coop}/members/invitations", "administrator", "invite"), new("/office/{coop}/members/requests", "administrator", "requests"),
        new("/office/{coop}/members/{number}/mail", "administrator", "requests"), new("/office/{coop}/members/{number}/sign-in", "administrator", "invite"),
        new("/office/{coop}/settings", "administrator", "settings"), new("/office/{coop}/settings/apps", "administrator", "apps"), new("/office/{coop}/settings/bank-hold", "administrator", "requests"), new("/office/{coop}/settings/health", "administrator", "health"),
        new("/office/{coop}/settings/mail", "administrator", "settings"), new("/office/{coop}/settings/people", "administrator", "people"), new("/office/{coop}/settings/retention", "administrator", "requests"), new("/office/{coop}/settings/sign-in", "administrator", "invite"), new("/office/{coop}/settings/texts", "administrator", "texts"), new("/office/{coop}/settings/webhooks", "administrator", "webhooks"),
    ];

    /// <param name="pattern">See <see cref="AddressPattern"/>.</param>
    /// <returns>Null where no page is known to begin so.</returns>
    public static Topic? Of(string pattern) =>
        Table.Where(topic => pattern == topic.Begins || (topic.Begins.Length > 1 && pattern.StartsWith(topic.Begins, StringComparison.Ordinal) && pattern[topic.Begins.Length] is '/' or '.')).MaxBy(topic => topic.Begins.Length);

    /// <summary>The address of the help about a page, in the language of the page where the guide is written in it.</summary>
    public static string Address(HttpContext page, string tongue)
    {
        var topic = page.GetEndpoint() is RouteEndpoint endpoint ? Of(AddressPattern.Of(endpoint)) : null;
        return topic is null or { Subject: "" } ? "/help" : $"/help/{Guides.In(topic.Subject, tongue).Name}#{topic.Anchor}";
    }
}

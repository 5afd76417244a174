using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.CoOps;

/// <summary>Why a verb about co-ops says no.</summary>
public static class Refusals
{
    public static Refusal None() => new("coop-missing", "There is no co-op in this database yet. Create one: evergreen co-op create NAME --code laundry …");
    public static Refusal Unknown(string code) => new("coop-unknown", $"There is no co-op '{code}'. 'evergreen co-op list' names them.");
    public static Refusal Several(IEnumerable<string> codes) => new("coop-not-named", $"Several co-ops are in this database. Say which with --co-op: {string.Join(", ", codes)}.");
    public static Refusal CodeTaken(string code) => new("coop-code-taken", $"A co-op '{code}' is there already. Choose another --code.");
    public static Refusal BadCode(string code) => new("coop-code", $"'{code}' cannot be a code: use up to 40 lower-case letters, digits and hyphens.");
    public static Refusal BadValue(string what, string value, string remedy) => new("coop-value", $"{what}: '{value}' cannot be used. {remedy}");
    public static Refusal NameMissing() => new("coop-name-missing", "A co-op has a name.");
    public static Refusal TooLong(string what, int most) => new("coop-text-too-long", $"{what}: at most {most} characters.");
    public static Refusal EmailForm(string email) => new("coop-email", $"'{email}' cannot be an e-mail address.");
    public static Refusal Changed(string by, DateTime at) => new("coop-changed", $"{by} changed these details on {at:yyyy-MM-dd HH:mm} UTC, after you opened them. Look at what stands there now, and change it again.");
    public static Refusal LogoUnreadable(string why) => new("logo-unreadable", $"{why} Save the logo as PNG, or as SVG with plain filled shapes.");
    public static Refusal LogoTooLarge(string limit) => new("logo-too-large", $"The logo goes beyond {limit}. Save it smaller.");
    public static Refusal LogoChanged(string by, DateTime at, bool removed) => new("logo-changed", $"{by} {(removed ? "removed the logo" : "set another logo")} on {at:yyyy-MM-dd HH:mm} UTC, after you opened this page. Nothing was changed: look at what is there now, and send yours again if it is to take its place.");
    public static Refusal TermChanged(string by, DateTime at, string now) => new("term-changed", $"{by} changed this to {now} on {at:yyyy-MM-dd HH:mm} UTC, after you opened it. Below is what you typed; save it again if it is to replace that.");
    public static Refusal HoldRange(int least, int most) => new("bank-hold-range", $"A change of bank details waits for {least} to {most} days.");
    public static Refusal RetentionRange(int least, int most) => new("retention-range", $"Records are kept for {least} to {most} years after the end of the fiscal year.");

    public static Refusal NotASociety(string coOp) => new("coop-no-society", $"{coOp} is not a registered society of the United Kingdom, so this does not concern it.");

    public static Refusal ShareLimitRange(Money most) => new("share-limit-range", $"A society's rules may let a person hold up to {most} in withdrawable shares, and no more. Give an amount above zero and not above that.");

    public static Refusal TextUnknown(string name, string language) => new("text-unknown", $"There is no text '{name}' in the language '{language}' to be worded.");
    public static Refusal TextEmpty() => new("text-empty", "A text needs words. To have the built-in ones again, go back to them below.");
    public static Refusal TextSubject(int most, string may) => new("text-subject", $"The subject is one line of up to {most} letters. Of placeholders it may hold {may} alone.");
    public static Refusal PlaceholderUnknown(string found, string known) => new("text-placeholder-unknown", $"'{found}' is no placeholder of this text. It knows {known}; braces are for them alone.");
    public static Refusal PlaceholderMissing(string missing, string says) => new("text-placeholder-missing", $"The text needs {missing} in it: {says}.");
    public static Refusal TextChanged(string by, DateTime at) => new("text-changed", $"{by} changed this text on {at:yyyy-MM-dd HH:mm} UTC, after you opened it. Look at what stands there now, and save yours again if it is to replace it.");

    public static Refusal TimeZoneUnknown(string zone) => new("coop-time-zone", $"'{zone}' is no time zone that this machine knows. Give a name such as America/Chicago or Europe/London.");
}

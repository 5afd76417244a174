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
}

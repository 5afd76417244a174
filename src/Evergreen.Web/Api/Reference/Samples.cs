using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Evergreen.Web.Api.Reference;

/// <summary>What the reference shows as examples. A test sends each to the sample co-op, in this order, so that none is wrong.</summary>
internal static class Samples
{
    /// <summary>What stands for a part of an address.</summary>
    public static readonly FrozenDictionary<string, string> Parts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["number"] = "1001", ["member"] = "1001", ["run"] = "2025-1", ["year"] = "2025", ["receipt"] = "T1-000042", ["id"] = "2026-24-1001", ["limit"] = "2", ["Idempotency-Key"] = "5f0c6a1e-3d0b-4b56-9a52-6a1c2c0e7d11",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly Dictionary<string, (string Name, string Json)[]> Bodies = new(StringComparer.Ordinal)
    {
        ["POST /api/v1/purchases"] =
        [
            ("A member's purchase", """{ "receipt": "T1-000042", "member": "1001", "on": "2026-06-12", "amount": "12.34" }"""),
            ("Somebody who is no member", """{ "receipt": "T1-000043", "on": "2026-06-12", "amount": "3.20", "currency": "USD" }"""),
            ("A return", """{ "receipt": "T1-000044", "member": "1001", "on": "2026-06-13", "amount": "-2.50", "store": "main" }"""),
        ],
        ["POST /api/v1/purchases/batch"] =
        [
            ("Two receipts", """{ "lines": [ { "receipt": "T1-000045", "member": "1001", "on": "2026-06-13", "amount": "8.00" }, { "receipt": "T1-000046", "on": "2026-06-13", "amount": "1.15" } ] }"""),
        ],
        ["POST /api/v1/hours"] =
        [
            ("A pay period", """{ "id": "2026-24-1001", "member": "1001", "periodStart": "2026-06-01", "periodEnd": "2026-06-14", "paidOn": "2026-06-19", "hours": "76.50" }"""),
            ("A day", """{ "id": "2026-06-15-1001", "member": "1001", "workedOn": "2026-06-15", "hours": "7.25" }"""),
        ],
        ["POST /api/v1/hours/batch"] =
        [
            ("Two members", """{ "lines": [ { "id": "2026-26-1001", "member": "1001", "periodStart": "2026-06-15", "periodEnd": "2026-06-28", "paidOn": "2026-07-03", "hours": "80.00" }, { "id": "2026-26-1002", "member": "1002", "periodStart": "2026-06-15", "periodEnd": "2026-06-28", "paidOn": "2026-07-03", "hours": "64.00" } ] }"""),
        ],
    };

    public static IEnumerable<(string Name, JsonNode Body)> Of(string operation) => Bodies.GetValueOrDefault(operation, []).Select(body => (body.Name, JsonNode.Parse(body.Json)!));
}

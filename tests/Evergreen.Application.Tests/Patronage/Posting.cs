using System.Security.Cryptography;
using System.Text;
using Evergreen.Application.Patronage;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Tests.Patronage;

/// <summary>Calls of a till and of payroll, as the tests make them: each line is answered with one word.</summary>
internal static class Posting
{
    public static PurchaseLine Receipt(string receipt, string amount, string? member = "1", int day = 2, string? department = null) =>
        new(receipt, member, new DateOnly(2026, 1, day), Money.Parse(amount), department);

    public static HoursLine Day(string id, string hours, string? member = "1", int day = 2)
    {
        _ = Hours.TryParse(hours, out var worked);
        return new(id, member, new DateOnly(2026, 1, day), null, null, null, worked);
    }

    public static PostRequest<TLine> One<TLine>(string key, TLine line, string client = "till") => Of(key, client, single: true, [line]);

    public static PostRequest<TLine> Many<TLine>(string key, params TLine[] lines) => Of(key, "till", single: false, lines);

    private static PostRequest<TLine> Of<TLine>(string key, string client, bool single, TLine[] lines) =>
        new("shop", new KeyedCall(client, key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', lines))))), "the till", lines, single, (_, posted) => (single ? posted[0].Refusal is null ? 201 : 422 : 200, string.Join(' ', posted.Select(Word))));

    private static string Word<TLine>(PostedLine<TLine> line) => line.Refusal is { } refusal ? string.Join('/', [refusal.Code, .. line.Fields]) : $"{(line.Replayed ? "again" : "new")}:{line.Line}";
}

using System.Globalization;
using Evergreen.Application.Members;
using Evergreen.Domain.Members;

namespace Evergreen.Web.Office.Members;

/// <summary>What the address of the members' list says: its filter, its sort and how far it was read.</summary>
public sealed record MemberQuery
{
    public string? Text { get; init; }
    public MemberStatus? Status { get; init; }
    public string? Class { get; init; }

    /// <summary><c>yes</c>, <c>no</c>, or nothing.</summary>
    public string? Email { get; init; }
    public bool MissingTaxId { get; init; }
    public bool MissingConsent { get; init; }
    public DateOnly? AsOf { get; init; }
    public string? Sort { get; init; }
    public string? After { get; init; }

    /// <summary>The columns that were chosen; none where nobody chose.</summary>
    public IReadOnlyList<MemberColumn>? Show { get; init; }

    /// <summary>The columns that are shown, in their order.</summary>
    public IReadOnlyList<MemberColumn> Columns => Show is { Count: > 0 } chosen ? [.. Enum.GetValues<MemberColumn>().Where(chosen.Contains)] : MemberList.UsualColumns;

    public string SortOrNumber => string.IsNullOrEmpty(Sort) ? "number" : Sort;

    public MemberFilter Filter(DateOnly today) => new(Text, Status, string.IsNullOrWhiteSpace(Class) ? null : Class, Email switch { "yes" => true, "no" => false, _ => null }, MissingTaxId, MissingConsent, AsOf ?? today);

    /// <summary>What is asked, each with its name in the address and how it is said.</summary>
    public IReadOnlyList<(string Name, string Value, string Said)> Chips
    {
        get
        {
            var chips = new List<(string, string, string)>();
            if (!string.IsNullOrWhiteSpace(Text)) chips.Add(("text", Text, $"“{Text}”"));
            if (Status is { } status) chips.Add(("status", status.ToString(), MemberList.StatusWord(status)));
            if (!string.IsNullOrWhiteSpace(Class)) chips.Add(("class", Class, $"Class {Class}"));
            if (Email is "yes" or "no") chips.Add(("email", Email, Email == "yes" ? "With e-mail" : "Without e-mail"));
            if (MissingTaxId) chips.Add(("missingTaxId", "true", "Tax number missing"));
            if (MissingConsent) chips.Add(("missingConsent", "true", "Consent missing"));
            if (AsOf is { } day) chips.Add(("asOf", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"As of {day.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}"));
            return chips;
        }
    }

    /// <summary>The address's query without one of its parts, and read from the start.</summary>
    public string QueryWithout(string? name = null, string? sort = null)
    {
        var parts = Chips.Where(chip => chip.Name != name).Select(chip => KeyValuePair.Create(chip.Name, (string?)chip.Value)).ToList();
        if ((sort ?? Sort) is { Length: > 0 } by) parts.Add(KeyValuePair.Create("sort", (string?)by));
        if (Show is { Count: > 0 }) parts.AddRange(Columns.Select(column => KeyValuePair.Create("show", (string?)column.ToString())));
        return QueryString.Create(parts).ToString();
    }
}

using Evergreen.Application.Members;
using Evergreen.Domain.Members;
using Evergreen.Web.Office.Lists;

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
    public IReadOnlyList<FilterChip> Chips =>
    [
        .. ((FilterChip?[])
        [
            FilterChip.Of("text", string.IsNullOrWhiteSpace(Text) ? null : $"“{Text}”"), FilterChip.Of("status", Status is { } status ? MemberList.StatusWord(status) : null), FilterChip.Of("class", Class, "Class"),
            FilterChip.Of("email", Email switch { "yes" => "With e-mail", "no" => "Without e-mail", _ => null }), FilterChip.Of("missingTaxId", MissingTaxId ? "Tax number missing" : null),
            FilterChip.Of("missingConsent", MissingConsent ? "Consent missing" : null), FilterChip.Of("asOf", AsOf, "As of"),
        ]).OfType<FilterChip>(),
    ];
}

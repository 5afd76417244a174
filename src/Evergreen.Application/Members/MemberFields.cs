using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>A plain text of a member: its column, and where it stands in the record.</summary>
internal sealed record MemberField(string Column, Func<Member, string?> Get, Action<Member, string?> Set);

internal static class MemberFields
{
    public static readonly IReadOnlyList<MemberField> All =
    [
        new("name", m => m.Name, (m, text) => m.Name = text!),
        new("given_name", m => m.GivenName, (m, text) => m.GivenName = text),
        new("family_name", m => m.FamilyName, (m, text) => m.FamilyName = text),
        new("organisation_name", m => m.OrganisationName, (m, text) => m.OrganisationName = text),
        new("email", m => m.Email, (m, text) => m.Email = text),
        new("phone", m => m.Phone, (m, text) => m.Phone = text),
        new("address_line1", m => m.AddressLine1, (m, text) => m.AddressLine1 = text),
        new("address_line2", m => m.AddressLine2, (m, text) => m.AddressLine2 = text),
        new("city", m => m.City, (m, text) => m.City = text),
        new("region", m => m.Region, (m, text) => m.Region = text),
        new("postal_code", m => m.PostalCode, (m, text) => m.PostalCode = text),
        new("country", m => m.Country, (m, text) => m.Country = text),
        new("language", m => m.Language, (m, text) => m.Language = text),
    ];

    private static readonly Dictionary<string, int> Places = All.Select((field, i) => (field.Column, i)).ToDictionary(f => f.Column, f => f.i, StringComparer.Ordinal);

    public static int Place(string column) => Places[column];
}

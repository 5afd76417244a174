using System.Text.RegularExpressions;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>What a form says of who someone is and where they are found. Blank fields are null once they are trimmed.</summary>
public sealed partial record Particulars
{
    private const int LongestText = 200;

    public MemberKind Kind { get; init; } = MemberKind.Person;

    /// <summary>As shown and printed; made of its parts where it is null.</summary>
    public string? Name { get; init; }
    public string? GivenName { get; init; }
    public string? FamilyName { get; init; }
    public string? OrganisationName { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? AddressLine1 { get; init; }
    public string? AddressLine2 { get; init; }
    public string? City { get; init; }
    public string? Region { get; init; }
    public string? PostalCode { get; init; }
    public string? Country { get; init; }
    public string? Language { get; init; }

    /// <summary>By the order of <see cref="MemberFields.All"/>.</summary>
    internal IReadOnlyList<string?> Texts => [Name, GivenName, FamilyName, OrganisationName, Email, Phone, AddressLine1, AddressLine2, City, Region, PostalCode, Country, Language];

    public static Particulars Of(Member member) => new()
    {
        Kind = member.Kind, Name = member.Name, GivenName = member.GivenName, FamilyName = member.FamilyName, OrganisationName = member.OrganisationName, Email = member.Email, Phone = member.Phone,
        AddressLine1 = member.AddressLine1, AddressLine2 = member.AddressLine2, City = member.City, Region = member.Region, PostalCode = member.PostalCode, Country = member.Country, Language = member.Language,
    };

    public static Particulars Of(MembershipApplication application) => new()
    {
        Kind = application.Kind, Name = application.Name, GivenName = application.GivenName, FamilyName = application.FamilyName, OrganisationName = application.OrganisationName, Email = application.Email,
        Phone = application.Phone, AddressLine1 = application.AddressLine1, AddressLine2 = application.AddressLine2, City = application.City, Region = application.Region, PostalCode = application.PostalCode,
        Country = application.Country, Language = application.Language,
    };

    /// <summary>The same for a form, whose name stands empty where it is made of its parts and so follows them.</summary>
    public Particulars ForAForm() => Name == MemberRow.NameOf(Kind, GivenName, FamilyName, OrganisationName) ? this with { Name = null } : this;

    /// <summary>The same without blanks around it, the name made of its parts where none is given; or why it cannot be used.</summary>
    public Outcome<Particulars> Checked()
    {
        var (given, family, organisation) = (Trim(GivenName), Trim(FamilyName), Trim(OrganisationName));
        var name = Trim(Name) ?? MemberRow.NameOf(Kind, given, family, organisation);
        if (name is null) return Refusals.NameMissing();
        var clean = this with
        {
            Name = name, GivenName = given, FamilyName = family, OrganisationName = organisation, Email = Trim(Email), Phone = Trim(Phone), AddressLine1 = Trim(AddressLine1), AddressLine2 = Trim(AddressLine2),
            City = Trim(City), Region = Trim(Region), PostalCode = Trim(PostalCode), Country = Trim(Country)?.ToUpperInvariant(), Language = Trim(Language),
        };
        if (clean.Texts.FirstOrDefault(text => text?.Length > LongestText) is { } tooLong) return Refusals.TextTooLong(tooLong, LongestText);
        if (clean.Email is { } email && !EmailForm().IsMatch(email)) return Refusals.EmailForm(email);
        if (clean.Country is { } country && !CountryForm().IsMatch(country)) return Refusals.CountryForm(country);
        return clean.Language is { } language && !LanguageForm().IsMatch(language) ? Refusals.LanguageForm(language) : clean;
    }

    /// <summary>On one line: a name or an address with a line break in it could be printed on no statement, and would hold up those of all others.</summary>
    internal static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : new string([.. text.Trim().Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]);

    [GeneratedRegex(@"^[^\s@]+@[^\s@]+\.[^\s@]+$", RegexOptions.ExplicitCapture, 100)] private static partial Regex EmailForm();
    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.ExplicitCapture, 100)] private static partial Regex CountryForm();
    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.ExplicitCapture, 100)] private static partial Regex LanguageForm();
}

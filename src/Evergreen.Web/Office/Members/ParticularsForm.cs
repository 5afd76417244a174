using Evergreen.Application.Members;
using Evergreen.Domain.Members;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Evergreen.Web.Office.Members;

/// <summary>Who someone is and where they are found, as a form asks for it.</summary>
public class ParticularsForm
{
    /// <summary>What may be chosen; never sent.</summary>
    [BindNever, ValidateNever]
    public IReadOnlyList<MemberClass> Classes { get; set; } = [];

    public MemberKind Kind { get; set; } = MemberKind.Person;
    public string? Name { get; set; }
    public string? GivenName { get; set; }
    public string? FamilyName { get; set; }
    public string? OrganisationName { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public string? AddressLine1 { get; set; }
    public string? AddressLine2 { get; set; }
    public string? City { get; set; }
    public string? Region { get; set; }
    public string? PostalCode { get; set; }
    public string? Country { get; set; }
    public string? Language { get; set; }

    public Particulars Particulars => new()
    {
        Kind = Kind, Name = Name, GivenName = GivenName, FamilyName = FamilyName, OrganisationName = OrganisationName, Email = Email, Phone = Phone, AddressLine1 = AddressLine1, AddressLine2 = AddressLine2,
        City = City, Region = Region, PostalCode = PostalCode, Country = Country, Language = Language,
    };

    public void Fill(Particulars from) =>
        (Kind, Name, GivenName, FamilyName, OrganisationName, Email, Phone, AddressLine1, AddressLine2, City, Region, PostalCode, Country, Language) =
        (from.Kind, from.Name, from.GivenName, from.FamilyName, from.OrganisationName, from.Email, from.Phone, from.AddressLine1, from.AddressLine2, from.City, from.Region, from.PostalCode, from.Country, from.Language);
}

/// <summary>A member to be enrolled.</summary>
public sealed class EnrolForm : ParticularsForm
{
    /// <summary>The number that is given where none is typed; never sent.</summary>
    [BindNever, ValidateNever]
    public string NextNumber { get; set; } = "";

    public string? Number { get; set; }
    public string? Class { get; set; }
    public DateOnly? JoinedOn { get; set; }
    public ConsentKind? Consent { get; set; }
    public DateOnly? ConsentOn { get; set; }
}

/// <summary>A member's record as it was read.</summary>
public sealed class EditForm : ParticularsForm
{
    public int Version { get; set; }
}

/// <summary>An application as it came in.</summary>
public sealed class ApplicationForm : ParticularsForm
{
    public string? Class { get; set; }
    public DateOnly? ReceivedOn { get; set; }
    public DateOnly? BylawGivenOn { get; set; }
}

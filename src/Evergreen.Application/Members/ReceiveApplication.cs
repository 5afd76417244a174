using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Takes in an application for membership, to be decided later.</summary>
public sealed class ReceiveApplication(Books books)
{
    /// <param name="Class">Code of the class that is asked for; null where none is named.</param>
    /// <param name="BylawGivenOn">When the applicant was given the notification and a copy of the consent bylaw.</param>
    public sealed record Request(string? CoOp, Particulars Particulars, string? Class, DateOnly ReceivedOn, DateOnly? BylawGivenOn, string By);

    public Outcome<MembershipApplication> Run(Request request) => books.Write<MembershipApplication>(dryRun: false, db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        var clean = request.Particulars.Checked();
        if (clean.IsRefused) return clean.Refusal!;
        if (request.ReceivedOn > books.Today(coOp)) return Refusals.InTheFuture(request.ReceivedOn);
        var code = Particulars.Trim(request.Class);
        if (code is not null && !db.MemberClasses.Any(one => one.CoOpId == coOp.Id && one.Code == code)) return Refusals.ClassUnknown(code);
        var who = clean.Value;
        var number = (db.MembershipApplications.Where(one => one.CoOpId == coOp.Id).Max(one => (int?)one.Number) ?? 0) + 1;
        var application = new MembershipApplication
        {
            CoOpId = coOp.Id, Number = number, ReceivedOn = request.ReceivedOn, At = books.Now, By = request.By, Kind = who.Kind, Name = who.Name!, GivenName = who.GivenName, FamilyName = who.FamilyName,
            OrganisationName = who.OrganisationName, Email = who.Email, Phone = who.Phone, AddressLine1 = who.AddressLine1, AddressLine2 = who.AddressLine2, City = who.City, Region = who.Region,
            PostalCode = who.PostalCode, Country = who.Country, Language = who.Language, Class = code, BylawGivenOn = request.BylawGivenOn,
        };
        db.MembershipApplications.Add(application);
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "members.application", $"application {number}", $"received on {request.ReceivedOn:yyyy-MM-dd}");
        return application;
    });
}

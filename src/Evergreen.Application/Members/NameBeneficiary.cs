using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>A member names a person for what the co-op owes the member at death. Several may be named, each for a part.</summary>
/// <remarks>Co-operative and Community Benefit Societies Act 2014, section 37, for registered societies.</remarks>
public sealed class NameBeneficiary(Books books)
{
    private const int LongestName = 200, LongestWhereabouts = 400;

    /// <param name="OfTheCoOp">Whether the person works for the co-op or holds an office in it.</param>
    public sealed record Request(string? CoOp, string Member, string? Name, Kinship Kinship, string? Whereabouts, int Percent, bool OfTheCoOp, string By);

    public Outcome<Beneficiary> Run(Request request) => books.Write<Beneficiary>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        if (Particulars.Trim(request.Name) is not { } name) return Refusals.BeneficiaryNameMissing();
        if (name.Length > LongestName) return Refusals.WordsTooLong(LongestName);
        var whereabouts = Particulars.Trim(request.Whereabouts);
        if (whereabouts?.Length > LongestWhereabouts) return Refusals.WordsTooLong(LongestWhereabouts);
        if (request.Percent is < 1 or > 100) return Refusals.BeneficiaryPart();
        if (coOp.Regime == TaxRegime.UkRegisteredSociety && !Nomination.MayBeNamed(request.Kinship, request.OfTheCoOp)) return Refusals.NomineeOfTheSociety();
        var left = 100 - db.Beneficiaries.Where(one => one.MemberId == member.Id && one.WithdrawnAt == null).Sum(one => one.Percent);
        if (request.Percent > left) return Refusals.BeneficiaryParts(left);
        var beneficiary = new Beneficiary
        {
            CoOpId = coOp.Id, MemberId = member.Id, At = books.Now, By = request.By, On = DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime), Name = name, Kinship = request.Kinship, Whereabouts = whereabouts,
            Percent = request.Percent, OfTheCoOp = request.OfTheCoOp,
        };
        db.Beneficiaries.Add(beneficiary);
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "members.beneficiary", $"member {member.Number}", $"named for {request.Percent} percent");
        return beneficiary;
    });
}

using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Records a member's tax number. It is sealed; only its last four digits are shown again.</summary>
/// <param name="keys">Where the keys are; null asks <see cref="KeyFile.Of"/>.</param>
public sealed class ChangeTaxId(Books books, KeyFile? keys = null)
{
    /// <param name="Type"><c>SSN</c>, <c>EIN</c> or <c>ITIN</c>; null takes the number away.</param>
    /// <param name="Version">The version of the record that the form was filled from: another number that came in between is not written over unseen. Null for whoever opened no form.</param>
    public sealed record Request(string? CoOp, string Member, string? Type, string? Number, string By, int? Version = null);

    /// <summary>How the fields are called whose changes are kept.</summary>
    private const string Fields = "tax_id";

    /// <returns>The last four digits; null where the number was taken away.</returns>
    public Outcome<string?> Run(Request request) => books.Write<string?>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        if (request.Version is { } version && MemberRevision.HasSince(db, found.Value.Member.Id, version, Fields)) return Refusals.ChangedMeanwhile(found.Value.Member.Number, version, found.Value.Member.Version);
        var type = Particulars.Trim(request.Type);
        if (type is not (null or "SSN" or "EIN" or "ITIN")) return Refusals.TaxIdTypeUnknown(type);
        var plain = BankNumber.Plain(Particulars.Trim(request.Number) ?? "");
        if (type is not null && !BankNumber.IsTaxId(plain)) return Refusals.TaxIdForm();
        var member = db.Members.Single(one => one.Id == found.Value.Member.Id);
        var edits = new MemberRevision(db, member, request.By, books.Now);
        if (member.TaxIdType != type) edits.Note("tax_id_type", member.TaxIdType, type);
        var before = MemberSecrets.Mask(member.TaxIdLastFour);
        member.TaxIdType = type;
        if (type is null)
        {
            member.TaxIdSealed = member.TaxIdLastFour = member.TaxIdDigest = null;
        }
        else
        {
            var cipher = SecretKeys.ToSeal(db, books, keys);
            if (cipher.IsRefused) return cipher.Refusal!;
            member.TaxIdSealed = cipher.Value.Seal(MemberSecrets.TaxId(member.CoOpId, member.Number), plain);
            member.TaxIdLastFour = MemberSecrets.LastFour(plain);
            member.TaxIdDigest = cipher.Value.Digest("tax-id", plain);
        }
        if (before is not null || type is not null) edits.Note("tax_id", before, MemberSecrets.Mask(member.TaxIdLastFour));
        if (edits.Made.Count > 0) AuditTrail.Add(db, member.CoOpId, books.Now, request.By, "members.tax-id", $"member {member.Number}", type is null ? "taken away" : $"{type} {MemberSecrets.Mask(member.TaxIdLastFour)}");
        return member.TaxIdLastFour;
    });
}

using System.Text;
using Evergreen.Application.Imports;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Members who may be one person twice: the same tax number, or the same name at the same address.</summary>
internal sealed class MemberTwins
{
    private static readonly CanonicalFile File = CanonicalFile.Members;
    private readonly MemberSecrets secrets;
    private readonly Dictionary<string, string> byTaxId = new(StringComparer.Ordinal), byAddress = new(StringComparer.Ordinal);

    public MemberTwins(ImportSitting sitting, MemberSecrets secrets)
    {
        this.secrets = secrets;
        foreach (var member in sitting.Db.Members.AsNoTracking().Where(member => member.CoOpId == sitting.CoOp.Id && (member.ImportId == null || member.ImportId != sitting.Import.Id))
            .OrderBy(member => member.Id).Select(member => new { member.Number, member.Name, member.AddressLine1, member.PostalCode, member.TaxIdDigest }))
        {
            if (member.TaxIdDigest is { } digest) byTaxId.TryAdd(digest, member.Number);
            if (Address(member.Name, member.AddressLine1, member.PostalCode) is { } address) byAddress.TryAdd(address, member.Number);
        }
    }

    public void LookAt(CanonicalRows rows, MemberRow row)
    {
        if (row.TaxId is { } taxId && Other(byTaxId, secrets.TaxIdDigest(taxId), row.Number) is { } same) rows.Warn(File["tax_id"], MemberFaults.SameTaxId(same));
        else if (Address(row.FullName, row["address_line1"], row["postal_code"]) is { } address && Other(byAddress, address, row.Number) is { } there) rows.Warn(File["name"], MemberFaults.SameNameAndAddress(there));
    }

    private static string? Other(Dictionary<string, string> known, string key, string number) =>
        known.TryAdd(key, number) || known[key] == number ? null : known[key];

    public static string? Address(string? name, string? line, string? postalCode) =>
        name is null || line is null ? null : $"{name}\n{line}\n{postalCode}".Normalize(NormalizationForm.FormC).ToUpperInvariant();
}

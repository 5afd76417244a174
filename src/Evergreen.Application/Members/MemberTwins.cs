using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Evergreen.Application.Imports;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Members who may be one person twice: the same tax number, or the same name at the same address.</summary>
/// <remarks>What is compared is kept as half of its SHA-256: some forty bytes a member, where the texts would be hundreds.</remarks>
internal sealed class MemberTwins
{
    private static readonly CanonicalFile File = CanonicalFile.Members;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Digest(ulong First, ulong Second);

    private readonly MemberSecrets secrets;
    private readonly Dictionary<Digest, string> byTaxId = [], byAddress = [];

    public MemberTwins(ImportSitting sitting, MemberSecrets secrets)
    {
        this.secrets = secrets;
        foreach (var member in sitting.Db.Members.AsNoTracking().Where(member => member.CoOpId == sitting.CoOp.Id && (member.ImportId == null || member.ImportId != sitting.Import.Id))
            .OrderBy(member => member.Id).Select(member => new { member.Number, member.Name, member.AddressLine1, member.PostalCode, member.TaxIdDigest }))
        {
            if (member.TaxIdDigest is { } digest) byTaxId.TryAdd(Key(digest), member.Number);
            if (Address(member.Name, member.AddressLine1, member.PostalCode) is { } address) byAddress.TryAdd(Key(address), member.Number);
        }
    }

    public void LookAt(CanonicalRows rows, MemberRow row)
    {
        if (row.TaxId is { } taxId && Other(byTaxId, secrets.TaxIdDigest(taxId), row.Number) is { } same) rows.Warn(File["tax_id"], MemberFaults.SameTaxId(same));
        else if (Address(row.FullName, row["address_line1"], row["postal_code"]) is { } address && Other(byAddress, address, row.Number) is { } there) rows.Warn(File["name"], MemberFaults.SameNameAndAddress(there));
    }

    private static string? Other(Dictionary<Digest, string> known, string text, string number)
    {
        var key = Key(text);
        return known.TryAdd(key, number) || known[key] == number ? null : known[key];
    }

    private static Digest Key(string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return new(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(8)));
    }

    public static string? Address(string? name, string? line, string? postalCode) =>
        name is null || line is null ? null : $"{name}\n{line}\n{postalCode}".Normalize(NormalizationForm.FormC).ToUpperInvariant();
}

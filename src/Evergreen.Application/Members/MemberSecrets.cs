using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Ends an import, which then changes nothing, because its secrets cannot be sealed.</summary>
internal sealed class SecretsUnavailableException(Refusal refusal) : Exception(refusal.Sentence)
{
    public Refusal Refusal => refusal;
}

/// <summary>Seals and compares the secrets of a members file. The keys are asked for with the first secret, and made with the first secret of the co-op's life.</summary>
internal sealed class MemberSecrets(ImportSitting sitting, Func<Outcome<KeyFile>> find)
{
    private FieldCipher? cipher;

    /// <summary>How many kept secrets were read to compare them with the file.</summary>
    public long Compared { get; private set; }

    public static FieldPlace TaxId(int coOpId, string number) => new("Members", "TaxId", coOpId.ToString(System.Globalization.CultureInfo.InvariantCulture), number);
    public static FieldPlace BankAccount(int coOpId, string number) => new("Members", "BankAccount", coOpId.ToString(System.Globalization.CultureInfo.InvariantCulture), number);

    public string TaxIdDigest(string plain) => Cipher.Digest("tax-id", plain);

    public void SetTaxId(Member member, string plain)
    {
        member.TaxIdSealed = Cipher.Seal(TaxId(member.CoOpId, member.Number), plain);
        member.TaxIdLastFour = LastFour(plain);
        member.TaxIdDigest = TaxIdDigest(plain);
    }

    public void SetBankAccount(Member member, string plain)
    {
        member.BankAccountSealed = Cipher.Seal(BankAccount(member.CoOpId, member.Number), plain);
        member.BankAccountLastFour = LastFour(plain);
    }

    public bool IsBankAccount(Member member, string plain)
    {
        if (member.BankAccountSealed is null || member.BankAccountLastFour != LastFour(plain)) return false;
        Compared++;
        return Cipher.Open(BankAccount(member.CoOpId, member.Number), member.BankAccountSealed) == plain;
    }

    /// <summary>Of a short number less is shown than half.</summary>
    public static string LastFour(string plain) => plain.Length >= 8 ? plain[^4..] : plain[^Math.Min(2, plain.Length / 2)..];

    public static string? Mask(string? lastFour) => lastFour is null ? null : $"••••{lastFour}";

    private FieldCipher Cipher => cipher ??= Make();

    private FieldCipher Make()
    {
        var file = Value(find());
        if (file.Exists) return new(Value(file.Read()));
        if (SealingKeys.AnySealed(sitting.Db)) throw new SecretsUnavailableException(Access.Refusals.KeysLost(file.Path));
        if (sitting.Request.CheckOnly || sitting.Request.DryRun) return new(KeyRing.Fresh("check"));
        var ring = file.Create(sitting.Today);
        sitting.Created.Add($"key file {file.Path}: keep it apart from the database and back it up; without it tax and bank numbers cannot be read");
        return new(ring);
    }

    private static T Value<T>(Outcome<T> outcome) => outcome.IsRefused ? throw new SecretsUnavailableException(outcome.Refusal!) : outcome.Value;
}

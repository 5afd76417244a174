using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Members;

/// <summary>The cipher for one member's secrets, outside an import.</summary>
internal static class SecretKeys
{
    /// <summary>Makes the key file with the first secret of the books' life.</summary>
    public static Outcome<FieldCipher> ToSeal(EvergreenDb db, Books books, KeyFile? keys)
    {
        var file = keys is null ? KeyFile.Of(books.Address) : keys;
        if (file.IsRefused) return file.Refusal!;
        if (file.Value.Exists) return Cipher(file.Value);
        if (db.Members.Any(member => member.TaxIdSealed != null || member.BankAccountSealed != null) || db.BankChanges.Any(change => change.AccountSealed != null)) return Access.Refusals.KeysLost(file.Value.Path);
        return new FieldCipher(file.Value.Create(DateOnly.FromDateTime(books.Now)));
    }

    public static Outcome<FieldCipher> ToOpen(Books books, KeyFile? keys)
    {
        var file = keys is null ? KeyFile.Of(books.Address) : keys;
        return file.IsRefused ? file.Refusal! : Cipher(file.Value);
    }

    private static Outcome<FieldCipher> Cipher(KeyFile file)
    {
        var ring = file.Read();
        return ring.IsRefused ? ring.Refusal! : new FieldCipher(ring.Value);
    }
}

using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Makes ten new recovery codes; the old ones are no longer good.</summary>
public sealed class MakeRecoveryCodes(Books books, SealingKeys keys)
{
    public const int Codes = 10, Characters = 10;

    public sealed record Request(int UserId, string Password, string From);

    /// <returns>The codes, shown this once. Refused without the present password.</returns>
    public Outcome<List<string>> Run(Request request)
    {
        var user = books.Read(db => db.SignIns.SingleOrDefault(user => user.Id == request.UserId));
        if (user?.AuthenticatorSince is null) return Refusals.NoAuthenticator();
        if (PresentPassword.Wrong(books, user, request.Password, request.From) is { } wrong) return wrong;
        return books.Write<List<string>>(dryRun: false, db =>
        {
            var cipher = keys.Cipher(db, DateOnly.FromDateTime(books.Now));
            if (cipher.IsRefused) return cipher.Refusal!;
            Entry.Record(db, books.Now, Entry.Subject(user.Id), "access.recovery-codes", Entry.Subject(user.Id), request.From, "made anew");
            return Fresh(db, cipher.Value, user.Id, books.Now);
        });
    }

    internal static List<string> Fresh(EvergreenDb db, FieldCipher cipher, int userId, DateTime now)
    {
        db.RecoveryCodes.Where(code => code.UserId == userId).ExecuteDelete();
        var codes = Enumerable.Range(0, Codes).Select(_ => SecretCode.Typed(Characters)).ToList();
        db.RecoveryCodes.AddRange(codes.Select(code => new RecoveryCode { UserId = userId, Digest = Digest(cipher, userId, code), MadeAt = now }));
        return codes;
    }

    internal static string Digest(FieldCipher cipher, int userId, string code) =>
        cipher.Digest("recovery-code", $"{userId.ToString(CultureInfo.InvariantCulture)}|{SecretCode.AsMeant(code)}");
}

using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>At the start of the site: makes the one-time set-up code while nobody can enter yet. It is for the console alone; a new start makes a new one.</summary>
public sealed class PrepareSetUp(Books books, AccessMode mode)
{
    public const int CodeCharacters = 20;

    /// <returns>The code; null when the set-up is over, or the site is a demo.</returns>
    public string? Run()
    {
        if (mode.Demo) return null;
        var code = SecretCode.Typed(CodeCharacters);
        return books.Write<bool>(dryRun: false, db =>
        {
            if (SetUpHouse.IsOver(db)) return false;
            var row = db.SetUpCodes.SingleOrDefault();
            if (row is null) db.SetUpCodes.Add(new SetUpCode { Id = 1, CodeDigest = SecretCode.DigestTyped(code), MadeAt = books.Now });
            else (row.CodeDigest, row.MadeAt) = (SecretCode.DigestTyped(code), books.Now);
            return true;
        }).Value ? code : null;
    }
}

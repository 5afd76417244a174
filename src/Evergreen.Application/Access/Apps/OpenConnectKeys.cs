using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access.Apps;

/// <summary>The provider's keys, opened: made with the first need, and anew after a quarter of a year. They are kept in the books, so that tokens outlive a restart and every copy of the site knows them.</summary>
public sealed class OpenConnectKeys(Books books, SealingKeys sealing)
{
    /// <summary>After this long another key takes over by itself.</summary>
    public static readonly TimeSpan Renewed = TimeSpan.FromDays(90);

    /// <param name="Key">PKCS#8 of a signing key, the plain bytes of an encryption key.</param>
    /// <param name="EndsAt">Null for the current one.</param>
    public sealed record Opened(string KeyId, ConnectKeyUse Use, byte[] Key, DateTime MadeAt, DateTime? EndsAt);

    /// <returns>For each use the current one first, then those that still verify, latest first.</returns>
    public Outcome<List<Opened>> Run()
    {
        var opened = books.Read(Open);
        if (opened.IsRefused || IsFresh(opened.Value)) return opened;
        var made = books.Write<bool>(dryRun: false, db =>
        {
            // Another copy of the site may have been first.
            var now = Open(db);
            if (now.IsRefused) return now.Refusal!;
            if (IsFresh(now.Value)) return true;
            var key = RotateConnectKeys.Make(db, sealing, books.Now, "the site", now.Value.Count == 0 ? "the first" : "renewed by age");
            return key.IsRefused ? key.Refusal! : true;
        });
        return made.IsRefused ? made.Refusal! : books.Read(Open);
    }

    private bool IsFresh(List<Opened> keys) =>
        Enum.GetValues<ConnectKeyUse>().All(use => keys.Any(key => key.Use == use && key.EndsAt is null && books.Now - key.MadeAt < Renewed));

    private Outcome<List<Opened>> Open(EvergreenDb db)
    {
        var now = books.Now;
        var rows = db.ConnectKeys.AsNoTracking().Where(key => key.EndsAt == null || key.EndsAt > now).OrderByDescending(key => key.Id).ToList();
        if (rows.Count == 0) return new List<Opened>();
        var cipher = sealing.Cipher(db, DateOnly.FromDateTime(now));
        if (cipher.IsRefused) return cipher.Refusal!;
        return rows.OrderBy(key => key.EndsAt is not null)
            .Select(key => new Opened(key.KeyId, key.Use, Convert.FromBase64String(cipher.Value.Open(RotateConnectKeys.Place(key.KeyId), key.Sealed)), key.MadeAt, key.EndsAt)).ToList();
    }
}

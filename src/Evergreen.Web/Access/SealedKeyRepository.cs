using System.Xml.Linq;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Evergreen.Web.Access;

/// <summary>The keys with which cookies and forms are sealed, themselves sealed under the key file: all copies of the site share them, and a stolen database holds none.</summary>
internal sealed class SealedKeyRepository(Books books, SealingKeys keys) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        LookAtBooks();
        return books.Read(db =>
        {
            var rows = db.SiteKeys.OrderBy(key => key.Id).ToList();
            if (rows.Count == 0) return [];
            var cipher = Cipher(db);
            return (IReadOnlyCollection<XElement>)[.. rows.Select(row => XElement.Parse(cipher.Open(Place(row.Name), row.Sealed)))];
        });
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        LookAtBooks();
        books.Write<bool>(dryRun: false, db =>
        {
            var name = string.IsNullOrEmpty(friendlyName) ? SecretCode.Carried() : friendlyName;
            if (db.SiteKeys.Any(key => key.Name == name)) name = $"{name}-{SecretCode.Carried()}";
            db.SiteKeys.Add(new SiteKey { Name = name, Sealed = Cipher(db).Seal(Place(name), element.ToString(SaveOptions.DisableFormatting)) });
            return true;
        });
    }

    private FieldCipher Cipher(EvergreenDb db)
    {
        var cipher = keys.Cipher(db, DateOnly.FromDateTime(books.Now));
        return cipher.IsRefused ? throw new InvalidOperationException(cipher.Refusal!.Sentence) : cipher.Value;
    }

    // Looking must not make a database.
    private void LookAtBooks()
    {
        if (books.Address.Path is { } path && !File.Exists(path)) throw new InvalidOperationException($"There are no books at {path} yet.");
    }

    private static FieldPlace Place(string name) => new("SiteKeys", "Sealed", name);
}

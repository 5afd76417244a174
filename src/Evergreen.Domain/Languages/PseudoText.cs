using System.Text;

namespace Evergreen.Domain.Languages;

/// <summary>English that can still be read but never be mistaken for a text written into a page: "[Ýôûŕ šţåķé]". A gap {0} stays as it is.</summary>
internal static class PseudoText
{
    private const string Plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Accented = "ÅƁÇĐÉƑĜĤÎĴĶĻṀÑÔÞǪŔŠŢÛṼŴẊÝŽåƀçđéƒĝĥîĵķļɱñôþǫŕšţûṽŵẋýž";

    public static string Of(string text)
    {
        var written = new StringBuilder("[");
        var inGap = false;
        foreach (var letter in text)
        {
            inGap = letter switch { '{' => true, '}' => false, _ => inGap };
            var place = inGap ? -1 : Plain.IndexOf(letter, StringComparison.Ordinal);
            written.Append(place < 0 ? letter : Accented[place]);
        }
        return written.Append(']').ToString();
    }
}

using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Languages;

namespace Evergreen.Domain.Tests.Languages;

public sealed class LanguageTests
{
    private static readonly DateOnly Day = new(2027, 3, 3);

    [TestCase("en", "US", "en-US", "March 3, 2027", "Mar 3, 2027")]
    [TestCase("en-GB", "US", "en-US", "March 3, 2027", "Mar 3, 2027")]
    [TestCase("en", "GB", "en-GB", "3 March 2027", "3 Mar 2027")]
    [TestCase("es-MX", "US", "es", "3 de marzo de 2027", "3 mar 2027")]
    [TestCase("es", "GB", "es", "3 de marzo de 2027", "3 mar 2027")]
    [TestCase("fr", "US", "en-US", "March 3, 2027", "Mar 3, 2027")]
    [TestCase(null, "GB", "en-GB", "3 March 2027", "3 Mar 2027")]
    public void AMemberIsSpokenToInTheirLanguageAsTheirCountryWritesIt(string? tag, string country, string spoken, string inFull, string inShort)
    {
        var language = Language.Of(tag, country);
        Assert.That((language.Tag, language.Day(Day), language.ShortDay(Day)), Is.EqualTo((spoken, inFull, inShort)));
    }

    [TestCase("en", "US", "USD", 123456, "$1,234.56")]
    [TestCase("es", "US", "USD", 123456, "$1,234.56")]
    [TestCase("en", "GB", "GBP", -5, "−£0.05")]
    [TestCase("es", "ES", "EUR", -123456, "−1.234,56\u00A0€")]
    [TestCase("en", "US", "JPY", 1234567, "¥1,234,567")]
    [TestCase("en", "US", "KWD", 1234567, "KWD\u00A01,234.567")]
    [TestCase("es", "ES", "KWD", 1234567, "1.234,567\u00A0KWD")]
    [TestCase("en", "CA", "CAD", 100, "CAD\u00A01.00")]
    [TestCase("en", "US", "", 0, "0.00")]
    public void AnAmountHasTheDecimalsOfItsCurrencyAndARealMinus(string tag, string country, string currency, long units, string written) =>
        Assert.That(Language.Of(tag, country).Amount(new Money(units), currency), Is.EqualTo(written));

    [Test]
    public void NumbersAreGroupedAsInTheCountry() =>
        Assert.That((Language.Of("es", "US").Number(-1234567), Language.Of("es", "ES").Number(1234567), Language.Of("es", "US").Hours(new Hours(123450))), Is.EqualTo(("−1,234,567", "1.234.567", "1,234.50")));

    [Test]
    public void TheLongestAmountIsWritten() =>
        Assert.That(Language.English.Amount(new Money(long.MinValue), "USD"), Is.EqualTo("−$92,233,720,368,547,758.08"));

    [Test]
    public void NobodyIsSpokenToInThePseudoLanguageUnlessItIsSwitchedOn() =>
        Assert.That(Language.Of(Language.PseudoTag, "US").IsPseudo, Is.False);
}

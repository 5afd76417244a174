using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Languages;

namespace Evergreen.Domain.Tests.Languages;

public sealed class WordingTests
{
    private static readonly WordBook Book = new(typeof(Language).Assembly, "Evergreen.Domain.Languages.Words");

    [Test]
    public void ATextThatIsWrittenNowhereIsAFault() =>
        Assert.That(() => Book.Of(Language.English)["no-such-text"], Throws.TypeOf<MissingWordException>().With.Message.Contains("no-such-text"));

    [Test]
    public void WhatACountryDoesNotWriteIsTakenFromTheLanguage() =>
        Assert.That(Book.Of(Language.Of("en", "GB"))["month.3"], Is.EqualTo("March"));

    [Test]
    public void ARefusalKeepsWhatFillsItsGaps()
    {
        var refusal = new Refusal("year-closed", $"The {2026} books were closed on {new DateOnly(2027, 3, 31):d MMMM}.");
        Assert.That(refusal.Sentence, Is.EqualTo("The 2026 books were closed on 31 March."));
        Assert.That(refusal.Arguments, Is.EqualTo(new object[] { 2026, new DateOnly(2027, 3, 31) }));
        Assert.That(refusal, Is.EqualTo(new Refusal("year-closed", "The 2026 books were closed on 31 March.")));
    }

    [Test]
    public void ARefusalThatIsNotTranslatedIsSaidInEnglish() =>
        Assert.That(Book.Of(Language.Of("es", "US")).Refusal(new Refusal("odd", "That is odd.")), Is.EqualTo("That is odd."));
}

using Evergreen.Application.CoOps;
using Evergreen.Application.Members;
using Evergreen.Application.Statements;
using Evergreen.Application.Tests.Statements;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Languages;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.CoOps;

/// <summary>The letters and mails that a co-op may word itself.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class TextTests(TestDatabase databases)
{
    private static readonly DateOnly Joined = new(2025, 4, 1), Today = new(2026, 1, 15);
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        Found("shop", "US", "USD", TaxRegime.SubchapterT);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private void Found(string code, string country, string currency, TaxRegime regime) => new CreateCoOp(database.Books).Run(new(code, "The Shop", country, currency, 12, regime, "bea"));

    private Outcome<int> Word(string? subject, string? words, int seen = 0, string name = "letter.welcome", string language = "en", string coOp = "shop") => new WordText(database.Books).Run(new(coOp, name, language, seen, subject, words, "ann"));

    private TextPage.Result Page(string name = "letter.welcome", string language = "en", string coOp = "shop") => new TextPage(database.Books).Run(coOp, name, language).Value;

    private void Enrol(string? language, string coOp = "shop") => new EnrolMember(database.Books).Run(new(coOp, null, new Particulars { GivenName = "Ana", FamilyName = "{code}", Language = language }, [], Joined, "ann"));

    private static string Read(Outcome<WriteLetter.Written> letter)
    {
        using var pdf = new PrintedPdf(letter.Value.Pdf);
        return $"{pdf.Language}: {pdf.Text}";
    }

    private string Welcome(string number, string coOp = "shop") => Read(new WriteLetter(database.Books).Welcome(coOp, number, "ann"));

    [Test]
    public void BuiltInTextsKeepTheirOwnRules()
    {
        foreach (var template in TextTemplate.All)
            foreach (var (tongue, country) in Language.Tongues.SelectMany(tongue => new[] { "US", "GB" }.Select(country => (tongue, country))))
            {
                var language = Language.Of(tongue, country);
                var kept = template.Checked(template.BuiltInSubject(language), template.BuiltInWords(language));
                Assert.That(kept.Refusal?.Sentence, Is.Null, $"{template.Name} {language}");
                Assert.That(kept.Value.Words, Is.EqualTo(template.BuiltInWords(language).ReplaceLineEndings("\n")), "saving it unchanged is no change");
                var sample = CoOpTexts.Fill(database.Books.Read(db => db.CoOps.Single()), language, kept.Value.Subject, kept.Value.Words, TextTemplate.Sample(language, Today, "https://shop.example"));
                Assert.That($"{sample.Subject} {string.Join(' ', sample.Paragraphs)}", Does.Not.Contain("{").And.Not.Contain("}"), "nothing stays open");
            }
        Assert.That(TextTemplate.All.Where(template => template.Needs.Except(template.Holds).Any()), Is.Empty);
    }

    [Test]
    public void LettersSpeakTheLanguageOfWhomTheyAreTo()
    {
        Enrol(null);
        Enrol("es-MX");
        Found("society", "GB", "GBP", TaxRegime.UkRegisteredSociety);
        Enrol(null, "society");
        Assert.That(Welcome("0001"), Does.StartWith("en-US").And.Contain("Dear Ana {code},").And.Contain("April 1, 2025").And.Contain("your member number is 0001").And.Contain("your patronage"));
        Assert.That(Welcome("0002"), Does.StartWith("es").And.Contain("Hola, Ana {code}:").And.Contain("1 de abril de 2025").And.Contain("su número de miembro es el 0002"));
        Assert.That(Welcome("0001", "society"), Does.StartWith("en-GB").And.Contain("1 April 2025").And.Contain("your purchases or hours are counted"));
        new ChangeStatus(database.Books).Run(new("shop", "0002", MemberStatus.Left, Today, "ann"));
        Assert.That(Read(new WriteLetter(database.Books).Exit("shop", "0002", "ann")), Does.Contain("15 de enero de 2026").And.Contain("Se devuelve cuando la junta lo decida"));
        new ReceiveApplication(database.Books).Run(new("shop", new Particulars { Name = "Bo Li", Language = "es" }, null, Joined, null, "ann"));
        new DeclineApplication(database.Books).Run(new("shop", 1, "Vive lejos.", "ada"));
        Assert.That(Read(new WriteLetter(database.Books).Declined("shop", 1, "ann")), Does.Contain("Gracias por su solicitud del 1 de abril de 2025").And.Contain("El motivo: Vive lejos."));
    }

    [Test]
    public void CoOpsWordsAreUsedUntilItGoesBackAndEveryVersionStays()
    {
        Enrol(null);
        Enrol("es");
        Assert.That(Word(" Hello\tfrom {co-op} ", "Dear {name},\r\n\r\nyou are number {number} since {since}.\r\n").Value, Is.EqualTo(1));
        Assert.That(Welcome("0001"), Does.Contain("Hello from The Shop").And.Contain("Dear Ana {code},").And.Contain("you are number 0001 since April 1, 2025.").And.Not.Contain("patronage"));
        Assert.That(Welcome("0002"), Does.Contain("Le damos la bienvenida"), "each language by itself");
        Assert.That((Page().Subject, Page().Words, Page().IsOwn), Is.EqualTo(("Hello from {co-op}", "Dear {name},\n\nyou are number {number} since {since}.", true)));
        Assert.That(Word("Hello from {co-op}", "Dear {name},\n\nyou are number {number} since {since}.", seen: 1).Value, Is.EqualTo(1), "nothing new");
        Assert.That(Word("Hi", "{number} it is.", seen: 1).Value, Is.EqualTo(2));
        Assert.That(Word(null, null, seen: 2).Value, Is.EqualTo(3));
        Assert.That(Word(null, null, seen: 3).Value, Is.EqualTo(3), "it is the built-in text already");
        Assert.That(Word(Page().BuiltInSubject, Page().BuiltInWords, seen: 3).Value, Is.EqualTo(3));
        Assert.That(Welcome("0001"), Does.Contain("your patronage is counted"));
        Assert.That(Page().Versions.Select(version => (version.Version, version.Words, version.By)), Is.EqualTo(new[] { (3, (string?)null, "ann"), (2, "{number} it is.", "ann"), (1, "Dear {name},\n\nyou are number {number} since {since}.", "ann") }));
        Assert.That(database.Books.Read(db => db.AuditRecords.Where(record => record.Verb == "co-op.text").OrderBy(record => record.Id).Select(record => $"{record.Subject}: {record.Detail}").ToList()),
            Is.EqualTo(new[] { "text letter.welcome en: version 1", "text letter.welcome en: version 2", "text letter.welcome en: version 3, the built-in words again" }));
        Assert.That(new ListTexts(database.Books).Run("shop").Value.Select(row => row.Own), Is.All.Null);
        Word("Hola", "El {number}.", language: "es");
        Assert.That(new ListTexts(database.Books).Run("shop").Value.Where(row => row.Own is not null).Select(row => (row.Template.Name, row.Language, row.Own!.Version)), Is.EqualTo(new[] { ("letter.welcome", "es", 1) }));
    }

    [TestCase("Hello", "", "text-empty")]
    [TestCase("", "Your number: {number}", "text-subject")]
    [TestCase("Hello {name}", "Your number: {number}", "text-subject", Description = "a name is for nobody but whom it is")]
    [TestCase("Hello", "Your number: {nummer}", "text-placeholder-unknown")]
    [TestCase("Hello", "Your number: {number} {code}", "text-placeholder-unknown", Description = "a code does not stand beside the number")]
    [TestCase("Hello", "Your number: {number} }", "text-placeholder-unknown")]
    [TestCase("Hello", "Welcome, {name}", "text-placeholder-missing")]
    public void WordsThatCannotBeUsedAreRefused(string subject, string words, string code)
    {
        Assert.That(Word(subject, words).Refusal!.Code, Is.EqualTo(code));
        Assert.That(Page().Versions, Is.Empty);
    }

    /// <summary>When retained amounts are paid back stands in the details, in the co-op's language; whoever reads another reads what the co-op wrote for it, on pages, letters and statements.</summary>
    [Test]
    public void SentenceOfTheDetailsIsWrittenForMembersWhoReadAnotherLanguage()
    {
        const string Details = "The kept part is paid within five years.", Spanish = "Lo guardado se paga dentro de cinco años.", Text = RedemptionWords.Text;
        new CreateCoOp(database.Books).Run(new("kept", "Kept Well", "US", "USD", 12, TaxRegime.SubchapterT, "bea") { RedemptionSentence = Details });
        Enrol("es", "kept");
        new ChangeStatus(database.Books).Run(new("kept", "0001", MemberStatus.Left, Today, "ann"));
        (string, string) Said(string tongue) => RedemptionWords.Of(database.Books, database.Books.Read(db => db.CoOps.Single(one => one.Code == "kept")), Language.Of(tongue, "US")) is var said ? (said.Words, said.Tongue) : default;
        string Letter() => Read(new WriteLetter(database.Books).Exit("kept", "0001", "ann"));
        string Statement()
        {
            using var pdf = new PrintedPdf(new PreviewStatement(database.Books).Run("kept", "es").Value);
            return pdf.Text;
        }

        Assert.That((Said("es"), Said("en"), Page(Text, "es", "kept").Words), Is.EqualTo(((Details, "en"), (Details, "en"), Details)), "nothing else is written");
        Assert.That(Word("", Details, name: Text, language: "es", coOp: "kept").Value, Is.Zero, "it says the same already");

        Assert.That(Word(null, $" {Spanish}\r\n", name: Text, language: "es", coOp: "kept").Value, Is.EqualTo(1));
        Assert.That((Said("es"), Said("en")), Is.EqualTo(((Spanish, "es"), (Details, "en"))));
        Assert.That(Letter(), Does.Contain(Spanish).And.Not.Contain(Details));
        Assert.That(Statement(), Does.Contain(Spanish).And.Not.Contain(Details));
        Assert.That(new ListTexts(database.Books).Run("kept").Value.Where(row => row.Template.IsSentence).Select(row => (row.Language, row.Own?.Words)), Is.EqualTo(new[] { ("es", Spanish) }), "in its own language it stands in the details");

        Assert.That(Word(null, Spanish, name: Text, language: "en", coOp: "kept").Refusal!.Code, Is.EqualTo("text-unknown"));
        Assert.That(new TextPage(database.Books).Run("kept", Text, "en").Refusal!.Code, Is.EqualTo("text-unknown"));
        Assert.That(Word(null, "Se paga {pronto}.", 1, Text, "es", "kept").Refusal!.Code, Is.EqualTo("text-placeholder-unknown"));
        Assert.That(Word(null, new string('x', EditCoOp.LongestSentence + 1), 1, Text, "es", "kept").Refusal!.Code, Is.EqualTo("coop-text-too-long"));
        Assert.That(Word(null, " ", 1, Text, "es", "kept").Refusal!.Code, Is.EqualTo("text-empty"));
        Assert.That(Word(null, null, 1, Text, "es", "kept").Value, Is.EqualTo(2));
        Assert.That((Said("es"), Letter().Contains(Details, StringComparison.Ordinal)), Is.EqualTo(((Details, "en"), true)), "what the details say holds again");
    }

    [Test]
    public void WhatIsNotThereOrTooLongOrChangedMeanwhileIsRefused()
    {
        Assert.That(Word("Hello", "{number}", name: "letter.password").Refusal!.Code, Is.EqualTo("text-unknown"));
        Assert.That(Word("Hello", "{number}", language: "fr").Refusal!.Code, Is.EqualTo("text-unknown"));
        Assert.That(new TextPage(database.Books).Run("shop", "letter.welcome", "fr").Refusal!.Code, Is.EqualTo("text-unknown"));
        Assert.That(Word("Hello", "{number}" + new string('x', TextTemplate.LongestWords)).Refusal!.Code, Is.EqualTo("coop-text-too-long"));
        Assert.That(Word(new string('x', TextTemplate.LongestSubject + 1), "{number}").Refusal!.Code, Is.EqualTo("text-subject"));
        Word("Hello", "{number}");
        Assert.That((Word("Hi", "{number} is yours").Refusal!.Code, Word(null, null).Refusal!.Code, Page().Subject), Is.EqualTo(("text-changed", "text-changed", "Hello")), "both had seen the built-in text");
    }
}

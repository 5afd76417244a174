using Evergreen.Domain.Tax;

namespace Evergreen.Domain.Tests.Tax;

/// <summary>Letters, places and columns of what is filed through the IRIS portal.</summary>
public sealed class IrisTests
{
    [TestCase("Ada Bell", "ADA BELL", false)]
    [TestCase("St. Louis, Mo.", "ST LOUIS MO", false)]
    [TestCase("Bread & Roses (Co-op) #2", "BREAD & ROSES (CO-OP) #2", false)]
    [TestCase("'t Hooft", "'T HOOFT", false)]
    [TestCase("José Núñez", "JOSE NUNEZ", true)]
    [TestCase("O’Brien – Ødegård", "O'BRIEN - ODEGARD", true)]
    [TestCase("Ólafur Þórðarson", "OLAFUR THORDARSON", true)]
    [TestCase("Строева", "STROEVA", true)]
    [TestCase("=1+1", "1 1", true)]
    [TestCase("-Ann", "ANN", true)]
    [TestCase("'-5 Main", "5 MAIN", true)]
    [TestCase("@home / work", "HOME WORK", true)]
    [TestCase("  ", "", false)]
    public void NamesAreWrittenInPlainLettersAndEveryOtherChangeIsSeen(string text, string written, bool changed)
    {
        var plain = IrisText.Of(text);
        Assert.That((plain.Text, plain.IsChanged, plain.Unwritable.Count), Is.EqualTo((written, changed, 0)));
    }

    [TestCase("李 Wei", "李")]
    [TestCase("Ana 🍞", "🍞")]
    [TestCase("½ Mill", "½")]
    public void ALetterWithoutAPlainOneIsNamed(string text, string unwritable) => Assert.That(IrisText.Of(text).Unwritable, Is.EqualTo(new[] { unwritable }));

    [TestCase("THE BAKERY OF THE SEVEN WORKERS", 16, "THE BAKERY OF", "THE SEVEN WORKERS")]
    [TestCase("BAKERY", 6, "BAKERY", "")]
    [TestCase("BAKERY SEVEN", 6, "BAKERY", "SEVEN")]
    [TestCase("COOPERATIVE", 4, "COOP", "ERATIVE")]
    public void ALongNameIsPartedBetweenWords(string text, int width, string first, string rest) => Assert.That(IrisText.Part(text, width), Is.EqualTo((first, rest)));

    [TestCase("IL", "IL")]
    [TestCase(" il ", "IL")]
    [TestCase("Illinois", "IL")]
    [TestCase("District of Columbia", "DC")]
    [TestCase("AE", "AE")]
    [TestCase("XX", null)]
    [TestCase("Illinoiss", null)]
    [TestCase(null, null)]
    public void AStateIsOneOfThePostalService(string? text, string? code) => Assert.That(UsPlace.State(text), Is.EqualTo(code));

    [TestCase("61401", "61401")]
    [TestCase("61401-1234", "614011234")]
    [TestCase("614011234", "614011234")]
    [TestCase("6140", null)]
    [TestCase("6140-12345", null)]
    [TestCase(null, null)]
    public void AZipCodeHasFiveOrNineDigits(string? text, string? zip) => Assert.That(UsPlace.Zip(text), Is.EqualTo(zip));

    [TestCase("+1 (309) 555-0100", "3095550100")]
    [TestCase("309.555.0100", "3095550100")]
    [TestCase("1309555010", null)]
    [TestCase("+44 161 555 0100", null)]
    [TestCase("309 555 0100 ext 2", null)]
    [TestCase("", null)]
    public void APhoneNumberHasTenDigits(string text, string? digits) => Assert.That(UsPlace.Phone(text), Is.EqualTo(digits));

    [TestCase("Galesburg, IL 61401", "Galesburg|IL|61401")]
    [TestCase("New York, New York 10001-0001", "New York|NY|100010001")]
    [TestCase("Charleston West Virginia 25301", "Charleston|WV|25301")]
    [TestCase("Washington DC 20001", "Washington|DC|20001")]
    [TestCase("Galesburg 61401", null)]
    [TestCase("IL 61401", null)]
    [TestCase("Galesburg, IL", null)]
    public void TheLastLineOfAnAddressFallsIntoTownStateAndZip(string line, string? parts) =>
        Assert.That(UsPlace.TryTown(line, out var town) ? $"{town.City}|{town.State}|{town.Zip}" : null, Is.EqualTo(parts));

    /// <remarks>31 March 2027 is a Wednesday, 31 March 2029 a Saturday, 31 March 2030 a Sunday.</remarks>
    [TestCase(2026, "2027-03-31")]
    [TestCase(2028, "2029-04-02")]
    [TestCase(2029, "2030-04-01")]
    public void FilesAreDueOnTheLastOfMarchOrTheMondayAfter(int year, string day) => Assert.That(PatronageReport.FileBy(year), Is.EqualTo(DateOnly.ParseExact(day, "yyyy-MM-dd", null)));

    /// <remarks>The header that three public descriptions of the portal's files have in common.</remarks>
    [Test]
    public void TheCommonColumnsAreThoseOfThePortal()
    {
        const string common = "Form Type,Tax Year,Payer TIN Type,Payer Taxpayer ID Number,Payer Name Type,Payer Business or Entity Name Line 1,Payer Business or Entity Name Line 2,Payer First Name,Payer Middle Name,Payer Last Name (Surname),Payer Suffix," +
            "Payer Country,Payer Address Line 1,Payer Address Line 2,Payer City/Town,Payer State/Province/Territory,Payer ZIP/Postal Code,Payer Phone Type,Payer Phone,Payer Email Address,Recipient TIN Type,Recipient Taxpayer ID Number,Recipient Name Type," +
            "Recipient Business or Entity Name Line 1,Recipient Business or Entity Name Line 2,Recipient First Name,Recipient Middle Name,Recipient Last Name (Surname),Recipient Suffix,Recipient Country,Recipient Address Line 1,Recipient Address Line 2," +
            "Recipient City/Town,Recipient State/Province/Territory,Recipient ZIP/Postal Code,Office Code,Form Account Number";
        Assert.That(IrisColumns.Known.Headers.Take(37), Is.EqualTo(common.Split(',')));
        Assert.That(IrisColumns.Known.Fields, Has.Count.EqualTo(51).And.None.Null.And.Unique);
        Assert.That(IrisColumns.Known.Headers.Skip(37).Select(header => header.Split(" - ")[0]), Is.EqualTo(new[] { "2nd TIN Notice", "Box 1", "Box 2", "Box 3", "Box 4", "Box 5", "Box 6", "Box 7", "Box 8", "Box 9", "Box 10", "Box 11", "Box 12", "Box 13" }));
    }

    [TestCase("payer tin", IrisField.PayerTin)]
    [TestCase(" Recipient ZIP Code ", IrisField.RecipientZip)]
    [TestCase("Account Number", IrisField.AccountNumber)]
    [TestCase("Box 1 – Patronage Dividends", IrisField.Box1)]
    [TestCase("Patronage dividends", IrisField.Box1)]
    [TestCase("Box 2 - Nonpatronage distributions", IrisField.Box2)]
    [TestCase("Box 4: Federal Income Tax Withheld", IrisField.Box4)]
    [TestCase("Box 5 - Redeemed nonqualified notices and other amounts", IrisField.Box5)]
    [TestCase("Box 13 - Specified cooperative", IrisField.Box13)]
    [TestCase("Box 5 - Federal income tax withheld", null)]
    [TestCase("Box 1", null)]
    [TestCase("State 1 - Local income tax withheld", null)]
    [TestCase("", null)]
    public void AColumnIsKnownByItsNameAndABoxByItsNumberAndTitleTogether(string header, IrisField? field) => Assert.That(IrisColumns.Of([header]).Fields.Single(), Is.EqualTo(field));
}

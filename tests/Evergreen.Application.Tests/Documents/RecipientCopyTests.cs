using Evergreen.Application.Tests.Statements;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Notices;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Languages;
using Evergreen.Domain.Statements;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Documents;

public sealed class RecipientCopyTests
{
    private static RecipientCopy Copy(string language = "en", bool corrected = false, string? number = "XXX-XX-1234") => new(
        new StatementCoOp { Name = "The Bakery", AddressLines = ["1 Mill Street", "Galesburg, IL 61401"], Country = StatementCountry.UnitedStates, Currency = "USD", ContactName = "Ann", ContactPhone = "+1 309 555 0100" },
        "12-3456789", new StatementMember("0007", "José Núñez Ibarra", ["2 Oak Street", "Galesburg, IL 61401"]), number, 2026, new(Money.Parse("1234.56"), Money.Parse("59.26"), Money.Parse("25.00")), corrected, new DateOnly(2027, 1, 20), Language.Of(language, "US"));

    [Test]
    public void TheCopySaysWhatTheLawWantsSaid()
    {
        var bytes = Copy().Draw(PaperSize.Letter);
        using var pdf = new PrintedPdf(bytes);
        Assert.Multiple(() =>
        {
            Assert.That((pdf.PageCount, pdf.Language, pdf.Title, pdf.Author), Is.EqualTo((1, "en-US", "Form 1099-PATR 2026: José Núñez Ibarra", "The Bakery")));
            foreach (var said in (string[])
            [
                "Form 1099-PATR", "Taxable Distributions Received From Cooperatives", "Copy B For Recipient", "(keep for your records)", "OMB No. 1545-0118", "Calendar year 2026", "Substitute statement",
                "The Bakery", "1 Mill Street", "+1 309 555 0100", "12-3456789", "José Núñez Ibarra", "2 Oak Street", "XXX-XX-1234", "Account number: 0007",
                "1 Patronage dividends", "$1,234.56", "4 Federal income tax withheld", "$59.26", "5 Redeemed nonqualified notices", "$25.00",
                "This is important tax information and is being furnished to the IRS. If you are required to file a return, a negligence penalty or other sanction may be imposed on you if this income is taxable and the IRS determines that it has not been reported.",
            ])
                Assert.That(pdf.Text, Does.Contain(said));
            Assert.That(pdf.Text, Does.Not.Contain("CORRECTED"));
            Assert.That(PrintedPdf.QpdfComplaints(bytes), Is.Empty);
            Assert.That(Copy().Draw(PaperSize.Letter), Is.EqualTo(bytes), "the same form has the same bytes");
        });
    }

    [Test]
    public void ACorrectedCopyInSpanishKeepsTheCaptionsOfTheForm()
    {
        using var pdf = new PrintedPdf(Copy("es", corrected: true, number: null).Draw(PaperSize.Letter));
        Assert.That((pdf.PageCount, pdf.Language), Is.EqualTo((1, "es")));
        Assert.That(pdf.Text, Does.Contain("CORRECTED (corregido)").And.Contain("1 Patronage dividends").And.Contain("Qué le dice este papel").And.Contain("no lo tenemos").And.Contain("This is important tax information"));
    }
}

using System.Buffers.Binary;
using System.Text;
using Evergreen.Application.CoOps;
using Evergreen.Application.Statements;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using NUnit.Framework;

namespace Evergreen.Application.Tests.CoOps;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class EditCoOpTests(TestDatabase databases)
{
    private static readonly byte[] Svg = Encoding.UTF8.GetBytes("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><circle cx=\"2\" cy=\"2\" r=\"2\" fill=\"#0F5257\"/></svg>");
    private OpenTestDatabase database = null!;
    private SampleCoOp shop = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        shop = SampleCoOp.In(database);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private CoOp CoOp => database.Books.Read(db => db.CoOps.Single());
    private Outcome<CoOpDetails> Edit(CoOpDetails seen, Func<CoOpDetails, CoOpDetails> change) => new EditCoOp(database.Books).Run(new("shop", seen, change(seen), "ann"));
    private Outcome<bool> Logo(byte[]? logo) => new SetLogo(database.Books).Run(new("shop", logo, "ann"));

    [Test]
    public void DetailsChangeAndTheOldOnesAreWrittenDown()
    {
        var changed = Edit(CoOpDetails.Of(CoOp), details => details with { Name = " The Corner Shop ", Address = "1 High Street\r\n\r\nTown ", BrandColour = "#0f5257" }).Value;
        Assert.That((changed.Name, changed.Address, CoOp.BrandColour), Is.EqualTo(("The Corner Shop", "1 High Street\nTown", "#0F5257")));
        Assert.That(database.Books.Read(db => db.AuditRecords.Single(record => record.Verb == "co-op.edit").Detail), Is.EqualTo("name: \"The Shop\" → \"The Corner Shop\"; address: nothing → \"1 High Street,Town\"; colour: \"#1F5F4A\" → \"#0F5257\""));
    }

    [Test]
    public void TheDayIsThatOfTheCoOpsTimeZone()
    {
        var clock = database.Clock.GetUtcNow();
        Assert.That((clock.UtcDateTime, database.Books.Today(CoOp)), Is.EqualTo((new DateTime(2026, 1, 15, 10, 0, 0, DateTimeKind.Utc), new DateOnly(2026, 1, 15))));
        Assert.That(Edit(CoOpDetails.Of(CoOp), details => details with { TimeZone = "Pacific/Kiritimati" }).Value.TimeZone, Is.EqualTo("Pacific/Kiritimati"));
        Assert.That(database.Books.Today(CoOp), Is.EqualTo(new DateOnly(2026, 1, 16)), "fourteen hours ahead of UTC it is past midnight");
        Assert.That(database.Books.Read(db => db.AuditRecords.Single(record => record.Verb == "co-op.edit").Detail), Is.EqualTo("time zone: nothing → \"Pacific/Kiritimati\""));
    }

    [Test]
    public void NothingChangedIsNothingWrittenDown()
    {
        Assert.That(Edit(CoOpDetails.Of(CoOp), details => details).IsRefused, Is.False);
        Assert.That(database.Books.Read(db => db.AuditRecords.Count(record => record.Verb == "co-op.edit")), Is.Zero);
    }

    [Test]
    public void AnotherPersonsChangeIsNotOverwritten()
    {
        var seen = CoOpDetails.Of(CoOp);
        Edit(seen, details => details with { ContactName = "Ann" });
        var refused = Edit(seen, details => details with { Name = "Ours" }).Refusal!;
        Assert.That((refused.Code, refused.Sentence), Is.EqualTo(("coop-changed", refused.Sentence)));
        Assert.That(refused.Sentence, Does.StartWith("ann changed these details on 2026-01-15 10:00 UTC"));
    }

    [Test]
    public void WhatCannotBePrintedIsRefused()
    {
        var seen = CoOpDetails.Of(CoOp);
        Assert.That(Edit(seen, details => details with { Name = " " }).Refusal!.Code, Is.EqualTo("coop-name-missing"));
        Assert.That(Edit(seen, details => details with { RedemptionSentence = new string('x', 601) }).Refusal!.Code, Is.EqualTo("coop-text-too-long"));
        Assert.That(Edit(seen, details => details with { ContactEmail = "nobody" }).Refusal!.Code, Is.EqualTo("coop-email"));
        Assert.That(Edit(seen, details => details with { BrandColour = "green" }).Refusal!.Code, Is.EqualTo("coop-value"));
        Assert.That(Edit(seen, details => details with { TimeZone = "Mars/Olympus" }).Refusal!.Code, Is.EqualTo("coop-time-zone"));
    }

    [Test]
    public void ALogoIsKeptOnlyWhereItCanBePrinted()
    {
        Assert.That(Logo(Svg).Value, Is.True);
        Assert.That(CoOp.LogoPng, Is.EqualTo(Svg));
        Assert.That((SetLogo.ContentType(Svg), SetLogo.ContentType(File.ReadAllBytes(SampleCoOp.Book("laundry/logo.png")))), Is.EqualTo(("image/svg+xml", "image/png")));
        Assert.That(Logo(File.ReadAllBytes(SampleCoOp.Book("laundry/logo.png"))).Value, Is.True);
        Assert.That(Logo("GIF89a"u8.ToArray()).Refusal!.Code, Is.EqualTo("logo-unreadable"));
        Assert.That(Logo(Encoding.UTF8.GetBytes("<svg viewBox=\"0 0 4 4\"><script>alert(1)</script></svg>")).Refusal!.Code, Is.EqualTo("logo-unreadable"));
        Assert.That(Logo(Encoding.UTF8.GetBytes("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg viewBox=\"0 0 4 4\"/>")).Refusal!.Code, Is.EqualTo("logo-unreadable"));
        Assert.That(Logo(new byte[SetLogo.MostBytes + 1]).Refusal!.Code, Is.EqualTo("logo-too-large"));
        var vast = File.ReadAllBytes(SampleCoOp.Book("laundry/logo.png"));
        BinaryPrimitives.WriteUInt32BigEndian(vast.AsSpan(16), 100_000);
        Assert.That(Logo(vast).Refusal!.Code, Is.EqualTo("logo-too-large"));
        Assert.That(Logo(null).Value, Is.False);
        Assert.That(CoOp.LogoPng, Is.Null);
    }

    [Test]
    public void ALogoThatSomebodyElseSetMeanwhileIsNotTakenAway()
    {
        var png = File.ReadAllBytes(SampleCoOp.Book("laundry/logo.png"));
        Outcome<bool> Set(byte[]? logo, string by, string seen) => new SetLogo(database.Books).Run(new("shop", logo, by, seen));
        Assert.That(Set(Svg, "ann", "").Value, Is.True);
        var refused = Set(png, "bo", "").Refusal!;
        Assert.That((refused.Code, refused.Sentence), Is.EqualTo(("logo-changed", refused.Sentence)));
        Assert.That(refused.Sentence, Does.StartWith("ann set another logo on 2026-01-15 10:00 UTC"));
        Assert.That(Set(null, "bo", SetLogo.Mark(png)).Refusal!.Code, Is.EqualTo("logo-changed"), "nor is it removed unseen");
        Assert.That(CoOp.LogoPng, Is.EqualTo(Svg));
        Assert.That(Set(Svg, "bo", "").Value, Is.True, "two who set the same are of one mind");
        Assert.That(Set(png, "bo", SetLogo.Mark(Svg)).Value, Is.True);
        Assert.That(Set(null, "bo", SetLogo.Mark(png)).Value, Is.False);
        Assert.That(Set(Svg, "ann", SetLogo.Mark(png)).Refusal!.Sentence, Does.StartWith("bo removed the logo on "));
    }

    [Test]
    public void AnotherPersonsLeaveToSignInByMailIsNotTakenBackUnseen()
    {
        Outcome<bool> Set(bool allowed, string by, bool seen) => new SetSignInByMail(database.Books).Run(new("shop", allowed, by, seen));
        Assert.That(Set(true, "ann", seen: false).Value, Is.True);
        Assert.That(Set(false, "bo", seen: false).Refusal!, Has.Property("Code").EqualTo("term-changed").And.Property("Sentence").StartsWith("ann changed this to “a link by mail” on "));
        Assert.That(Set(true, "bo", seen: false).Value, Is.True, "two who say the same are of one mind");
        Assert.That(Set(false, "bo", seen: true).Value, Is.False);
        Assert.That(Set(true, "ann", seen: true).Refusal!.Sentence, Does.StartWith("bo changed this to “no link by mail” on "));
    }

    [Test]
    public void RecordsAreKeptForSixYearsOrMore()
    {
        Assert.That(CoOp.RetentionYears, Is.EqualTo(7));
        Assert.That(new SetRetention(database.Books).Run(new("shop", 5, "ann")).Refusal!.Code, Is.EqualTo("retention-range"));
        Assert.That(new SetRetention(database.Books).Run(new("shop", 10, "ann")).Value, Is.EqualTo(10));
        Assert.That((CoOp.RetentionYears, database.Books.Read(db => db.AuditRecords.Single(record => record.Verb == "co-op.retention").Detail)), Is.EqualTo((10, "7 → 10 years")));
        Assert.That(new SetRetention(database.Books).Run(new("shop", 12, "bo", Seen: 7)).Refusal!, Has.Property("Code").EqualTo("term-changed").And.Property("Sentence").StartsWith("ann changed this to 10 years on "));
        Assert.That(new SetRetention(database.Books).Run(new("shop", 12, "bo", Seen: 10)).Value, Is.EqualTo(12));
        Assert.That(new SetBankHold(database.Books).Run(new("shop", CoOp.BankHoldDays + 1, "bo", Seen: CoOp.BankHoldDays + 2)).Refusal!.Code, Is.EqualTo("term-changed"));
    }

    [Test]
    public void ASampleStatementIsDrawnWithTheCoOpsOwnLetterhead()
    {
        Logo(Svg);
        Assert.That(new PreviewStatement(database.Books).Run("shop").Value.AsSpan(0, 5).ToArray(), Is.EqualTo("%PDF-"u8.ToArray()));
        database.Books.Write<int>(dryRun: false, db =>
        {
            db.CoOps.Single().LogoPng = [1, 2, 3];
            return 0;
        });
        Assert.That(new PreviewStatement(database.Books).Run("shop").Refusal!.Code, Is.EqualTo("letterhead-unreadable"));
        new CreateCoOp(database.Books).Run(new("society", "The Society", "GB", "GBP", 3, TaxRegime.UkRegisteredSociety, "ann"));
        Assert.That(new PreviewStatement(database.Books).Run("society").IsRefused, Is.False);
    }
}

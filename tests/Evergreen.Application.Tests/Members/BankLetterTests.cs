using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Application.Tests.Access;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>The code of a letter stands in for a second factor when bank details are changed: once, for its member, and only where there is no other.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class BankLetterTests(TestDatabase databases)
{
    private static readonly BankDetails First = new("ach", "011000015", "1234567890", "checking"), Second = new("ach", "021000021", "998877665", "savings");
    private Membership house = null!;
    private int hanh;

    [SetUp]
    public void Open()
    {
        house = new Membership(databases);
        hanh = house.ComeIn("laundry", "0010", "hanh@example.org");
    }

    [TearDown]
    public void Close() => house.Dispose();

    private Outcome<MakeBankLetter.Result> Print(string number = "0010", string coOp = "laundry") => new MakeBankLetter(house.Books).Run(new(coOp, number, "ann", Office.From));

    private string? Give(string? code, BankDetails? bank = null, string number = "0010", bool fresh = true, string from = Office.From) =>
        new GiveBankDetails(house.Books, new KeyFile(house.Office.KeyFile)).Run(new("laundry", number, bank ?? First, fresh, false, $"member {number}", null, null, code, from)).Refusal?.Code;

    [Test]
    public void CodeTakesThePlaceOfTheSecondFactorOnce()
    {
        var code = Print().Value.Code;
        Assert.That((Give(null), Give("  "), Give(code, fresh: false), Give("AAAAA-AAAAA-AAAAA-AAAAA")), Is.EqualTo(("bank-needs-second-factor", "bank-needs-second-factor", "bank-needs-fresh-sign-in", "bank-letter-unknown")));
        Assert.That(Give(code, First with { Routing = "011000016" }), Is.EqualTo("bank-routing-form"));
        Assert.That(Give(code.ToLowerInvariant().Replace('-', ' ')), Is.Null, "details that could not be used had not used it up");
        Assert.That(Give(code, Second), Is.EqualTo("bank-letter-unknown"), "once");
        var change = house.Books.Read(db => db.BankChanges.Single());
        Assert.That((change.AccountLastFour, change.SettledAt, change.InForceOn), Is.EqualTo(("7890", (DateTime?)null, DateOnly.FromDateTime(house.Books.Now).AddDays(7))), "and the details wait as any others");
        Assert.That((house.Office.Audited("members.bank-letter"), house.Office.Audited("members.bank-letter-failed"), house.Office.LastDetail("members.bank-asked")), Is.EqualTo((1, 2, "ach, ••••7890, from " + change.InForceOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) + ", with the code of a letter")));
        Assert.That(house.Books.Read(db => db.AuditRecords.ToList()).Select(record => record.Subject + record.Detail).Concat(house.Books.Read(db => db.Set<MailLink>().ToList()).Select(link => link.CodeDigest)), Has.None.Contains(code));
    }

    [Test]
    public void CodeIsGoodForItsMemberUntilTheNextLetterOrItsEnd()
    {
        house.ComeIn("laundry", "0007", "jose@example.org");
        var others = Print("0007").Value.Code;
        Assert.That(Give(others), Is.EqualTo("bank-letter-unknown"), "a letter of somebody else");
        var (first, second) = (Print().Value.Code, Print().Value.Code);
        Assert.That(Give(first), Is.EqualTo("bank-letter-unknown"));
        new ChangePassword(house.Books).Run(new(hanh, Membership.Password, "a new set of words", null, Office.From));
        Assert.That(Give(second), Is.EqualTo("bank-letter-unknown"), "the password was changed since");
        var late = Print().Value;
        Assert.That(late.UntilAt, Is.EqualTo(house.Books.Now + MailLink.LetterValid));
        house.Office.Database.Clock.Advance(MailLink.LetterValid);
        Assert.That(Give(late.Code), Is.EqualTo("bank-letter-unknown"), "too old");
        Assert.That(Give(others, number: "0007"), Is.EqualTo("bank-letter-unknown"), "that one too");
        var last = Print().Value.Code;
        new EndMemberSignIn(house.Books).Run(new("laundry", "0010", "ann", Office.From));
        Assert.That(Give(last), Is.EqualTo("bank-letter-unknown"), "the account is the member's no longer");
        Assert.That(Print().Refusal!.Code, Is.EqualTo("member-without-sign-in"));
    }

    [Test]
    public void LetterGoesAroundNoSecondFactor()
    {
        var code = Print().Value.Code;
        var make = new MakeAuthenticator(house.Books, house.Office.Keys).Run(new(hanh, "Evergreen")).Value;
        Assert.That(new ConfirmAuthenticator(house.Books, house.Office.Keys).Run(new(hanh, house.Office.CodeNow(Office.Unspell(make.Spelled)), null, Office.From)).IsRefused, Is.False);
        Assert.That(Give(code), Is.EqualTo("bank-letter-unknown"));
        Assert.That(Print().Refusal!.Code, Is.EqualTo("member-has-second-factor"));
    }

    [Test]
    public void AddressThatTheMemberJustChangedGetsNoLetter()
    {
        void Move(string city, string by) => Assert.That(new EditMember(house.Books).Run(new("laundry", "0010", house.Member("0010").Version, Particulars.Of(house.Member("0010")) with { City = city }, by)).IsRefused, Is.False);
        Move("Galesburg", "ann");
        Assert.That(Print().IsRefused, Is.False, "the office changed it");
        Move("Moline", "member 0010");
        Assert.That(Print().Refusal!.Code, Is.EqualTo("postal-address-new"));
        house.Office.Database.Clock.Advance(TimeSpan.FromDays(7));
        Assert.That(Print().IsRefused, Is.False);
    }

    [Test]
    public void WrongCodesAreSlowedDown()
    {
        var code = Print().Value.Code;
        for (var i = 0; i < 4; i++) Assert.That(Give($"AAAAA-AAAAA-AAAAA-AAAA{i}"), Is.EqualTo("bank-letter-unknown"));
        Assert.That(Give(code), Is.EqualTo("sign-in-slowed"));
        house.Office.Database.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.That(Give(code), Is.Null);
    }

    [Test]
    public void LetterIsAPaperOfTheCoOp()
    {
        var letter = EntryLetters.Bank(Print().Value, "https://example.coop", new DateOnly(2026, 1, 15));
        Assert.That((letter.FileName, letter.Pdf.AsSpan(0, 5).SequenceEqual("%PDF-"u8)), Is.EqualTo(("member-0010-bank-code.pdf", true)));
    }
}

using Evergreen.Application.Access;
using Evergreen.Application.CoOps;
using Evergreen.Application.Mail;
using Evergreen.Application.Members;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>What members change by themselves: where they are paid and written to, how papers come, whom they name.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class OwnDetailsTests(TestDatabase databases)
{
    private static readonly BankDetails First = new("ach", "011000015", "1234567890", "checking"), Second = new("ach", "021000021", "998877665", "savings");
    private static readonly DateOnly Today = new(2026, 1, 15);
    private OpenTestDatabase database = null!;
    private KeyFile keys = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        SampleCoOp.In(database).Enrol("1", "2");
        database.Books.Write<int>(false, db => (db.Members.Single(one => one.Number == "1").Email = "old@example.org").Length);
        keys = new KeyFile(Path.Combine(Path.GetTempPath(), $"evergreen-keys-{Guid.NewGuid():N}"));
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        File.Delete(keys.Path);
    }

    private static string? Code<T>(Outcome<T> outcome) => outcome.Refusal?.Code;

    private static MailLetter Letter(string? language) => MailLetter.Of("Your details", ["Look"], null, "The Shop");

    private Outcome<GiveBankDetails.Result> Give(BankDetails bank, bool fresh = true, bool second = true, string member = "1") =>
        new GiveBankDetails(database.Books, keys).Run(new(null, member, bank, fresh, second, $"member {member}", "account@example.org", Letter));

    private MyDetails.Content Mine(string member = "1") => new MyDetails(database.Books).Run(null, member).Value;

    private int Settle() => new SettleBankChanges(database.Books).Run();

    private string Account(string member = "1") => new RevealSecret(database.Books, keys).Run(new(null, member, MemberSecret.BankAccount, "to look at it", "ann")).Value;

    private List<string> Told() => database.Books.Read(db => db.Mails.OrderBy(mail => mail.Id).Select(mail => mail.ToAddress).ToList());

    [Test]
    public void NewBankDetailsWaitWhileTheOldOnesStayInForce()
    {
        new ChangeBankDetails(database.Books, keys).Run(new(null, "1", First, "ann"));
        var given = Give(Second).Value;
        Assert.That((given.InForceOn, given.LastFour, given.Told), Is.EqualTo((Today.AddDays(7), (string?)"7665", 2)));
        Assert.That(Told(), Is.EqualTo(new[] { "old@example.org", "account@example.org" }));
        Assert.That((Mine().InForce.Account, Mine().Waiting!.Value.Bank.Account), Is.EqualTo(("••••7890", "••••7665")));
        Assert.That((Settle(), Account()), Is.EqualTo((0, "1234567890")), "on the first day");
        database.Clock.Advance(TimeSpan.FromDays(6));
        Assert.That((Settle(), Account()), Is.EqualTo((0, "1234567890")), "on the last day of the hold");
        database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.That((Settle(), Account()), Is.EqualTo((1, "998877665")));
        Assert.That((Settle(), Mine().Waiting), Is.EqualTo((0, (object?)null)), "once");
        var page = new MemberPage(database.Books).Run(null, "1").Value;
        Assert.That((page.BankRouting, page.BankAccountMasked, page.BankAccountType), Is.EqualTo(("021000021", "••••7665", "savings")));
        Assert.That(database.Books.Read(db => db.AuditRecords.Where(record => record.Verb.StartsWith("members.bank")).Select(record => record.Detail).ToList()), Has.None.Contain("998877665").And.None.Contain("1234567890"));
    }

    [Test]
    public void BankDetailsAreTakenOnlyFromSomeoneWhoJustShowedTwoFactors()
    {
        Assert.That(Code(Give(First, second: false)), Is.EqualTo("bank-needs-second-factor"));
        Assert.That(Code(Give(First, fresh: false)), Is.EqualTo("bank-needs-fresh-sign-in"));
        Assert.That(Code(Give(First with { Routing = "011000016" })), Is.EqualTo("bank-routing-form"));
        Assert.That(Code(Give(new BankDetails("bacs", "12-34-5", "12345678", null))), Is.EqualTo("sort-code-form"));
        Assert.That((Mine().Waiting, Told().Count), Is.EqualTo(((object?)null, 0)));
    }

    [Test]
    public void ALaterInstructionTakesThePlaceOfOneThatWaits()
    {
        Give(First);
        Assert.That(Code(Give(First)), Is.EqualTo("bank-unchanged"));
        database.Clock.Advance(TimeSpan.FromDays(5));
        Assert.That(Give(Second).Value.InForceOn, Is.EqualTo(Today.AddDays(12)), "and waits anew");
        database.Clock.Advance(TimeSpan.FromDays(7));
        Assert.That((Settle(), Account()), Is.EqualTo((1, "998877665")));
        Assert.That(Code(Give(Second)), Is.EqualTo("bank-unchanged"));
    }

    [Test]
    public void ChangeThatWaitsIsStoppedByItsMemberOrByTheOffice()
    {
        var stop = new StopBankChange(database.Books);
        Give(First);
        Assert.That(Code(stop.Run(new(null, "2", "member 2"))), Is.EqualTo("bank-change-missing"));
        Assert.That(stop.Run(new(null, "1", "member 1")).Value.StoppedBy, Is.EqualTo("member 1"));
        Give(Second);
        new ChangeBankDetails(database.Books, keys).Run(new(null, "1", First, "ann"));
        database.Clock.Advance(TimeSpan.FromDays(30));
        Assert.That((Settle(), Account()), Is.EqualTo((0, "1234567890")), "what the office enters last counts");
    }

    [Test]
    public void AnAddressThatWasChangedJustBeforeIsToldToo()
    {
        var asked = new AskMailAddress(database.Books).Run(new(null, "1", "new@example.org", "member 1")).Value;
        new ConfirmMailAddress(database.Books).Run(new(null, "1", asked.Code, "member 1", Letter));
        Give(First);
        Assert.That(Told(), Is.EqualTo(new[] { "old@example.org", "new@example.org", "account@example.org", "old@example.org" }), "first the notice of the new address, then those of the bank details");
        database.Clock.Advance(TimeSpan.FromDays(31));
        Give(Second);
        Assert.That(Told().Skip(4), Is.EqualTo(new[] { "new@example.org", "account@example.org" }));
    }

    [Test]
    public void TheCoOpSaysForHowManyDaysAChangeWaits()
    {
        var hold = new SetBankHold(database.Books);
        Assert.That(Code(hold.Run(new(null, 0, "ann"))), Is.EqualTo("bank-hold-range"));
        Assert.That(Code(hold.Run(new(null, 61, "ann"))), Is.EqualTo("bank-hold-range"));
        Assert.That(hold.Run(new(null, 3, "ann")).Value, Is.EqualTo(3));
        Assert.That(Give(First).Value.InForceOn, Is.EqualTo(Today.AddDays(3)));
    }

    [Test]
    public void MailAddressChangesWhenItsLinkIsOpened()
    {
        var (ask, confirm) = (new AskMailAddress(database.Books), new ConfirmMailAddress(database.Books));
        Assert.That(Code(ask.Run(new(null, "1", "nobody", "member 1"))), Is.EqualTo("email-form"));
        Assert.That(Code(ask.Run(new(null, "1", "Old@example.org", "member 1"))), Is.EqualTo("mail-address-unchanged"));
        var first = ask.Run(new(null, "1", "one@example.org", "member 1")).Value;
        var second = ask.Run(new(null, "1", "two@example.org", "member 1")).Value;
        Assert.That((Mine().Particulars.Email, Mine().WaitingMail), Is.EqualTo(("old@example.org", "two@example.org")));
        Assert.That(Code(confirm.Run(new(null, "1", first.Code, "member 1", Letter))), Is.EqualTo("mail-code-unknown"), "a later wish takes the place of an earlier");
        Assert.That(Code(confirm.Run(new(null, "2", second.Code, "member 2", Letter))), Is.EqualTo("mail-code-unknown"), "the link of another");
        Assert.That(confirm.Run(new(null, "1", second.Code, "member 1", Letter)).Value, Is.EqualTo("two@example.org"));
        Assert.That(Code(confirm.Run(new(null, "1", second.Code, "member 1", Letter))), Is.EqualTo("mail-code-unknown"), "once");
        Assert.That((Mine().Particulars.Email, Mine().WaitingMail, Told().Single()), Is.EqualTo(("two@example.org", (string?)null, "old@example.org")));
        var late = ask.Run(new(null, "1", "three@example.org", "member 1")).Value;
        database.Clock.Advance(TimeSpan.FromDays(4));
        Assert.That(Code(confirm.Run(new(null, "1", late.Code, "member 1", Letter))), Is.EqualTo("mail-code-unknown"), "it has run out");
    }

    [Test]
    public void ConsentToReadOnlineKeepsTheNoticeThatWasShown()
    {
        var choose = new RecordDeliveryChoice(database.Books);
        choose.Run(new(null, "1", DeliveryWay.Electronic, Today, "member 1") { Notice = ("2026-11-29 en", "You may always have paper.") });
        choose.Run(new(null, "1", DeliveryWay.Paper, Today, "member 1"));
        Assert.That(Mine().Way, Is.EqualTo(DeliveryWay.Paper), "withdrawn on the same day");
        var kept = Mine().Choices.Single(choice => choice.Way == DeliveryWay.Electronic);
        Assert.That((kept.By, kept.NoticeVersion, kept.Notice), Is.EqualTo(("member 1", "2026-11-29 en", "You may always have paper.")));
    }

    [Test]
    public void PeopleAreNamedForPartsOfTheWholeAndWithdrawn()
    {
        Outcome<Beneficiary> Name(string? name, int percent, string member = "1", Kinship kinship = Kinship.Other, bool ofTheCoOp = false) => new NameBeneficiary(database.Books).Run(new(null, member, name, kinship, "12 Elm St", percent, ofTheCoOp, $"member {member}"));
        Assert.That(Code(Name(" ", 50)), Is.EqualTo("beneficiary-name-missing"));
        Assert.That(Code(Name("Ana", 0)), Is.EqualTo("beneficiary-part"));
        Assert.That(Code(Name(new string('x', 201), 50)), Is.EqualTo("words-too-long"));
        var ana = Name("Ana", 60, ofTheCoOp: true).Value;
        Assert.That(Code(Name("Bo", 41)), Is.EqualTo("beneficiary-parts"));
        Assert.That(Name("Bo", 40).IsRefused, Is.False);
        var withdraw = new WithdrawBeneficiary(database.Books);
        Assert.That(Code(withdraw.Run(new(null, "2", ana.Id, "member 2"))), Is.EqualTo("beneficiary-unknown"));
        Assert.That(withdraw.Run(new(null, "1", ana.Id, "member 1")).Value.IsInForce(Today), Is.False);
        Assert.That(Code(withdraw.Run(new(null, "1", ana.Id, "member 1"))), Is.EqualTo("beneficiary-unknown"));
        Assert.That(Mine().Beneficiaries.Select(one => one.Name), Is.EqualTo(new[] { "Bo", "Ana" }), "those in force first");
    }

    [Test]
    public void OfficerOfASocietyIsNamedOnlyAsNextOfKin()
    {
        new CreateCoOp(database.Books).Run(new("society", "The Society", "GB", "GBP", 12, Domain.CoOps.TaxRegime.UkRegisteredSociety, "bea"));
        var one = new EnrolMember(database.Books).Run(new("society", null, new Particulars { Name = "Ann Lee" }, [], Today, "bea", null, null)).Value;
        Outcome<Beneficiary> Name(Kinship kinship) => new NameBeneficiary(database.Books).Run(new("society", one.Number, "Bea Lee", kinship, null, 50, true, "member"));
        Assert.That(Code(Name(Kinship.Other)), Is.EqualTo("nominee-of-the-society"));
        Assert.That(Name(Kinship.Sibling).IsRefused, Is.False);
        Assert.That((Nomination.LimitCents(new DateOnly(2014, 7, 31)), Nomination.LimitCents(Today)), Is.EqualTo(((long?)null, (long?)5_000_00)));
    }

    [Test]
    public void MemberSeesWhoLooked()
    {
        var coOp = database.Books.Read(db => db.CoOps.Single().Id);
        var note = new NoteLook(database.Books);
        note.Run(coOp, "1", "ann");
        note.Run(coOp, "1", "ann");
        note.Run(coOp, "1", "bea");
        database.Clock.Advance(TimeSpan.FromDays(1));
        note.Run(coOp, "1", "ann");
        new ChangeBankDetails(database.Books, keys).Run(new(null, "1", First, "ann"));
        Account();
        var looks = new WhoLooked(database.Books).Run(null, "1").Value;
        Assert.That(looks.Select(look => (look.Verb, look.Person)), Is.EqualTo(new[] { ("secrets.read", "ann"), ("members.look", "ann"), ("members.look", "bea"), ("members.look", "ann") }), "one line for each person and day");
        Assert.That(looks[0].Detail, Is.EqualTo("bank account: to look at it"));
        Assert.That(new WhoLooked(database.Books).Run(null, "2").Value, Is.Empty);
        Assert.That(new MemberTimeline(database.Books).Run(null, "1").Value.Events.Select(one => one.Kind), Has.None.EqualTo("members.look"), "the office's own timeline stays readable");
    }
}

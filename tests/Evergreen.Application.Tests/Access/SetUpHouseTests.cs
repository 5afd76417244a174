using Evergreen.Application.Access;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access;

[TestFixtureSource(typeof(TestDatabases))]
public sealed class SetUpHouseTests(TestDatabase databases)
{
    private Office office = null!;

    [SetUp]
    public void Open() => office = new Office(databases, setUp: false);

    [TearDown]
    public void Close() => office.Dispose();

    private string? Code() => new PrepareSetUp(office.Database.Books, office.Mode).Run();

    [Test]
    public void OnlyTheLatestCodeSetsTheHouseUpAndOnlyOnce()
    {
        var (old, code) = (Code()!, Code()!);
        Assert.That(office.SetUp("00000-00000-00000-00000").Refusal!.Code, Is.EqualTo("set-up-code-wrong"));
        Assert.That(office.SetUp(old).Refusal!.Code, Is.EqualTo("set-up-code-wrong"));
        Assert.That(office.SetUp(code.ToLowerInvariant()).Value.CoOpCode, Is.EqualTo("laundry"));
        Assert.That(office.SetUp(code).Refusal!.Code, Is.EqualTo("set-up-over"));
        Assert.That(Code(), Is.Null);
        Assert.That(office.Audited("access.set-up-failed"), Is.EqualTo(2));
        Assert.That((office.Audited("access.set-up"), office.Audited("co-op.create"), office.Audited("access.grant")), Is.EqualTo((1, 1, 1)));
    }

    [Test]
    public void WhatIsWrongIsSaidAndNothingIsKept()
    {
        var code = Code()!;
        Assert.That(office.SetUp(code, mail: "ruth").Refusal!.Code, Is.EqualTo("mail-form"));
        Assert.That(office.SetUp(code, name: "").Refusal!.Code, Is.EqualTo("name-missing"));
        Assert.That(office.SetUp(code, password: "thewashhouse1").Refusal!.Code, Is.EqualTo("password-personal"));
        Assert.That(office.SetUp(code, coOp: Office.LaundryRequest with { Code = "No" }).Refusal!.Code, Is.EqualTo("coop-code"));
        Assert.That(office.Database.Books.Read(db => (db.CoOps.Any(), db.SignIns.Any())), Is.EqualTo((false, false)));
        Assert.That(office.SetUp(code).IsRefused, Is.False);
    }

    [Test]
    public void BooksThatAreThereGetTheirAdministratorOnly()
    {
        office.Grocery();
        var setUp = new SetUpHouse(office.Database.Books, office.Mode);
        Assert.That(setUp.NeedsCoOp(), Is.False);
        var code = Code()!;
        Assert.That((setUp.CheckCode("00000-00000-00000-00000", Office.From).Refusal?.Code, setUp.CheckCode(code, Office.From).Refusal?.Code), Is.EqualTo(("set-up-code-wrong", (string?)null)));
        var done = setUp.Run(new SetUpHouse.Request(code, null, Office.Mail, "Ruth", Office.Password, Office.From)).Value;
        Assert.That(done.CoOpCode, Is.EqualTo("grocery"));
        Assert.That(office.Standing(done.UserId, null, secondFactor: true).May(Permission.ManageUsers), Is.True);
    }

    [Test]
    public void SamplesMakeTheSiteADemoForEver()
    {
        office.Grocery();
        var books = office.Database.Books;
        var mode = new AccessMode(started: false, books);
        var setUp = new SetUpHouse(books, mode);
        Assert.That((setUp.MayTakeSamples(["grocery", "laundry"]), setUp.MayTakeSamples(["laundry"]), setUp.MayTakeSamples([])), Is.EqualTo((true, false, false)));
        Assert.That((mode.Demo, setUp.IsOver()), Is.EqualTo((false, false)));
        var request = new SetUpHouse.Request(Code()!, null, Office.Mail, "Ruth", Office.Password, Office.From, Demo: true);
        Assert.That(setUp.Check(request with { Password = "short" })!.Code, Is.EqualTo("password-short"));
        Assert.That(mode.Demo, Is.False);
        var ruth = setUp.Run(request).Value.UserId;
        Assert.That((mode.Demo, new AccessMode(started: false, books).Demo, new AccessMode(started: false).Demo), Is.EqualTo((true, true, false)), "here, after a restart, and where the books are not asked");
        Assert.That(new SeatDemoStaff(books, mode).Run().IsRefused, Is.False);
        var standing = new MayDo(books, mode).Run(new MayDo.Request(ruth, null, SecondFactor: false));
        Assert.That(standing.Roles, Is.EqualTo(new[] { Role.Administrator }));
        Assert.That(standing.Answer(Permission.ManageUsers), Is.EqualTo(Verdict.SecondFactorNeeded));
    }

    [Test]
    public void ASetUpWithoutSamplesIsNoDemo()
    {
        var mode = new AccessMode(started: false, office.Database.Books);
        Assert.That(mode.Demo, Is.False);
        office.SetUp(Code()!);
        Assert.That((mode.Demo, mode.Demo), Is.EqualTo((false, false)));
    }

    [Test]
    public void EmptyBooksNeedACoOp() =>
        Assert.That(new SetUpHouse(office.Database.Books, office.Mode).Run(new SetUpHouse.Request(Code()!, null, Office.Mail, "Ruth", Office.Password, Office.From)).Refusal!.Code, Is.EqualTo("coop-missing"));

    [Test]
    public void DemoPeopleExistInADemoOnly()
    {
        Assert.That(new SeatDemoStaff(office.Database.Books, AccessMode.Real).Run().Refusal!.Code, Is.EqualTo("demo-only"));
        using var demo = new Office(databases, demo: true, setUp: false);
        var books = demo.Database.Books;
        var seat = new SeatDemoStaff(books, demo.Mode);
        var (first, password) = (seat.Run().Value, seat.Run().Value);
        Assert.That(demo.Enter("ana@demo.example", first).IsRefused, Is.True);
        var ana = demo.Enter("ana@demo.example", password).Value.UserId;
        Assert.That(demo.Standing(ana, null).May(Permission.PostDividend), Is.True);
        Assert.That(new SetUpHouse(books, demo.Mode).IsOver(), Is.True);
        var session = demo.Session(ana);
        Assert.That(new KeepSession(books, AccessMode.Real).Run(session.Key), Is.Null);
        Assert.That(new EnterWithPassword(books, AccessMode.Real).Run(new EnterWithPassword.Request("ana@demo.example", password, "192.0.2.50")).Refusal!.Code, Is.EqualTo("sign-in-failed"));
        Assert.That(new MayDo(books, AccessMode.Real).Run(new MayDo.Request(ana, null, true)).Roles, Is.Empty);
        Assert.That(new SetUpHouse(books, AccessMode.Real).IsOver(), Is.False);
    }
}

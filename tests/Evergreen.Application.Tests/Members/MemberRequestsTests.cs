using Evergreen.Application.Equity;
using Evergreen.Application.Mail;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>What members report and ask for, and what the office answers.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class MemberRequestsTests(TestDatabase databases)
{
    private static readonly DateOnly Today = new(2026, 1, 15);
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        Bakery.In(database, Bakery.SevenWorkers);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private static string? Code<T>(Outcome<T> outcome) => outcome.Refusal?.Code;

    private Outcome<MemberRequest> Leave(DateOnly on, string member = "0001", string? words = null) => new AskToLeave(database.Books).Run(new(null, member, on, words, $"member {member}"));

    private Outcome<MemberRequest> Missing(string member = "0001", string? hours = "7.5", DateOnly? on = null, string? words = null, (string, byte[])? photo = null) =>
        new ReportPatronage(database.Books).Run(new(null, member, PatronageKind.Hours, null, on ?? new DateOnly(2026, 1, 10), null, hours is null ? null : Hours.TryParse(hours, out var read) ? read : null, null, words, photo, $"member {member}"));

    private Outcome<AnswerRequest.Result> Answer(int number, bool granted, string? words = null, int? import = null, Func<string?, MailLetter>? letter = null) =>
        new AnswerRequest(database.Books).Run(new(null, number, granted, words, import, import is null ? null : 7, "ann", letter));

    private int? Waiting() => new WhatWaits(database.Books).Run(new(null, false, true, false, false)).Value.Requests?.Count;

    private MyRequests.Row Mine(int number, string member = "0001") => new MyRequests(database.Books).One(null, member, number).Value;

    [Test]
    public void ReportIsAnsweredByTheOfficeAndReadByItsMemberAlone()
    {
        Assert.That(Missing(words: "the night of the flood", photo: ("slip.txt", "7.5 hours"u8.ToArray())).Value.Number, Is.EqualTo(1));
        Assert.That(Waiting(), Is.EqualTo(1));
        var row = new ListRequests(database.Books).Run(null, kind: RequestKind.Missing).Value.Rows.Single();
        Assert.That((row.Member, row.Request.HoursHundredths, row.Request.Words, row.DocumentName), Is.EqualTo(("0001", (long?)750, (string?)"the night of the flood", (string?)"slip.txt")));
        Assert.That(Code(new MyRequests(database.Books).One(null, "0002", 1)), Is.EqualTo("request-unknown"), "another's number is none");

        var read = new ReadOwnDocument(database.Books);
        Assert.That(read.Run(new("bakery", "0001", 1)).Value.Bytes, Is.EqualTo("7.5 hours"u8.ToArray()));
        Assert.That((Code(read.Run(new("bakery", "0002", 1))), Code(read.Run(new("bakery", "0001", 2)))), Is.EqualTo(("document-unknown", "document-unknown")));

        database.Books.Write<int>(false, db => (db.Members.Single(one => one.Number == "0001").Email = "w1@example.org").Length);
        static MailLetter Letter(string? language) => MailLetter.Of("There is an answer", ["Look"], null, "The Bakery");
        Assert.That(Answer(1, true, import: 1, letter: Letter).Value.Mailed, Is.True);
        var mine = Mine(1);
        Assert.That((mine.Closing!.Ending, mine.Closing.ImportNumber, mine.Closing.Row), Is.EqualTo((RequestEnding.Granted, (int?)1, (long?)7)));
        Assert.That(database.Books.Read(db => db.Mails.Single().Key), Is.EqualTo($"request {mine.Request.Id} answered"));
        Assert.That(Waiting(), Is.Null);
        Assert.That(new ListRequests(database.Books).Run(null, closed: true).Value.Rows.Single().Request.Number, Is.EqualTo(1));
        Assert.That(new ListRequests(database.Books).One(null, 1).Value.Name, Is.EqualTo("Worker 1"));
        Assert.That(new MemberTimeline(database.Books).Run(null, "0001").Value.Events.Select(one => one.Kind), Does.Contain("members.request").And.Contain("members.request-answer"));
    }

    [Test]
    public void AnAnswerIsGivenOnceAndSaysWhyNot()
    {
        Missing();
        Assert.That(Code(Answer(1, false)), Is.EqualTo("answer-missing"));
        Assert.That(Code(Answer(1, true, import: 99)), Is.EqualTo("answer-import-unknown"));
        Assert.That(Code(Answer(1, false, new string('x', 2_001))), Is.EqualTo("words-too-long"));
        Assert.That(Code(Answer(2, true)), Is.EqualTo("request-unknown"));
        Assert.That(Answer(1, false, "It stood there already.").IsRefused, Is.False);
        Assert.That(Code(Answer(1, true)), Is.EqualTo("request-closed"));
        Assert.That(Mine(1).Closing!.Words, Is.EqualTo("It stood there already."));
    }

    [Test]
    public void ReportThatNobodyCouldLookForIsRefused()
    {
        Assert.That(Code(Missing(hours: null)), Is.EqualTo("report-hours"));
        Assert.That(Code(Missing(hours: "400.01")), Is.EqualTo("report-hours"));
        Assert.That(Code(Missing(on: new DateOnly(2026, 1, 16))), Is.EqualTo("report-day"));
        Assert.That(Code(Missing(on: new DateOnly(2018, 12, 31))), Is.EqualTo("report-day"));
        Assert.That(Code(Missing(photo: ("run.exe", "MZ\0\0"u8.ToArray()))), Is.EqualTo("document-form"));
        var purchase = new ReportPatronage.Request(null, "0001", PatronageKind.Purchases, null, new DateOnly(2026, 1, 2), null, null, "R-77", null, null, "member 0001");
        Assert.That(Code(new ReportPatronage(database.Books).Run(purchase)), Is.EqualTo("report-amount"));
        Assert.That(new ReportPatronage(database.Books).Run(purchase with { Amount = new Money(12_34) }).Value.Receipt, Is.EqualTo("R-77"));
        Assert.That(Code(new ReportPatronage(database.Books).Run(purchase with { Amount = new Money(12_34), Receipt = new string('7', 101) })), Is.EqualTo("words-too-long"));
    }

    [Test]
    public void OnlyARowOfOnesOwnCanBeWrong()
    {
        var source = database.Books.Read(db => db.ImportSources.Single().Id);
        Outcome<MemberRequest> Wrong(string reference, string? words) => new ReportPatronage(database.Books).Run(new(null, "0001", PatronageKind.Hours, (source, reference), null, null, null, null, words, null, "member 0001"));
        Assert.That(Code(Wrong("h0", null)), Is.EqualTo("report-words"));
        Assert.That(Code(Wrong("h1", "not mine")), Is.EqualTo("row-unknown"), "the row of another member");
        Assert.That(Code(Wrong("no such", "?")), Is.EqualTo("row-unknown"));
        Assert.That(Wrong("h0", "It was eight hours more.").Value.SourceRef, Is.EqualTo("h0"));
    }

    [Test]
    public void NobodyFillsTheTableOfTheOffice()
    {
        for (var i = 0; i < FiledRequests.MostOpen; i++) Assert.That(Missing().IsRefused, Is.False);
        Assert.That(Code(Missing()), Is.EqualTo("requests-too-many"));
        Assert.That(Missing("0002").IsRefused, Is.False);
    }

    [Test]
    public void LeavingIsAskedAndRecordedWithTheAnswer()
    {
        Assert.That(Code(Leave(Today.AddDays(-1))), Is.EqualTo("leaving-in-the-past"));
        Assert.That(Code(Leave(Today.AddYears(2).AddDays(1))), Is.EqualTo("leaving-too-far"));
        Assert.That(Leave(Today.AddDays(30), words: "moving away").Value.Number, Is.EqualTo(1));
        Assert.That(Code(Leave(Today.AddDays(40))), Is.EqualTo("asked-already"));
        Assert.That(new MemberPage(database.Books).Run(null, "0001").Value.StatusHistory, Has.Count.EqualTo(1), "asking changes nothing");
        Assert.That(Answer(1, true).IsRefused, Is.False);
        var left = new MemberPage(database.Books).Run(null, "0001").Value.StatusHistory[0];
        Assert.That((left.Status, left.On), Is.EqualTo((MemberStatus.Left, Today.AddDays(30))));
        database.Clock.Advance(TimeSpan.FromDays(31));
        Assert.That(Code(Leave(Today.AddDays(50))), Is.EqualTo("not-a-member-now"));
    }

    [Test]
    public void RequestIsTakenBackBeforeItIsAnswered()
    {
        Leave(Today.AddDays(30));
        var back = new TakeBackRequest(database.Books);
        Assert.That(Code(back.Run(new(null, "0002", 1, "member 0002"))), Is.EqualTo("request-unknown"));
        Assert.That(back.Run(new(null, "0001", 1, "member 0001")).Value.Ending, Is.EqualTo(RequestEnding.TakenBack));
        Assert.That(Code(back.Run(new(null, "0001", 1, "member 0001"))), Is.EqualTo("request-closed"));
        Assert.That(Code(Answer(1, true)), Is.EqualTo("request-closed"));
        Assert.That(Leave(Today.AddDays(60)).Value.Number, Is.EqualTo(2), "and may be asked anew");
    }

    [Test]
    public void SharesAreAskedBackUpToWhatIsHeld()
    {
        Outcome<MemberRequest> Ask(Money? amount) => new AskToWithdrawShares(database.Books).Run(new(null, "0001", amount, null, "member 0001"));
        Assert.That(Code(Ask(null)), Is.EqualTo("withdraw-amount"));
        Assert.That(Code(Ask(new Money(100_01))), Is.EqualTo("withdraw-too-much"), "notices are not shares");
        Assert.That(Ask(new Money(40_00)).Value.AmountCents, Is.EqualTo(40_00));
        Assert.That(Code(Ask(new Money(1_00))), Is.EqualTo("asked-already"));
        Assert.That(Answer(1, true, "In March.").IsRefused, Is.False);
        Assert.That(new MemberAccount(database.Books).Run(null, "0001").Value.Capital, Is.EqualTo(new Money(150_00)), "an answer pays nothing");
    }

    [Test]
    public void ActivityIsReadPageByPageWithItsSums()
    {
        database.Books.Write<int>(false, db =>
        {
            var (member, before) = (db.Members.Single(one => one.Number == "0001"), db.HoursWorked.First(row => row.SourceRef == "h0"));
            for (var i = 0; i < 60; i++)
                db.HoursWorked.Add(new() { SourceId = before.SourceId, SourceRef = $"n{i:00}", CoOpId = before.CoOpId, MemberId = member.Id, On = new DateOnly(2026, 1, 1).AddDays(i / 10), HoursHundredths = 100, CategoryId = before.CategoryId, ImportId = before.ImportId, Row = 100 + i });
            return 60;
        });
        var activity = new MemberActivity(database.Books);
        var first = activity.Run(new(null, "0001")).Value;
        Assert.That((first.About, first.Count, first.Quantity), Is.EqualTo((PatronageKind.Hours, 61L, 208_000 + 6_000L)));
        Assert.That(first.Years.Select(year => (year.Name.Number, year.Quantity, year.Months.Count)), Is.EqualTo(new[] { (2026, 6_000L, 1), (2025, 208_000L, 1) }));
        var second = activity.Run(new(null, "0001") { After = first.Next }).Value;
        Assert.That((first.Rows.Count, second.Rows.Count, second.Next), Is.EqualTo((50, 11, (string?)null)));
        Assert.That(first.Rows.Concat(second.Rows).Select(row => row.SourceRef).Distinct().Count(), Is.EqualTo(61));
        Assert.That((second.Rows[^1].SourceRef, second.Rows[^1].Category, second.Rows[^1].Import), Is.EqualTo(("h0", (string?)"regular", 1)));
        Assert.That(activity.Run(new(null, "0001") { From = new DateOnly(2026, 1, 3), To = new DateOnly(2026, 1, 3) }).Value.Count, Is.EqualTo(10));
        Assert.That(activity.Run(new(null, "0001") { Category = "overtime" }).Value.Count, Is.Zero);
        Assert.That(activity.Run(new(null, "0001", PatronageKind.Purchases)).Value.Rows, Is.Empty);
        var file = new MemoryStream();
        Assert.That(activity.Export(new(null, "0001"), file, ["on", "from", "to", "hours", "kind", "store", "reference", "import"]).Value, Is.EqualTo(61));
        Assert.That(System.Text.Encoding.UTF8.GetString(file.ToArray()).Split("\r\n")[^2], Is.EqualTo("2025-06-30,,,2080.00,regular,,h0,1"));
        Assert.That(activity.One(null, "0001", PatronageKind.Hours, first.Rows[0].SourceId, "n50").Value.Row.Quantity, Is.EqualTo(100));
        Assert.That(Code(activity.One(null, "0002", PatronageKind.Hours, first.Rows[0].SourceId, "n50")), Is.EqualTo("row-unknown"));
    }
}

using System.Text.RegularExpressions;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Mail;
using Evergreen.Application.Members;
using Evergreen.Application.Statements;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using Evergreen.Domain.Statements;
using NUnit.Framework;
using UglyToad.PdfPig;

namespace Evergreen.Application.Tests.Statements;

/// <summary>How statements reach members: printed in the order of the post, or announced by mail, each one way, and what stands in the books about it.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class StatementDeliveryTests(TestDatabase databases)
{
    private const string Link = "https://bakery.example/";
    private OpenTestDatabase database = null!;
    private string folder = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        folder = Directory.CreateTempSubdirectory("evergreen-delivery-").FullName;
        bakery = Bakery.In(database, Bakery.SevenWorkers).UpToApproval();
        bakery.Post();
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Issue() => Assert.That(new IssueStatements(database.Books).Run(new(null, Bakery.Run, "ann", Path.Combine(folder, "pdf"))).Refusal, Is.Null);

    private void Change(string number, Action<Member> change) => database.Books.Write<int>(false, db =>
    {
        change(db.Members.Single(member => member.Number == number));
        return 1;
    });

    private void TakesMail(string number)
    {
        Change(number, member => member.Email = $"m{number}@example.coop");
        Assert.That(new RecordDeliveryChoice(database.Books).Run(new(null, number, DeliveryWay.Electronic, new DateOnly(2026, 1, 1), "ann")).Refusal, Is.Null);
    }

    private Domain.Arithmetic.Outcome<PrintFile.Result> Print(string name = "print.pdf", bool twoSided = false, string reference = "job 1") =>
        new PrintFile(database.Books).Run(new(null, Bakery.Run, "ann", Path.Combine(folder, name), reference, TwoSided: twoSided));

    private Domain.Arithmetic.Outcome<NotifyStatements.Result> Notify(string link = Link) => new NotifyStatements(database.Books).Run(new(null, Bakery.Run, "ann", link));
    private StatementBatchPage.Result Page(StatementBatchPage.Shown shown = default) => new StatementBatchPage(database.Books).Run(new(null, Bakery.Run, shown)).Value;

    [Test]
    public void PaperIsForEveryoneWhoSaidNothingAndElectronicNeedsAnAddress()
    {
        var record = new RecordDeliveryChoice(database.Books);
        var day = new DateOnly(2026, 1, 1);
        Assert.That(record.Run(new(null, "0001", DeliveryWay.Electronic, day, "ann")).Refusal!.Code, Is.EqualTo("delivery-without-address"));
        Assert.That(record.Run(new(null, "0001", DeliveryWay.Paper, day, "ann")).Value.AlreadyThere, Is.True);
        TakesMail("0001");
        Assert.That(record.Run(new(null, "0001", DeliveryWay.Paper, day.AddDays(5), "ann")).Value.AlreadyThere, Is.False);
        var choices = database.Books.Read(db => db.DeliveryChoices.ToList());
        Assert.That(new[] { day.AddDays(-1), day, day.AddDays(4), day.AddDays(5) }.Select(on => DeliveryChoice.AsOf(choices, on)),
            Is.EqualTo(new[] { DeliveryWay.Paper, DeliveryWay.Electronic, DeliveryWay.Electronic, DeliveryWay.Paper }));
    }

    [Test]
    public void PrintFileIsInTheOrderOfThePostWithoutThoseWhoTakeMail()
    {
        Issue();
        TakesMail("0002");
        Change("0001", member => (member.Country, member.PostalCode) = ("US", "94110"));
        Change("0003", member => (member.Country, member.PostalCode) = ("US", "02139"));
        Change("0004", member => (member.Country, member.PostalCode) = ("CA", "V6B 1A1"));
        Change("0005", member => member.PostalCode = "02139");
        var printed = Print(twoSided: true).Value;
        Assert.That(printed.Statements, Is.EqualTo(6));
        using var pdf = PdfDocument.Open(Path.Combine(folder, "print.pdf"));
        Assert.That(pdf.NumberOfPages, Is.EqualTo(printed.Pages));
        var members = pdf.GetPages().Select(page => Regex.Match(string.Join(' ', page.GetWords().Select(word => word.Text)), @"Member number (\d{4})").Groups[1].Value).Where(number => number.Length > 0).ToList();
        // Canada before the United States; those without a code before those with one; equal codes by number.
        Assert.That(members, Is.EqualTo(new[] { "0004", "0006", "0007", "0003", "0005", "0001" }));
        var starts = pdf.GetPages().Where(page => page.GetWords().Any(word => word.Text == "Issued")).Select(page => page.Number % 2);
        Assert.That(starts, Is.All.EqualTo(1), "each begins on a leaf of its own");
        var bytes = File.ReadAllBytes(Path.Combine(folder, "print.pdf"));
        Assert.That(System.Text.Encoding.Latin1.GetString(bytes), Does.Contain("/Lang (en-US)"));
        Assert.That(pdf.TryGetBookmarks(out var bookmarks), Is.True);
        Assert.That(bookmarks!.GetNodes().Cast<UglyToad.PdfPig.Outline.DocumentBookmarkNode>().Select(entry => (entry.Title[..4], entry.PageNumber)), Is.EqualTo(new[] { ("0004", 1), ("0006", 3), ("0007", 5), ("0003", 7), ("0005", 9), ("0001", 11) }), "one for each member");
        Assert.That(PrintedPdf.QpdfComplaints(bytes), Is.Empty);
    }

    [Test]
    public void PrintingAgainUnderTheSameReferenceIsRecordedOnceAndGivesTheSameBytes()
    {
        Issue();
        Print();
        Print("again.pdf");
        Assert.That(database.Books.Read(db => db.StatementDeliveries.Count()), Is.EqualTo(7));
        Assert.That(File.ReadAllBytes(Path.Combine(folder, "again.pdf")), Is.EqualTo(File.ReadAllBytes(Path.Combine(folder, "print.pdf"))));
        Print(reference: "job 2");
        Assert.That((database.Books.Read(db => db.StatementDeliveries.Count()), Page().Printed), Is.EqualTo((14, 7)));
    }

    [Test]
    public void NoticeGoesOnceToEachWhoTakesItAndHoldsNoFigure()
    {
        Issue();
        TakesMail("0002");
        TakesMail("0005");
        Assert.That((Notify().Value, Notify().Value), Is.EqualTo((new NotifyStatements.Result(2, 0), new NotifyStatements.Result(0, 2))));
        var mails = database.Books.Read(db => db.Mails.OrderBy(mail => mail.Id).ToList());
        Assert.That(mails.Select(mail => mail.ToAddress), Is.EqualTo(new[] { "m0002@example.coop", "m0005@example.coop" }));
        foreach (var mail in mails)
        {
            Assert.That(mail.Text, Does.Contain(Link).And.Contain("2025").And.Not.Contain("$"));
            Assert.That(Regex.Matches(mail.Text.Replace("2025", "", StringComparison.Ordinal), "[0-9]"), Is.Empty);
        }
        Assert.That(database.Books.Read(db => db.StatementDeliveries.Where(delivery => delivery.Way == StatementDeliveryWay.Mailed).Count()), Is.EqualTo(2));
    }

    [Test]
    public void NoticeIsInTheCoOpsWordsInTheLanguageOfEachAndEncoded()
    {
        Issue();
        TakesMail("0002");
        TakesMail("0005");
        Change("0005", member => member.Language = "es");
        Assert.That(new WordText(database.Books).Run(new(null, "mail.statement", "en", 0, "{co-op}: papers of {year}", "Hello <you> & all,\n\nthe papers of {year} are there. Ask {contact}.", "ann")).Value, Is.EqualTo(1));
        Assert.That(Notify().Value.Queued, Is.EqualTo(2));
        var mails = database.Books.Read(db => db.Mails.OrderBy(mail => mail.ToAddress).ToList());
        Assert.That(mails[0].Subject, Is.EqualTo($"{bakery.CoOp.Name}: papers of 2025"));
        Assert.That(mails[0].Text, Does.StartWith("Hello <you> & all,\n\nthe papers of 2025 are there. Ask ").And.Contain(Link));
        Assert.That(mails[0].Html, Does.Contain("<p>Hello &lt;you&gt; &amp; all,</p><p>the papers of 2025 are there.").And.Not.Contain("<you>"));
        Assert.That((mails[1].Subject, mails[1].Text.Split('\n')[0]), Is.EqualTo(($"Su estado de cuenta de 2025 de {bakery.CoOp.Name}", "Hola:")), "the other language keeps its built-in words");
    }

    [Test]
    public void WhatCannotBeDoneIsRefused()
    {
        Assert.That(Print().Refusal!.Code, Is.EqualTo("statements-not-issued"));
        Issue();
        Assert.That(Notify("not a link").Refusal!.Code, Is.EqualTo("statements-link"));
        Assert.That(Notify().Refusal!.Code, Is.EqualTo("statements-nobody-by-mail"));
        Assert.That(new StatementCopyPdf(database.Books).Run(new(null, Bakery.Run, "0099", "ann")).Refusal!.Code, Is.EqualTo("statement-unknown"));
        foreach (var member in bakery.Members) TakesMail(member.Number);
        Assert.That(Print().Refusal!.Code, Is.EqualTo("statements-nobody-on-paper"));
    }

    [Test]
    public void CopyHasTheBytesThatWereIssuedUntilSomethingPrintedOnItChanges()
    {
        Issue();
        database.Clock.Advance(TimeSpan.FromDays(30));
        var copy = new StatementCopyPdf(database.Books).Run(new(null, Bakery.Run, "0003", "ann")).Value;
        Assert.That(copy.AsIssued, Is.True);
        Assert.That(copy.Pdf, Is.EqualTo(File.ReadAllBytes(Path.Combine(folder, "pdf", copy.FileName))));
        Change("0003", member => member.City = "Oakland");
        Assert.That(new StatementCopyPdf(database.Books).Run(new(null, Bakery.Run, "0003", "ann")).Value.AsIssued, Is.False);
        Assert.That(Page().Rows.Single(row => row.Number == "0003").Deliveries.Select(delivery => delivery.Way), Is.EqualTo(new[] { StatementDeliveryWay.Downloaded, StatementDeliveryWay.Downloaded }));
    }

    [Test]
    public void PageTellsWhoTakesWhatAndWhatWentOut()
    {
        Assert.That(new StatementRuns(database.Books).Run(null).Value.Single() is { Run: Bakery.Run, IssuedOn: null, IsReversed: false, Members: 7 }, Is.True);
        Issue();
        TakesMail("0002");
        Notify();
        Print();
        var page = Page();
        Assert.That((page.Members, page.Statements, page.ByMail, page.OnPaper, page.Printed, page.Mailed), Is.EqualTo((7, 7, 1, 6, 6, 0)));
        Assert.That(page.Rows.Select(row => row.Number), Is.EqualTo(Enumerable.Range(1, 7).Select(n => $"{n:0000}")));
        Assert.That(page.Rows[1] is { ByMail: true, Mail: MailState.Queued, Deliveries: [{ Way: StatementDeliveryWay.Mailed }] }, Is.True);
        Assert.That(Page(StatementBatchPage.Shown.ByMail).Rows.Single().Number, Is.EqualTo("0002"));
        Assert.That(Page(StatementBatchPage.Shown.NothingYet).Rows, Is.Empty);
        Assert.That(Page(StatementBatchPage.Shown.MailFailed).Rows, Is.Empty);
        var first = new StatementBatchPage(database.Books).Run(new(null, Bakery.Run, Most: 4)).Value;
        var second = new StatementBatchPage(database.Books).Run(new(null, Bakery.Run, After: first.Next, Most: 4)).Value;
        Assert.That((first.Next, second.Rows.Count, second.Next), Is.EqualTo(("0004", 3, (string?)null)));
        Assert.That(new StatementBatchPage(database.Books).All(new(null, Bakery.Run, StatementBatchPage.Shown.OnPaper)).Value.Select(row => row.Number), Is.EqualTo(["0001", "0003", "0004", "0005", "0006", "0007"]));
    }

    [Test]
    public void StatementsAreListedForProgramsUntilTheirRunIsReversed()
    {
        Issue();
        var list = new StatementsByRun(database.Books);
        var first = list.Run(new(bakery.CoOp, 4));
        var rest = list.Run(new(bakery.CoOp, 4, first.Next));
        Assert.That(first.Rows.Concat(rest.Rows).Select(row => row.Member), Is.EqualTo(Enumerable.Range(1, 7).Select(n => $"{n:0000}")));
        Assert.That((rest.Next, first.Rows[0].Run, first.Rows[0].IssuedOn), Is.EqualTo(((StatementsByRun.Key?)null, Bakery.Run, new DateOnly(2026, 1, 15))));
        Assert.That(first.Rows.Concat(rest.Rows).Select(row => row.Sha256), Is.EquivalentTo(Directory.GetFiles(Path.Combine(folder, "pdf"), "*.pdf").Select(file => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))))));
        Assert.That(list.Run(new(bakery.CoOp, 4, null, [bakery.Members[2].Id])).Rows.Single().Member, Is.EqualTo("0003"));
        new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "ann", "hours of May were missing"));
        Assert.That(list.Run(new(bakery.CoOp, 4)).Rows, Is.Empty);
    }

    [Test]
    public void LinkInANoticeEndsTheNoticesOfItsMemberAndNoOtherMail()
    {
        Issue();
        TakesMail("0002");
        Notify();
        var notice = database.Books.Read(db => db.Mails.Single().Id);
        var other = new QueueMail(database.Books).Run(new("other", bakery.CoOp.Id, bakery.Members[1].Id, "m0002@example.coop", "Worker 2", MailLetter.Of("News", ["There is news."], null, "The Bakery"), "ann")).Value.MailId;
        var stop = new StopNotices(database.Books);
        Assert.That((stop.Run(new(null)).Refusal?.Code, stop.Run(new(other)).Refusal?.Code), Is.EqualTo(("notice-unknown", "notice-unknown")));
        Assert.That(stop.Run(new(notice)).Value, Is.EqualTo(new StopNotices.Result("The Bakery", false)));
        Assert.That(stop.Run(new(notice)).Value, Is.EqualTo(new StopNotices.Result("The Bakery", true)));
        Assert.That(Page().ByMail, Is.Zero);
    }
}

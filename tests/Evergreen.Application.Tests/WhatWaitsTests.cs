using Evergreen.Application.Members;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests;

/// <summary>What waits in the office besides the year: only what is open, only what the person may act on, and of this co-op alone.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class WhatWaitsTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, [100, 200, 300, 400, 500, 600]);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private WhatWaits.Result Waits(bool applications = true, bool requests = true, bool imports = true, bool mails = true, string coOp = "bakery") => new WhatWaits(database.Books).Run(new(coOp, applications, requests, imports, mails)).Value;

    private void Add(params object[] things) => database.Books.Write<int>(false, db =>
    {
        db.AddRange(things);
        db.SaveChanges();
        return things.Length;
    });

    private void Draft(string file, DraftState state, bool removed = false)
    {
        var now = database.Books.Now;
        var id = Guid.NewGuid().ToString("N");
        Add(new UploadedFile { Id = id, CoOpId = bakery.CoOp.Id, FileName = file, Bytes = 1, Sha256 = new string('a', 64), IsWorkbook = false, ReceivedAt = now, ReceivedBy = "bea", RemovedAt = removed ? now : null });
        Add(new ImportDraft { CoOpId = bakery.CoOp.Id, UploadId = id, Kind = ImportKind.Hours, State = state, CreatedAt = now, CreatedBy = "bea" });
    }

    private void Mailed(int member, MailState state, string key) => Add(new MailMessage
    {
        CoOpId = bakery.CoOp.Id, MemberId = bakery.Members[member].Id, Key = key, ToAddress = "ann@example.coop", ToName = "Ann", Subject = "News", Text = "News.", Html = "<p>News.</p>", By = "bea", QueuedAt = database.Books.Now, DueAt = database.Books.Now, State = state,
    });

    [Test]
    public void NothingWaitsInNewBooks() => Assert.That(Waits(), Is.EqualTo(new WhatWaits.Result(null, null, null, null)));

    [Test]
    public void ApplicationsWaitUntilTheyAreDecided()
    {
        var made = new ReceiveApplication(database.Books).Run(new("bakery", new Particulars { GivenName = "Ines", FamilyName = "Costa" }, null, new DateOnly(2025, 1, 2), null, "bea"));
        Assert.That((Waits().Applications?.Count, Waits().Applications?.Since), Is.EqualTo(((int?)1, (DateTime?)made.Value.At)));
        Assert.That(Waits(applications: false).Applications, Is.Null, "for whoever may not decide");
        Add(new ApplicationDecision { ApplicationId = made.Value.Id, Approved = false, On = new DateOnly(2025, 1, 3), At = database.Books.Now, By = "ann" });
        Assert.That(Waits().Applications, Is.Null);
    }

    [Test]
    public void ImportsThatWereBegunWaitWhileTheirFileIsThere()
    {
        Draft("first.csv", DraftState.Uploaded);
        Draft("second.csv", DraftState.Checked);
        Draft("done.csv", DraftState.Committed);
        Draft("dropped.csv", DraftState.Dropped);
        Draft("gone.csv", DraftState.Mapped, removed: true);
        var drafts = Waits().Drafts!;
        Assert.That((drafts.Count, drafts.More), Is.EqualTo((2, 0)));
        Assert.That(drafts.First.Select(draft => draft.Name), Is.EqualTo(new[] { "first.csv", "second.csv" }));
        Assert.That(Waits(imports: false).Drafts, Is.Null);
        Bakery.In(database, [100], "other");
        Assert.That(Waits(coOp: "other").Drafts, Is.Null);
    }

    [Test]
    public void MailsThatFailedWaitForAMonthUnderTheirMembers()
    {
        Mailed(3, MailState.Failed, "a");
        Mailed(3, MailState.Failed, "b");
        Mailed(1, MailState.Sent, "c");
        foreach (var member in (int[])[0, 1, 2, 4, 5]) Mailed(member, MailState.Failed, $"later {member}");
        var mails = Waits().Mails!;
        Assert.That((mails.Count, mails.More), Is.EqualTo((7, 1)));
        Assert.That(mails.First.Select(member => member.Key), Is.EqualTo(new[] { "0004", "0001", "0002", "0003", "0005" }));
        Assert.That(Waits(mails: false).Mails, Is.Null);
        database.Clock.Advance(TimeSpan.FromDays(WhatWaits.MailDays + 1));
        Assert.That(Waits().Mails, Is.Null);
    }
}

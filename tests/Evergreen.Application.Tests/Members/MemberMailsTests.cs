using Evergreen.Application.Members;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Mail;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>What was mailed to a member, and sending one of those again.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class MemberMailsTests(TestDatabase databases)
{
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, [100, 200, 300]);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private int Mailed(string key, int member, MailState state = MailState.Sent) => database.Books.Write<int>(false, db =>
    {
        var now = database.Books.Now;
        var mail = new MailMessage
        {
            CoOpId = bakery.CoOp.Id, MemberId = bakery.Members[member].Id, Key = key, ToAddress = "ann@example.coop", ToName = "Ann", Subject = $"News {key}", Text = "News.", Html = "<p>News.</p>", By = "bea", QueuedAt = now, DueAt = now,
            State = state, SentAt = state == MailState.Sent ? now : null, Problem = state == MailState.Failed ? "The mailbox is full." : null,
        };
        db.Mails.Add(mail);
        db.SaveChanges();
        return mail.Id;
    }).Value;

    private MemberMails.Page Page(string number, int? after = null) => new MemberMails(database.Books).Run("bakery", number, after).Value;

    private Outcome<int> Again(string number, int mail) => new SendMemberMailAgain(database.Books).Run(new("bakery", number, mail, "bea"));

    [Test]
    public void MailsOfAMemberAndOfTheRecordsThatWereMergedIntoItAreListedNewestFirst()
    {
        Mailed("a", 0);
        Mailed("b", 1, MailState.Failed);
        Mailed("c", 2);
        new MergeMembers(database.Books).Run(new(null, "0001", "0002", "same person", "ann"));
        Assert.That(Page("0001").Rows.Select(row => (row.Subject, row.State, row.Problem, row.Record)), Is.EqualTo(new[] { ("News b", MailState.Failed, (string?)"The mailbox is full.", "0002"), ("News a", MailState.Sent, (string?)null, "0001") }));
        Assert.That(new MemberMails(database.Books).Run("bakery", "9999").Refusal!.Code, Is.EqualTo("member-unknown"));
    }

    [Test]
    public void MailsAreReadAPageAtATime()
    {
        for (var i = 0; i <= MemberMails.PageSize; i++) Mailed($"k{i}", 0);
        var first = Page("0001");
        var second = Page("0001", first.Next);
        Assert.That((first.Rows.Count, first.Rows[0].Subject, second.Rows.Single().Subject, second.Next), Is.EqualTo((MemberMails.PageSize, $"News k{MemberMails.PageSize}", "News k0", (int?)null)));
    }

    [Test]
    public void OnlyAMembersOwnMailThatFailedIsSentAgain()
    {
        var (failed, sent) = (Mailed("a", 0, MailState.Failed), Mailed("b", 0));
        Assert.That((Again("0002", failed).Refusal!.Code, Again("0001", 9999).Refusal!.Code, Again("0001", sent).Refusal!.Code), Is.EqualTo(("mail-unknown", "mail-unknown", "mail-not-failed")));
        Assert.That(Page("0001").Rows[1].State, Is.EqualTo(MailState.Failed));
        Assert.That(Again("0001", failed).Value, Is.EqualTo(failed));
        Assert.That((Page("0001").Rows[1].State, Page("0001").Rows[1].Problem), Is.EqualTo((MailState.Queued, (string?)null)));
        Assert.That(database.Books.Read(db => db.AuditRecords.Count(record => record.Verb == "mail.again" && record.Subject == $"mail {failed}")), Is.EqualTo(1));
    }
}

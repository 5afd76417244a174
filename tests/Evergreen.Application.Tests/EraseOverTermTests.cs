using Evergreen.Application.CoOps;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests;

/// <summary>Who is past the co-op's term of retention at which day, and that erasing takes them and nobody else.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class EraseOverTermTests(TestDatabase databases)
{
    private static readonly DateOnly Today = new(2026, 1, 15);
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        bakery = Bakery.In(database, Bakery.SevenWorkers);
    }

    [TearDown]
    public void Close() => database.Dispose();

    private ListOverTerm.Page List(int? after = null) => new ListOverTerm(database.Books).Run(null, after).Value;

    private IEnumerable<string> Listed => List().Rows.Select(row => row.Member ?? $"application {row.Application}");

    private Outcome<EraseOverTerm.Result> Erase(int count) => new EraseOverTerm(database.Books).Run(new(null, count, "ann"));

    private void GoTo(int year, int month, int day) => database.Clock.Advance(new DateTime(year, month, day, 12, 0, 0, DateTimeKind.Utc) - database.Books.Now);

    private void Add(params object[] rows) => database.Books.Write<int>(false, db =>
    {
        db.AddRange(rows);
        return rows.Length;
    });

    /// <summary>Someone without an account of anything, who left on a day.</summary>
    private int Gone(string number, DateOnly on, MemberStatus status = MemberStatus.Left)
    {
        var member = new EnrolMember(database.Books).Run(new(null, number, new Particulars { Name = $"Quill {number}", Email = $"q{number}@example.org" }, [], new DateOnly(2010, 1, 1), "ann")).Value;
        Assert.That(Leave(number, on, status).IsRefused, Is.False);
        return member.Id;
    }

    private Outcome<ChangeStatus.Result> Leave(string number, DateOnly on, MemberStatus status = MemberStatus.Left) => new ChangeStatus(database.Books).Run(new(null, number, status, on, "ann", "moved away"));

    private void Applied(int number, bool approved, DateOnly on)
    {
        var id = database.Books.Write<MembershipApplication>(false, db => db.Add(new MembershipApplication { CoOpId = bakery.CoOp.Id, Number = number, ReceivedOn = on, At = database.Books.Now, By = "ann", Kind = MemberKind.Person, Name = $"Quill {number}", Email = "quill@example.org", City = "Galesburg" }).Entity).Value.Id;
        Add(new ApplicationDecision { ApplicationId = id, Approved = approved, On = on, At = database.Books.Now, By = "ada", Reason = "No room." });
    }

    private void PayOut(string number)
    {
        var member = bakery.Members.Single(one => one.Number == number).Id;
        database.Books.Write<int>(false, db =>
        {
            var account = new MemberAccount(database.Books).Run(null, number).Value;
            var lines = account.CapitalLots.Concat(account.OwedLots).Where(lot => lot.Balance != Money.Zero).Select(lot => new EntryLine(lot.AccountCode, member, lot.FiscalYear, lot.Balance.Cents)).ToList();
            LedgerGuard.Append(db, bakery.CoOp, [new EntryDraft(EntryKind.EquityContribution, 900, db.LedgerEntries.Count(), Today, "Paid out", null, [.. lines, new EntryLine(AccountCodes.NetAssets, null, null, -lines.Sum(line => line.AmountCents))])], database.Books.Now);
            return lines.Count;
        });
    }

    [Test]
    public void TermBeginsWithTheEndOfTheFiscalYearOfLeaving()
    {
        Gone("0101", new DateOnly(2018, 12, 31));
        Gone("0102", new DateOnly(2019, 1, 1));
        // Heard of late: other facts were recorded of days after the death.
        Gone("0103", new DateOnly(2021, 5, 1), MemberStatus.OnLeave);
        Leave("0103", new DateOnly(2018, 3, 1), MemberStatus.Deceased);
        Gone("0104", new DateOnly(2018, 3, 1));
        Leave("0104", new DateOnly(2021, 5, 1), MemberStatus.Active);
        Gone("0105", new DateOnly(2018, 3, 1), MemberStatus.OnLeave);
        Applied(1, approved: false, new DateOnly(2018, 12, 31));
        Applied(2, approved: false, new DateOnly(2019, 1, 1));
        Applied(3, approved: true, new DateOnly(2018, 12, 31));
        Assert.That((List().Last, List().Count), Is.EqualTo((new DateOnly(2018, 12, 31), 3)));
        Assert.That(Listed, Is.EqualTo(new[] { "0101", "0103", "application 1" }));
        GoTo(2026, 12, 31);
        Assert.That(Listed, Is.EqualTo(new[] { "0101", "0103", "application 1" }));
        GoTo(2027, 1, 1);
        Assert.That(Listed, Is.EqualTo(new[] { "0101", "0102", "0103", "application 1", "application 2" }), "seven years after the end of 2019");
        new SetRetention(database.Books).Run(new(null, 9, "ann"));
        Assert.That((List().Count, new WhatWaits(database.Books).Run(new(null, true, true, true, true, Erasures: true)).Value.OverTerm), Is.EqualTo((0, (int?)null)));
        new SetRetention(database.Books).Run(new(null, 8, "ann"));
        Assert.That(new WhatWaits(database.Books).Run(new(null, true, true, true, true, Erasures: true)).Value.OverTerm, Is.EqualTo(3));
        Assert.That(new WhatWaits(database.Books).Run(new(null, true, true, true, true)).Value.OverTerm, Is.Null, "for whoever may not erase");
    }

    [Test]
    public void WhoeverHoldsSomethingOrWasPaidLaterOrAskedForSomethingStays()
    {
        foreach (var number in (string[])["0001", "0002", "0003"]) Leave(number, new DateOnly(2025, 6, 30));
        PayOut("0001");
        PayOut("0003");
        Add(new MemberRequest { CoOpId = bakery.CoOp.Id, MemberId = bakery.Members[2].Id, Number = 1, Kind = RequestKind.Erasure, At = database.Books.Now, By = "member 0003" });
        GoTo(2033, 12, 31);
        Assert.That(Listed, Is.Empty, "the last posting was in 2026");
        GoTo(2034, 1, 1);
        Assert.That(Listed, Is.EqualTo(new[] { "0001" }), "0002 holds shares, 0003 has asked for something");
        Assert.That(new AnswerRequest(database.Books).Run(new(null, 1, false, "Not yet.", null, null, "ann")).IsRefused, Is.False);
        Assert.That(Listed, Is.EqualTo(new[] { "0001", "0003" }));
        Assert.That(Erase(2).Value, Is.EqualTo(new EraseOverTerm.Result(2, 0)));
        Assert.That(database.Books.Read(db => db.Members.OrderBy(member => member.Id).Take(3).Select(member => member.Name).ToList()), Is.EqualTo(new[] { "Former member 0001", "Worker 2", "Former member 0003" }));
        Assert.That(new CheckBooks(database.Books).Run(new()).Value.Findings, Is.Empty);
    }

    [Test]
    public void PartInAnOpenRunKeepsARecord()
    {
        bakery.Adopt();
        bakery.Calculate();
        Leave("0001", new DateOnly(2025, 6, 30));
        PayOut("0001");
        GoTo(2034, 1, 1);
        Assert.That(Listed, Is.Empty);
    }

    [Test]
    public void MergedRecordsGoTogetherOrNotAtAll()
    {
        var (kept, twin, other) = (Gone("0101", new DateOnly(2015, 1, 1)), Gone("0102", new DateOnly(2016, 1, 1)), Gone("0103", new DateOnly(2015, 1, 1)));
        Add(new MemberMerge { OtherId = twin, CoOpId = bakery.CoOp.Id, KeptId = kept, At = database.Books.Now, By = "ann", Reason = "one person" }, new MemberMerge { OtherId = bakery.Members[3].Id, CoOpId = bakery.CoOp.Id, KeptId = other, At = database.Books.Now, By = "ann", Reason = "one person" });
        Assert.That(Listed, Is.EqualTo(new[] { "0101" }), "under 0103 stands one who holds shares");
        Assert.That(Erase(1).Value.Members, Is.EqualTo(1));
        Assert.That(database.Books.Read(db => db.Members.OrderBy(member => member.Id).Skip(bakery.Members.Count).Select(member => member.Name).ToList()), Is.EqualTo(new[] { "Former member 0101", "Former member 0102", "Quill 0103" }));
    }

    [Test]
    public void PressingErasesThoseOnTheListOnce()
    {
        Assert.That(Erase(0).Refusal!.Code, Is.EqualTo("over-term-nobody"));
        Gone("0101", new DateOnly(2015, 1, 1));
        Gone("0102", new DateOnly(2025, 1, 1));
        new AddNote(database.Books).Run(new(null, "0101", "Quill likes rye.", "ann"));
        new AddNote(database.Books).Run(new(null, "0102", "Quill likes oats.", "ann"));
        Applied(1, approved: false, new DateOnly(2015, 1, 1));
        Applied(2, approved: false, new DateOnly(2025, 1, 1));
        Assert.That((Erase(3).Refusal!.Code, List().Count), Is.EqualTo(("over-term-count", 2)), "whoever presses says how many were seen");
        Assert.That(Erase(2).Value, Is.EqualTo(new EraseOverTerm.Result(1, 1)));
        Assert.That(new MemberPage(database.Books).Run(null, "0101").Value.Particulars, Is.EqualTo(new Particulars { Name = "Former member 0101" }));
        Assert.That(database.Books.Read(db => (db.MemberNotes.Single().Text, db.Members.Single(member => member.Number == "0102").Email)), Is.EqualTo(("Quill likes oats.", "q0102@example.org")));
        Assert.That(database.Books.Read(db => db.MembershipApplications.OrderBy(one => one.Number).ToList()).Select(one => (one.Name, one.Email, one.City, one.ErasedAt != null)),
            Is.EqualTo(new[] { ("Former applicant", (string?)null, (string?)null, true), ("Quill 2", "quill@example.org", "Galesburg", false) }));
        Assert.That(database.Books.Read(db => db.AuditRecords.Where(record => record.Verb == "members.erase").OrderBy(record => record.Id).Select(record => $"{record.Subject}: {record.Detail}").ToList()), Is.EqualTo(new[] { "member 0101: kept for 7 years", "application 1: kept for 7 years" }));
        Assert.That((List().Count, List().Rows.Count, Erase(2).Refusal!.Code), Is.EqualTo((0, 0, "over-term-nobody")));
        Assert.That(new CheckBooks(database.Books).Run(new()).Value.Findings, Is.Empty);
    }

    [Test]
    public void ListIsReadPageByPage()
    {
        var many = ListOverTerm.PageSize;
        Applied(1, approved: false, new DateOnly(2015, 1, 1));
        Applied(2, approved: false, new DateOnly(2015, 1, 1));
        var members = Enumerable.Range(1, many - 1).Select(i => new Member { CoOpId = bakery.CoOp.Id, Number = $"9{i:000}", Kind = MemberKind.Person, Name = $"Quill {i}" }).ToArray();
        Add(members);
        Add([.. members.Select(member => new StatusChange { CoOpId = bakery.CoOp.Id, MemberId = member.Id, On = new DateOnly(2015, 1, 1), Status = MemberStatus.Left, RecordedAt = database.Books.Now })]);
        var first = List();
        Assert.That((first.Count, first.Rows.Count, first.Rows[^1].Application), Is.EqualTo((many + 1, many, (int?)1)));
        var rest = List(first.Next);
        Assert.That((rest.Rows.Select(row => row.Application).Single(), rest.Next), Is.EqualTo(((int?)2, (int?)null)));
    }
}

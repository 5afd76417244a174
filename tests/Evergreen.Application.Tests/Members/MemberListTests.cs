using System.IO.Compression;
using System.Text;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Members;

/// <summary>The list of members and the search box over it.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class MemberListTests(TestDatabase databases)
{
    private static readonly DateOnly Today = new(2026, 1, 15);
    private static readonly MemberFilter Everyone = new(null, null, null, null, false, false, Today);
    private OpenTestDatabase database = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        var coOp = SampleCoOp.In(database).CoOp;
        database.Books.Write<int>(dryRun: false, db =>
        {
            db.Add(new MemberClass { CoOpId = coOp.Id, Code = "worker", Name = "Workers" });
            return 1;
        });
        Enrol("José", "Álvarez", "jose@example.org", new(2024, 5, 1), "worker", ConsentKind.Written);
        Enrol("Ana", "Zu", null, new(2023, 5, 1), null, null);
        Enrol("=cmd|' /C calc'", "Baker", "mel@example.org", new(2025, 5, 1), "worker", null);
        new ChangeStatus(database.Books).Run(new(null, "0003", MemberStatus.Left, new DateOnly(2025, 12, 1), "ann"));
        new ChangeClass(database.Books).Run(new(null, "0001", "worker", false, new DateOnly(2025, 6, 1), "ann"));
    }

    [TearDown]
    public void Close() => database.Dispose();

    private void Enrol(string given, string family, string? email, DateOnly joined, string? @class, ConsentKind? consent) =>
        Assert.That(new EnrolMember(database.Books).Run(new(null, null, new Particulars { GivenName = given, FamilyName = family, Email = email }, @class is null ? [] : [@class], joined, "ann", consent, consent is null ? null : joined)).Refusal, Is.Null);

    private string Numbers(MemberFilter filter, string sort = "number") => string.Join(' ', new MemberList(database.Books).Run(new(null, filter, sort)).Value.Rows.Select(row => row.Number));

    [Test]
    public void FiltersTellOfTheDay()
    {
        Assert.That(Numbers(Everyone), Is.EqualTo("0001 0002 0003"));
        Assert.That(Numbers(Everyone with { Text = "JOSE alvarez" }), Is.EqualTo("0001"), "accents and capitals do not matter");
        Assert.That(Numbers(Everyone with { Status = MemberStatus.Active }), Is.EqualTo("0001 0002"));
        Assert.That(Numbers(Everyone with { Status = MemberStatus.Active, AsOf = new(2025, 11, 30) }), Is.EqualTo("0001 0002 0003"));
        Assert.That(Numbers(Everyone with { Class = "worker" }), Is.EqualTo("0003"));
        Assert.That(Numbers(Everyone with { Class = "worker", AsOf = new(2025, 5, 31) }), Is.EqualTo("0001 0003"));
        Assert.That(Numbers(Everyone with { HasEmail = false }), Is.EqualTo("0002"));
        Assert.That(Numbers(Everyone with { MissingConsent = true }), Is.EqualTo("0002 0003"));
        Assert.That(Numbers(Everyone with { MissingTaxId = true }), Is.EqualTo("0001 0002 0003"));
        Assert.That(new MemberList(database.Books).Run(new(null, Everyone with { Class = "driver" })).Refusal!.Code, Is.EqualTo("class-unknown"));
    }

    [Test]
    public void SortIsByWhatIsAllowed()
    {
        Assert.That(Numbers(Everyone, "-number"), Is.EqualTo("0003 0002 0001"));
        Assert.That(Numbers(Everyone, "name"), Is.EqualTo("0003 0002 0001"));
        Assert.That(Numbers(Everyone, "joined"), Is.EqualTo("0002 0001 0003"));
        Assert.That(Numbers(Everyone, "-joined"), Is.EqualTo("0003 0001 0002"));
        Assert.That(new MemberList(database.Books).Run(new(null, Everyone, "TaxIdSealed")).Refusal!.Code, Is.EqualTo("sort-unknown"));
    }

    [TestCase("number")]
    [TestCase("-number")]
    [TestCase("name")]
    [TestCase("-name")]
    [TestCase("joined")]
    [TestCase("-joined")]
    public void EveryMemberIsOnOnePage(string sort)
    {
        for (var i = 0; i < 2 * MemberList.PageSize; i++) Enrol("Many", "Alike", null, new(2025, 1, 1 + i % 3), null, null);
        var seen = new List<string>();
        for (string? after = null; ;)
        {
            var page = new MemberList(database.Books).Run(new(null, Everyone, sort, after)).Value;
            Assert.That(page.Count, Is.EqualTo(103));
            seen.AddRange(page.Rows.Select(row => row.Number));
            if ((after = page.Next) is null) break;
        }
        Assert.That(seen, Has.Count.EqualTo(103).And.Unique);
    }

    [Test]
    public void FileHoldsWhatIsShownAndNoFormula()
    {
        var csv = new MemoryStream();
        Assert.That(new MemberList(database.Books).Export(new(null, Everyone, "name"), csv, asWorkbook: false).Value, Is.EqualTo(3));
        var lines = Encoding.UTF8.GetString(csv.ToArray()).Split("\r\n");
        Assert.That(lines[0], Is.EqualTo("Number,Name,Status,Classes,Joined,E-mail,Tax number"));
        Assert.That(lines[1], Is.EqualTo("0003,'=cmd|' /C calc' Baker,Left,worker,2025-05-01,mel@example.org,missing"));

        var workbook = new MemoryStream();
        new MemberList(database.Books).Export(new(null, Everyone with { HasEmail = true }, "name"), workbook, asWorkbook: true);
        using var zip = new ZipArchive(workbook);
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var xml = sheet.ReadToEnd();
        Assert.That(xml, Does.Contain(">=cmd|' /C calc' Baker</t>").And.Not.Contains("<f>").And.Contains("<v>45778</v>"), "text stays text, and 1 May 2025 is day 45778");
    }

    [Test]
    public void FileHoldsTheColumnsThatWereChosen()
    {
        var csv = new MemoryStream();
        new MemberList(database.Books).Export(new(null, Everyone with { HasEmail = false }, "name") { Columns = [MemberColumn.TaxNumber, MemberColumn.Town, MemberColumn.Status] }, csv, asWorkbook: false);
        Assert.That(Encoding.UTF8.GetString(csv.ToArray()), Is.EqualTo("Number,Name,Status,Town,Tax number\r\n0002,Ana Zu,Active,,missing\r\n"));
    }

    [Test]
    public void WorkbookReadsBackAsItWasWritten()
    {
        var workbook = new MemoryStream();
        new MemberRegister(database.Books).Export(null, Today, workbook, asWorkbook: true);
        using var reader = XlsxReader.Open(new MemoryStream(workbook.ToArray())).Value;
        var rows = new List<string>();
        while (reader.Read()) rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.Text)));
        Assert.That(reader.Header, Is.EqualTo(new[] { "Number", "Name", "Status", "Classes", "Consent covers from" }));
        Assert.That(rows, Is.EqualTo(new[] { "0001|José Álvarez|Active||2026-01-01", "0002|Ana Zu|Active||", "0003|=cmd|' /C calc' Baker|Left|worker|" }));
    }

    [Test]
    public void RegisterOfADateIsHandedOut()
    {
        var csv = new MemoryStream();
        Assert.That(new MemberRegister(database.Books).Export(null, new(2024, 12, 31), csv, asWorkbook: false).Value, Is.EqualTo(3));
        Assert.That(Encoding.UTF8.GetString(csv.ToArray()).Split("\r\n")[1..4], Is.EqualTo(new[] { "0001,José Álvarez,Active,worker,2024-01-01", "0002,Ana Zu,Active,,", "0003,'=cmd|' /C calc' Baker,Not yet a member,," }));
    }

    [Test]
    public void SearchFindsWhatThePersonMaySee()
    {
        var search = new SearchOffice(database.Books);
        SearchOffice.Result Find(string text, bool members = true) => search.Run(new(null, text, members, Runs: true, Imports: true)).Value;
        Assert.That(Find("alvarez").Members.Single().Number, Is.EqualTo("0001"));
        Assert.That(Find("0002").Members.Single().Name, Is.EqualTo("Ana Zu"));
        Assert.That(Find("mel@example").Members.Single().Number, Is.EqualTo("0003"));
        Assert.That(Find("alvarez", members: false).Members, Is.Empty);
        Assert.That(Find(" ").Members, Is.Empty);
        Assert.That(Find("nobody").Members, Is.Empty);
        new AddDocument(database.Books).Run(new(null, "0002", "Lohnzettel März.pdf", "%PDF-1.7"u8.ToArray(), "ann"));
        Assert.That(Find("lohnzettel marz").Documents, Is.EqualTo(new[] { new SearchOffice.FoundDocument("Lohnzettel März.pdf", "0002", "Ana Zu") }));
        Assert.That(Find("lohnzettel", members: false).Documents, Is.Empty);
    }

    [Test]
    public void MembersFromBeforeTheSearchAreFoundToo()
    {
        Assert.That(database.Sql("UPDATE \"Members\" SET \"SearchKey\" = ''"), Is.Null);
        using (var db = database.Books.Open()) Assert.That(SearchKeys.Fill(db), Is.EqualTo(3));
        Assert.That(new SearchOffice(database.Books).Run(new(null, "alvarez", Members: true, Runs: false, Imports: false)).Value.Members.Single().Number, Is.EqualTo("0001"));
    }
}

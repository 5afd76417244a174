using System.Text;
using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

/// <summary>A file on its way through the wizard: uploaded, mapped, checked, looked at, committed.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class ImportDraftTests(TestDatabase databases)
{
    private const string Header = "source_id,member_number,purchased_on,amount,department,eligible,store,volume";
    private OpenTestDatabase database = null!;
    private SampleCoOp shop = null!;
    private UploadFolder uploads = null!;
    private KeyFile keys = null!;
    private string folder = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        shop = SampleCoOp.In(database);
        folder = Directory.CreateTempSubdirectory("evergreen-").FullName;
        keys = new KeyFile(Path.Combine(folder, "books.keys"));
        uploads = UploadFolder.At(Path.Combine(folder, "uploads"), database.Books, keys).Value;
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Outcome<ReceiveUpload.Result> Send(string name, string text, ImportKind kind = ImportKind.Purchases, string? source = "till") => Send(name, Encoding.UTF8.GetBytes(text), kind, source);

    private Outcome<ReceiveUpload.Result> Send(string name, byte[] bytes, ImportKind kind = ImportKind.Purchases, string? source = "till") =>
        new ReceiveUpload(database.Books, uploads).Run(new("shop", name, new MemoryStream(bytes), kind, source, "bea"));

    private int Sent(params string[] rows) => Send("purchases.csv", string.Join("\r\n", [Header, .. rows]) + "\r\n").Value.Draft;

    private MappingPage Guess(int draft) => new GuessMapping(database.Books, uploads).Run(new("shop", draft)).Value;

    private Outcome<int> Map(MappingPage page, Func<ChooseMapping.Request, ChooseMapping.Request>? change = null)
    {
        var request = new ChooseMapping.Request("shop", page.Draft, page.Version, page.Profile, page.Fields.ToDictionary(field => field.Column, field => field.Header ?? ""), "bea")
        {
            Source = page.Source, DateOrder = page.DateOrder, Numbers = page.Numbers, Sheet = page.Sheet,
        };
        return new ChooseMapping(database.Books, uploads).Run(change is null ? request : change(request));
    }

    private Outcome<ImportReport> Check(int draft) => new CheckDraft(database.Books, uploads, keys).Run(new("shop", draft, "bea"));

    private Outcome<ImportReport> Commit(int draft, bool takeGoodRows = false, string? despite = null) => new CommitDraft(database.Books, uploads, keys).Run(new("shop", draft, "bea", takeGoodRows, despite));

    private DraftPreview Preview(int draft) => new PreviewDraft(database.Books, uploads).Run("shop", draft).Value;

    private int Checked(params string[] rows)
    {
        var draft = Sent(rows);
        Assert.That(Map(Guess(draft)).Refusal?.Sentence, Is.Null);
        Assert.That(Check(draft).Refusal?.Sentence, Is.Null);
        return draft;
    }

    [Test]
    public void AFileGoesFromTheUploadIntoTheBooks()
    {
        shop.Enrol("1");
        var draft = Checked("R1,1,2025-01-02,12.00,wine,,,", "R2,77,2025-01-02,9.50,,,,", "R3,,2024-12-31,8.00,bread,,,");
        Assert.That(database.Books.Read(db => (db.Purchases.Count(), db.HeldRows.Count(), db.Imports.Count())), Is.EqualTo((0, 0, 0)));
        var preview = Preview(draft);
        Assert.That((preview.State, preview.MayCommit, preview.Report!.Totals.Accepted, preview.Report.Totals.Held, preview.Report.Total), Is.EqualTo((DraftState.Checked, true, 2L, 1L, (Money?)Money.Parse("29.50"))));
        var column = preview.Columns.Single();
        Assert.That((column.Label, column.Now!.Sum, column.Now.MinHundredths, column.Now.MaxHundredths, column.Held!.Sum, column.Before), Is.EqualTo(("Amount", Money.Parse("20.00"), 800L, 1200L, Money.Parse("9.50"), (ColumnTotals?)null)));
        var report = Commit(draft).Value;
        Assert.That((report.Committed, report.Number, report.Source, report.Totals.ToJson()), Is.EqualTo((true, (int?)1, "till", preview.Report.Totals.ToJson())));
        Assert.That(database.Books.Read(db => (db.Purchases.Count(), db.HeldRows.Count(), db.ImportDrafts.Single().State, db.ImportDrafts.Single().ImportNumber)), Is.EqualTo((2, 1, DraftState.Committed, (int?)1)));
        Assert.That(uploads.Has(database.Books.Read(db => db.UploadedFiles.Single().Id), UploadFolder.Rows), Is.False);
        var again = Commit(draft).Refusal!;
        Assert.That((again.Code, again.Sentence), Is.EqualTo(("draft-ended", "This file is import 1: nothing can be changed here any more.")));
    }

    [Test]
    public void EveryStepIsWrittenDownWithWhoTookIt()
    {
        shop.Enrol("1");
        Commit(Checked("R1,1,2025-01-02,12.00,,,,"));
        Assert.That(database.Books.Read(db => db.AuditRecords.Where(record => record.Verb.StartsWith("import.")).OrderBy(record => record.Id).Select(record => record.Verb + " by " + record.By).ToList()),
            Is.EqualTo(new[] { "import.upload by bea", "import.map by bea", "import.check by bea", "import.purchases by bea" }));
    }

    [Test]
    public void WhatWaitsOnDiskIsSealed()
    {
        var text = $"{Header}\r\nMARKED-ROW,1,2025-01-02,12.00,,,,\r\nBAD-MARKED,1,2025-13-02,12.00,,,,\r\n";
        var draft = Send("purchases.csv", text).Value.Draft;
        Map(Guess(draft));
        Check(draft);
        var files = Directory.GetFiles(Path.Combine(folder, "uploads"), "*", SearchOption.AllDirectories);
        Assert.That(files.Select(Path.GetFileName).Order(), Is.EqualTo(new[] { "problems", "rejects", "report", "rows" }));
        Assert.That(files.Select(File.ReadAllBytes), Has.None.Matches<byte[]>(bytes => bytes.AsSpan().IndexOf("MARKED"u8) >= 0 || bytes.AsSpan().IndexOf("2025-13-02"u8) >= 0));
        if (!OperatingSystem.IsWindows()) Assert.That(files.Select(File.GetUnixFileMode), Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void ForeignHeadersAreGuessedWithSamplesAndTheRestIsSaid()
    {
        shop.Enrol("0042");
        var draft = Send("till.csv", "Receipt No;Owner #;Sale Date;Net;Dept;SSN\r\n17;0042;01/13/2025;$1,012.50;wine;900000001\r\n18;0042;02/03/2025;($3.00);bread;\r\n").Value.Draft;
        var page = Guess(draft);
        Assert.That((page.Profile, page.HasForms, page.DateOrder, page.DatesUnclear, page.Missing.Count()), Is.EqualTo(("other", true, (DateOrder?)DateOrder.MonthFirst, (string?)null, 0)));
        Assert.That(page.Fields.Where(field => field.Header is not null).ToDictionary(field => field.Column, field => field.Header),
            Is.EquivalentTo(new Dictionary<string, string?> { ["source_id"] = "Receipt No", ["member_number"] = "Owner #", ["purchased_on"] = "Sale Date", ["amount"] = "Net", ["department"] = "Dept" }));
        Assert.That(page.Columns.Single(column => column.Header == "Net").Samples, Is.EqualTo(new[] { "$1,012.50", "($3.00)" }));
        Assert.That(page.Columns.Single(column => column.Header == "SSN").Samples, Is.EqualTo(new[] { "•••• (9 characters)" }));
        Assert.That(page.Numbers, Is.EqualTo(new NumberForm('.', ',', "$", Parentheses: true)));
        Assert.That(Map(page).IsRefused, Is.False);
        Assert.That(Check(draft).Value.Total, Is.EqualTo(Money.Parse("1009.50")));
        Assert.That(Commit(draft).Value.Committed, Is.True);

        var next = Send("till.csv", "Receipt No;Owner #;Sale Date;Net;Dept;SSN\r\n19;0042;03/04/2025;$2.00;wine;\r\n").Value.Draft;
        var remembered = Guess(next);
        Assert.That((remembered.Remembered, remembered.Profile, remembered.DateOrder, remembered.Numbers.Symbol, remembered.Fields.Single(field => field.Column == "amount").Header), Is.EqualTo((true, "other", (DateOrder?)DateOrder.MonthFirst, "$", "Net")));
    }

    [Test]
    public void AKnownSystemsFileIsRecognised()
    {
        var draft = Send("square.csv", "Date,Time,Category,Net Sales,Transaction ID,Location,Customer Reference ID\r\n2025-01-13,10:00:00,Wine,$8.00,T1,Main,0042\r\n").Value.Draft;
        Assert.That(Guess(draft).Profile, Is.EqualTo("square-items"));
        Assert.That(new GuessMapping(database.Books, uploads).Run(new("shop", draft) { Profile = "gusto-hours" }).Refusal!.Code, Is.EqualTo("profile-unknown"));
    }

    [Test]
    public void AmbiguousDatesForceAChoice()
    {
        shop.Enrol("1");
        var draft = Send("till.csv", "id,member,date,amount\r\n1,1,01/02/2025,5.00\r\n2,1,03/04/2025,5.00\r\n").Value.Draft;
        var page = Guess(draft);
        Assert.That((page.DateOrder, page.DatesUnclear), Is.EqualTo(((DateOrder?)null, page.DatesUnclear)));
        Assert.That(page.DatesUnclear, Does.Contain("'01/02/2025'"));
        Assert.That(Map(page).Refusal!.Code, Is.EqualTo("dates-ambiguous"));
        Assert.That(Check(draft).Refusal!.Code, Is.EqualTo("draft-not-mapped"));
        Assert.That(Map(page, request => request with { DateOrder = DateOrder.DayFirst }).IsRefused, Is.False);
        Check(draft);
        Commit(draft);
        Assert.That(database.Books.Read(db => db.Purchases.OrderBy(row => row.On).Select(row => row.On).ToList()), Is.EqualTo(new[] { new DateOnly(2025, 2, 1), new DateOnly(2025, 4, 3) }));
    }

    [Test]
    public void ANeededColumnThatIsNotThereBlocksWithItsReason()
    {
        var draft = Send("till.csv", "member,date,amount\r\n1,2025-01-02,5.00\r\n").Value.Draft;
        var page = Guess(draft);
        var missing = page.Missing.Single();
        Assert.That((missing.Label, missing.WhyNeeded), Is.EqualTo(("Id of the row", missing.WhyNeeded)));
        Assert.That(missing.WhyNeeded, Does.Contain("never counted twice"));
        Assert.That(Map(page).Refusal!.Code, Is.EqualTo("column-missing"));
    }

    [Test]
    public void AColumnMayBeLeftOutAlthoughItsHeaderIsOurs()
    {
        shop.Enrol("1");
        var draft = Sent("R1,1,2025-01-02,12.00,wine,,,");
        Assert.That(Map(Guess(draft), request => request with { Columns = request.Columns.ToDictionary(column => column.Key, column => column.Key == "department" ? "" : column.Value) }).IsRefused, Is.False);
        Check(draft);
        Commit(draft);
        Assert.That(database.Books.Read(db => db.Purchases.Single().CategoryId), Is.Zero);
    }

    [Test]
    public void CodesOfTheSourceAreTranslatedOrNamed()
    {
        shop.Enrol("1");
        var draft = Send("equity.csv", "id,member,date,amount,equity_type\r\n1,1,2025-01-02,25.00,A\r\n2,1,2025-01-03,50.00,preferred\r\n", ImportKind.Equity).Value.Draft;
        var page = Guess(draft);
        var table = page.Codes.Single();
        Assert.That((table.Column, table.Theirs), Is.EqualTo(("account", table.Theirs)));
        Assert.That(table.Theirs.Select(code => (code.Key, code.Value)), Is.EqualTo(new (string, string?)[] { ("A", null), ("preferred", "preferred") }));
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Codes(string a) => new Dictionary<string, IReadOnlyDictionary<string, string>> { ["account"] = new Dictionary<string, string> { ["A"] = a, ["preferred"] = "preferred" } };
        Assert.That(Map(page, request => request with { Codes = Codes("") }).Refusal!.Code, Is.EqualTo("code-without-meaning"));
        Assert.That(Map(page, request => request with { Codes = Codes("membership_share") }).IsRefused, Is.False);
        Check(draft);
        Assert.That(Commit(draft).Value.Totals.Accepted, Is.EqualTo(2));
    }

    [Test]
    public void RejectedRowsComeBackWithWhatIsWrongAndGoInAlone()
    {
        shop.Enrol("1");
        var draft = Checked("R1,1,2025-01-02,12.00,,,,", "R2,1,2025-13-02,9.505,,,,", "R3,1,2025-01-02,x,,,,", "R4,1,2025-01-03,2.00,,,,");
        var preview = Preview(draft);
        Assert.That((preview.MayCommit, preview.MayTakeGoodRows, preview.HasRejects), Is.EqualTo((true, true, true)));
        Assert.That(Commit(draft).Refusal!.Code, Is.EqualTo("rows-rejected"));
        var problems = new DraftProblems(database.Books, uploads);
        Assert.That(problems.Run(new("shop", draft)).Value.Problems.Select(problem => (problem.Line, problem.Column, problem.Code)), Is.EqualTo(new[] { (3L, "purchased_on", "date-impossible"), (3L, "amount", "amount-decimals"), (4L, "amount", "amount-symbol") }));
        Assert.That(problems.Run(new("shop", draft, Code: "amount-decimals", Column: "amount", ErrorsOnly: true)).Value.Problems.Single().Value, Is.EqualTo("9.505"));
        var rows = problems.AllRows("shop", draft).Value;
        Assert.That(rows.Page.Select(row => (row.Line, row.Fields[0], row.Problems.Count)), Is.EqualTo(new[] { (2L, "R1", 0), (3L, "R2", 2), (4L, "R3", 1), (5L, "R4", 0) }));
        Assert.That(Commit(draft, takeGoodRows: true).Value.Totals.Rejected, Is.EqualTo(2));

        using var given = new MemoryStream();
        Assert.That(problems.WriteRejects("shop", draft, given).Value.Name, Is.EqualTo("purchases-to-correct.csv"));
        var text = Encoding.UTF8.GetString(given.ToArray());
        Assert.That(text.Split("\r\n")[0], Is.EqualTo("\uFEFF" + Header + ",Problem,How to fix"));
        Assert.That(text, Does.Contain("R2,1,2025-13-02,9.505,").And.Contain("amount: expected at most two decimals").And.Not.Contain("R1,"));
        var corrected = Send("purchases-to-correct.csv", text.Replace("2025-13-02", "2025-12-02").Replace("9.505", "9.50").Replace(",x,", ",3.00,")).Value.Draft;
        Map(Guess(corrected));
        Check(corrected);
        Assert.That(Commit(corrected).Value.Totals.Accepted, Is.EqualTo(2));
        Assert.That(problems.WriteRejects("shop", corrected, given).Refusal!.Code, Is.EqualTo("no-rejects"));
    }

    [Test]
    public void LongListsOfProblemsAndRowsComePageByPage()
    {
        var draft = Checked([.. Enumerable.Range(1, 120).Select(i => $"R{i},1,2025-13-02,1.00,,,,")]);
        var problems = new DraftProblems(database.Books, uploads);
        var first = problems.Run(new("shop", draft)).Value;
        var last = problems.Run(new("shop", draft, After: 100)).Value;
        Assert.That((first.Problems.Count, first.Next, last.Problems.Count, last.Next, last.Problems[^1].Line, first.Count, last.Count), Is.EqualTo((50, (long?)50, 20, (long?)null, 121L, 120L, 120L)));
        var rows = problems.AllRows("shop", draft, 101).Value;
        Assert.That((rows.Page[0].Line, rows.Page.Count, rows.Count, rows.Next, rows.Page.All(row => row.Problems.Count == 1)), Is.EqualTo((102L, 20, 120L, (long?)null, true)));
    }

    [Test]
    public void ATurnedSignNeedsAWordOfWhoCommits()
    {
        shop.Enrol("1");
        Commit(Checked([.. Enumerable.Range(1, 30).Select(i => $"A{i},1,2025-01-02,{i}.25,,,,")]));
        var draft = Checked([.. Enumerable.Range(1, 30).Select(i => $"B{i},1,2025-02-02,-{i}.25,,,,")]);
        var preview = Preview(draft);
        Assert.That((preview.MustSayWhy, preview.MayCommit, preview.Columns.Single().Warnings.Single().Code, preview.Columns.Single().Before!.Sum, preview.Report!.Before!.Number), Is.EqualTo((true, true, "sign-flipped", Money.Parse("472.50"), 1)));
        var silent = Commit(draft, despite: " ").Refusal!;
        Assert.That((silent.Code, silent.Sentence), Is.EqualTo(("override-reason-missing", silent.Sentence)));
        Assert.That(database.Books.Read(db => db.Purchases.Count()), Is.EqualTo(30));
        Assert.That(Commit(draft, despite: "all of January is returned").Value.Committed, Is.True);
        var page = new ImportPage(database.Books, uploads).Run("shop", 2).Value;
        Assert.That((page.Override, page.Draft, page.Summary.Accepted), Is.EqualTo(("all of January is returned", (int?)draft, 30L)));
    }

    [Test]
    public void AnExpectedTotalMustMatchToTheCent()
    {
        shop.Enrol("1");
        var draft = Sent("R1,1,2025-01-02,12.00,,,,");
        Map(Guess(draft), request => request with { ExpectTotal = Money.Parse("12.01") });
        Check(draft);
        Assert.That((Preview(draft).MayCommit, Preview(draft).Against!.Code, Commit(draft).Refusal!.Code), Is.EqualTo((false, "total-differs", "total-differs")));
        Map(Guess(draft), request => request with { ExpectTotal = Money.Parse("12.00") });
        Assert.That(Commit(draft).Refusal!.Code, Is.EqualTo("draft-not-checked"));
        Check(draft);
        Assert.That(Commit(draft).Value.Committed, Is.True);
    }

    [Test]
    public void TheSameFileAgainIsKnownAndChangesNothing()
    {
        shop.Enrol("1");
        Commit(Checked("R1,1,2025-01-02,12.00,,,,"));
        var sent = Send("again.csv", $"{Header}\r\nR1,1,2025-01-02,12.00,,,,\r\n").Value;
        Assert.That(sent.AlreadyImported, Is.EqualTo(1));
        Assert.That(Guess(sent.Draft).AlreadyImported, Is.EqualTo(1));
        Map(Guess(sent.Draft));
        Assert.That(Check(sent.Draft).Value.AlreadyImported, Is.True);
        var report = Commit(sent.Draft).Value;
        Assert.That((report.AlreadyImported, report.Committed, database.Books.Read(db => db.Imports.Count())), Is.EqualTo((true, false, 1)));
        Assert.That(Preview(sent.Draft).State, Is.EqualTo(DraftState.Committed));
    }

    [Test]
    public void ACheckOrCommitThatIsStoppedChangesNothing()
    {
        shop.Enrol("1");
        var draft = Checked([.. Enumerable.Range(1, 3000).Select(i => $"R{i},1,2025-01-02,1.00,,,,")]);
        using var stop = new CancellationTokenSource();
        Assert.That(() => new CommitDraft(database.Books, uploads).Run(new("shop", draft, "bea"), step => { if (step.Stage == "read") stop.Cancel(); }, stop.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(database.Books.Read(db => (db.Purchases.Count(), db.Imports.Count(), db.ImportDrafts.Single().State)), Is.EqualTo((0, 0, DraftState.Checked)));
        Assert.That(Commit(draft).Value.Totals.Accepted, Is.EqualTo(3000));
    }

    [Test]
    public void ADroppedDraftLeavesNothingOnDisk()
    {
        var draft = Checked("R1,1,2025-13-02,12.00,,,,");
        Assert.That(new DropDraft(database.Books, uploads).Run(new("shop", draft, "bea")).IsRefused, Is.False);
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(folder, "uploads")), Is.Empty);
        Assert.That(Preview(draft).FileGone, Is.True);
        Assert.That(new DropDraft(database.Books, uploads).Run(new("shop", draft, "bea")).Refusal!.Code, Is.EqualTo("draft-ended"));
        Assert.That(new DraftProblems(database.Books, uploads).Run(new("shop", draft)).Refusal!.Code, Is.EqualTo("draft-file-gone"));
        Assert.That(new PreviewDraft(database.Books, uploads).Run("shop", 999).Refusal!.Code, Is.EqualTo("draft-unknown"));
    }

    [Test]
    public void FilesThatWaitedThirtyDaysAreThrownAwayAndSaySo()
    {
        var draft = Sent("R1,1,2025-01-02,12.00,,,,");
        database.Clock.Advance(TimeSpan.FromDays(31));
        var other = Sent("R2,1,2025-01-02,12.00,,,,");
        Assert.That(Directory.GetDirectories(Path.Combine(folder, "uploads")), Has.Length.EqualTo(1));
        Assert.That(new GuessMapping(database.Books, uploads).Run(new("shop", draft)).Refusal!.Code, Is.EqualTo("draft-file-gone"));
        var page = new ImportsPage(database.Books).Run(new("shop")).Value;
        Assert.That(page.Drafts.Select(open => open.Id), Is.EqualTo(new[] { other }));
        Assert.That(page.Drafts[0].LeftUntil, Is.EqualTo(new DateOnly(2026, 3, 17)));
    }

    [Test]
    public void TwoPeopleAtOneDraftDoNotUndoEachOther()
    {
        var draft = Sent("R1,1,2025-01-02,12.00,,,,");
        var (mine, theirs) = (Guess(draft), Guess(draft));
        Assert.That(Map(mine).Value, Is.EqualTo(1));
        Assert.That(Map(theirs).Refusal!.Code, Is.EqualTo("draft-changed"));
    }

    [Test]
    public void WhatIsNoTableIsRefusedAndNotKept()
    {
        Assert.That(Send("a.csv", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]).Refusal!.Code, Is.EqualTo("file-kind"));
        Assert.That(Send("a.csv", "%PDF-1.7").Refusal!.Code, Is.EqualTo("file-kind"));
        Assert.That(Send("a.xlsx", "a,b\r\n").Refusal!.Code, Is.EqualTo("file-name-differs"));
        Assert.That(Send("a.csv", "").Refusal!.Code, Is.EqualTo("file-empty"));
        Assert.That(Send("a.csv", "a,b\r\n", source: new string('s', 101)).Refusal!.Code, Is.EqualTo("source-too-long"));
        Assert.That(Directory.Exists(Path.Combine(folder, "uploads")) ? Directory.GetFileSystemEntries(Path.Combine(folder, "uploads")) : [], Is.Empty);
        Assert.That(database.Books.Read(db => db.UploadedFiles.Count()), Is.Zero);
    }

    [Test]
    public void TooMuchIsRefusedWhileItArrives()
    {
        var small = new ReceiveUpload(database.Books, uploads, most: 1000, mostWaiting: 1500);
        Outcome<ReceiveUpload.Result> Give(int bytes) => small.Run(new("shop", "a.csv", new MemoryStream(Encoding.ASCII.GetBytes("a,b\r\n" + new string('x', bytes - 5))), ImportKind.Purchases, null, "bea"));
        Assert.That(Give(1001).Refusal!.Code, Is.EqualTo("upload-too-large"));
        Assert.That(Give(900).IsRefused, Is.False);
        Assert.That(Give(901).Refusal!.Code, Is.EqualTo("upload-quota"));
        Assert.That(small.Run(new("shop", "a.csv", new BrokenStream(), ImportKind.Purchases, null, "bea")).Refusal!.Code, Is.EqualTo("upload-incomplete"));
        Assert.That(Directory.GetDirectories(Path.Combine(folder, "uploads")), Has.Length.EqualTo(1));
    }

    [Test]
    public void ASendersNameIsNeverAPath()
    {
        var sent = Send("../../etc/\u202Epasswd\r\n.csv", $"{Header}\r\n").Value;
        Assert.That(sent.FileName, Is.EqualTo("passwd.csv"));
        Assert.That(Send("C:\\books\\" + new string('n', 300) + ".csv", $"{Header}\r\nR1,,2025-01-02,1.00,,,,\r\n").Value.FileName, Has.Length.EqualTo(200).And.EndWith(".csv"));
    }

    [Test]
    public void AServersDatabaseMustNameTheFolder()
    {
        if (database.Address.Path is null) Assert.That(UploadFolder.Of(database.Books, keys).Refusal!.Code, Is.EqualTo("uploads-nowhere"));
        else Assert.That(UploadFolder.Of(database.Books, keys).Value.Path, Is.EqualTo(database.Address.Path + ".uploads"));
    }

    [Test]
    public void AWorkbooksSheetsAreToChoose()
    {
        shop.Enrol("1");
        var book = new WorkbookBuilder(WorkbookBuilder.TextRows(["note"], ["hello"]), sheets: "<sheet name=\"About\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"Sales\" sheetId=\"2\" r:id=\"r2\"/>")
            .With("xl/worksheets/sheet2.xml", WorkbookBuilder.Sheet(WorkbookBuilder.TextRows(["source_id", "member_number", "purchased_on", "amount"], ["R1", "1", "2025-01-02", "5.00"])));
        var draft = Send("book.xlsx", book.Bytes()).Value.Draft;
        Assert.That(Guess(draft).Sheets, Is.EqualTo(new[] { "About", "Sales" }));
        var page = new GuessMapping(database.Books, uploads).Run(new("shop", draft) { Sheet = "Sales" }).Value;
        Assert.That((page.Sheet, page.Profile), Is.EqualTo(("Sales", "canonical")));
        Map(page);
        Check(draft);
        Assert.That(Commit(draft).Value.Totals.Accepted, Is.EqualTo(1));
    }

    [TestCase(ImportKind.Members)]
    [TestCase(ImportKind.Hours)]
    [TestCase(ImportKind.Purchases)]
    [TestCase(ImportKind.Equity)]
    public void TheFilledExampleGoesInWithoutAProblem(ImportKind kind)
    {
        if (kind != ImportKind.Members) shop.Enrol("0042", "0043");
        using var example = new MemoryStream();
        ImportTemplate.Write(kind, filled: true, example);
        var draft = Send(ImportTemplate.NameOf(kind, filled: true), example.ToArray(), kind).Value.Draft;
        var page = Guess(draft);
        Assert.That(Map(page, request => request with { CreateClasses = true }).Refusal?.Sentence, Is.Null);
        var report = Check(draft).Value;
        Assert.That((page.Profile, report.Errors, report.NotTaken?.Sentence), Is.EqualTo(("canonical", 0L, (string?)null)), string.Join('\n', report.Problems));
        Assert.That(Commit(draft).Value.Committed, Is.True);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("cut off");
        public override int Read(Span<byte> buffer) => throw new IOException("cut off");
    }
}

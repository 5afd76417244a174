using System.Text;
using Evergreen.Application.Access;
using Evergreen.Application.Imports;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Imports;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

/// <summary>Rows that were refused are given back in the form of the file they came in: its columns, its separator, a workbook for a workbook.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class DraftProblemsTests(TestDatabase databases)
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

    private int Send(string name, byte[] bytes) => new ReceiveUpload(database.Books, uploads).Run(new("shop", name, new MemoryStream(bytes), ImportKind.Purchases, "till", "bea")).Value.Draft;

    private MappingPage Guess(int draft) => new GuessMapping(database.Books, uploads).Run(new("shop", draft)).Value;

    private void Check(int draft)
    {
        var page = Guess(draft);
        var mapped = new ChooseMapping(database.Books, uploads).Run(new("shop", page.Draft, page.Version, page.Profile, page.Fields.ToDictionary(field => field.Column, field => field.Header ?? ""), "bea")
        {
            Source = page.Source, DateOrder = page.DateOrder, Numbers = page.Numbers, Sheet = page.Sheet,
        });
        Assert.That(mapped.Refusal, Is.Null);
        Assert.That(new CheckDraft(database.Books, uploads, keys).Run(new("shop", draft, "bea")).Value.Totals.Rejected, Is.EqualTo(1));
    }

    [Test]
    public void RejectedRowsComeBackInTheFormOfTheirFile()
    {
        shop.Enrol("1");
        var problems = new DraftProblems(database.Books, uploads);
        var draft = Send("till.csv", Encoding.UTF8.GetBytes((Header + "\r\nR1;1;2025-01-02;12.00;;;;\r\nR2;1;2025-13-02;-9.00;=food, wine;;;\r\n").Replace(",", ";", StringComparison.Ordinal).Replace("=food;", "=food,", StringComparison.Ordinal)));
        Check(draft);
        var all = new List<Problem>();
        Assert.That(problems.Export(new("shop", draft, After: 100), all.Add).Value, Is.EqualTo(all.Count));
        Assert.That(all, Is.Not.Empty.And.EqualTo(problems.Run(new("shop", draft)).Value.Problems), "all of them, wherever the page was");
        using var text = new MemoryStream();
        Assert.That(problems.WriteRejects("shop", draft, text).Value.Name, Is.EqualTo("till-to-correct.csv"));
        var lines = Encoding.UTF8.GetString(text.ToArray()).TrimStart('\uFEFF').Split("\r\n");
        Assert.That((lines[0], lines[1][..43]), Is.EqualTo((Header.Replace(',', ';') + ";Problem;How to fix", "R2;1;2025-13-02;-9.00;\"'=food, wine\";;;;pur")));

        using var workbook = new MemoryStream();
        using (var book = new XlsxWriter(workbook, "Till"))
        {
            book.Header(Header.Split(','));
            foreach (var row in (string[])["B1,1,2025-01-02,12.00,,,,", "B2,1,2025-13-02,-9.00,=wine,,,"])
            {
                foreach (var field in row.Split(',')) book.Text(field);
                book.EndRow();
            }
        }
        draft = Send("till.xlsx", workbook.ToArray());
        Check(draft);
        using var given = new MemoryStream();
        Assert.That(problems.WriteRejects("shop", draft, given).Value.Name, Is.EqualTo("till-to-correct.xlsx"));
        using (var rows = XlsxReader.Open(new MemoryStream(given.ToArray())).Value)
        {
            Assert.That(rows.Header, Is.EqualTo(Header.Split(',').Concat(["Problem", "How to fix"])));
            Assert.That((rows.Read(), rows.Text(0), rows.Text(3), rows.Text(4), rows.Text(8)), Is.EqualTo((true, "B2", "-9.00", "=wine", rows.Text(8))));
            Assert.That(rows.Text(8), Does.StartWith("purchased_on: expected "));
            Assert.That(rows.Read(), Is.False, "the good row is not given back");
        }
        var again = Send("till-to-correct.xlsx", given.ToArray());
        Assert.That(Guess(again).Fields.Single(field => field.Column == "purchased_on").Header, Is.EqualTo("purchased_on"), "it goes in again as it is");
    }

    /// <summary>Whatever letters the file was written in, and though its source says so: what is given back opens in a spreadsheet, and goes in again as it is.</summary>
    [TestCase(FileEncoding.Utf8, ',')]
    [TestCase(FileEncoding.Windows1252, ',')]
    [TestCase(FileEncoding.Windows1252, ';')]
    [TestCase(FileEncoding.Utf16LittleEndian, '\t')]
    [TestCase(FileEncoding.Utf16BigEndian, ';')]
    public void RejectedRowsComeBackInLettersThatSpreadsheetsAndTheImportKnow(FileEncoding letters, char separator)
    {
        shop.Enrol("1");
        var encoding = letters switch
        {
            FileEncoding.Windows1252 => CodePagesEncodingProvider.Instance.GetEncoding(1252)!, FileEncoding.Utf16LittleEndian => Encoding.Unicode, FileEncoding.Utf16BigEndian => Encoding.BigEndianUnicode, _ => new UTF8Encoding(false),
        };
        string Apart(string row) => row.Replace(',', separator);
        var file = $"{Apart(Header)}\r\n{Apart("R1,1,2025-01-02,12.00,Café,,,")}\r\n{Apart("R2,1,2025-13-02,9.00,Küche,,,")}\r\n";
        var draft = Take("till.csv", [.. encoding.Preamble, .. encoding.GetBytes(file)], letters, separator);
        Assert.That(new CommitDraft(database.Books, uploads, keys).Run(new("shop", draft, "bea", TakeGoodRows: true, null)).Value.Totals.Rejected, Is.EqualTo(1));

        using var given = new MemoryStream();
        Assert.That(new DraftProblems(database.Books, uploads).WriteRejects("shop", draft, given).Value, Is.EqualTo(new DraftProblems.GivenBack("till-to-correct.csv", KeepsSeparator: true)));
        Assert.That(given.ToArray().Take(3), Is.EqualTo(Encoding.UTF8.Preamble.ToArray()), "spreadsheets know the letters by it");
        var text = Encoding.UTF8.GetString(given.ToArray());
        Assert.That(text, Does.Contain(Apart("R2,1,2025-13-02,9.00,Küche,,,")).And.Not.Contain("R1"));

        var again = Take("till-to-correct.csv", Encoding.UTF8.GetBytes(text.Replace("2025-13-02", "2025-12-02")), letters, separator);
        Assert.That(new CommitDraft(database.Books, uploads, keys).Run(new("shop", again, "bea", TakeGoodRows: false, "the rest")).Value.Totals.Accepted, Is.EqualTo(1));
        Assert.That(database.Books.Read(db => db.PatronageCategories.Select(category => category.Code).Order().ToList()), Is.EqualTo(new[] { "Café", "Küche" }));
    }

    /// <summary>Uploaded, its letters and separator said, and checked.</summary>
    private int Take(string name, byte[] bytes, FileEncoding letters, char separator)
    {
        var draft = Send(name, bytes);
        var page = new GuessMapping(database.Books, uploads).Run(new("shop", draft) { Encoding = letters, Separator = separator }).Value;
        var mapped = new ChooseMapping(database.Books, uploads).Run(new("shop", page.Draft, page.Version, page.Profile, page.Fields.ToDictionary(field => field.Column, field => field.Header ?? ""), "bea")
        {
            Source = page.Source, DateOrder = page.DateOrder, Numbers = page.Numbers, Encoding = page.Encoding, Separator = page.Separator,
        });
        Assert.That(mapped.Refusal, Is.Null);
        _ = new CheckDraft(database.Books, uploads, keys).Run(new("shop", draft, "bea")).Value;
        return draft;
    }
}

using System.Globalization;
using CsCheck;
using Evergreen.Application.Equity;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Equity;

/// <summary>Whatever the co-op: its journals balance, and what hledger, ledger and beancount read of them is what the ledger holds, to the cent, for each account, member and lot.</summary>
public sealed class JournalRoundTripTests
{
    private const string Seed = "0000Evergreen";
    private OpenTestDatabase database = null!;
    private string folder = null!;
    private int made;

    [SetUp]
    public void Open()
    {
        database = new TestDatabase(DatabaseKind.Sqlite, null).Create();
        folder = Directory.CreateTempSubdirectory("evergreen-").FullName;
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void OfEveryLedger(Action<DrawnLedger, Random> holds, int ledgers) =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[0, int.MaxValue - 1]).Sample((size, seed) => holds(DrawnLedger.In(database.Books, $"shop-{++made}", size, seed), new Random(seed)), seed: Seed, iter: ledgers, threads: 1);

    [Test]
    public void HledgerLedgerAndBeancountReadTheSameBalances()
    {
        var ofBeancount = new List<(string Path, Dictionary<JournalPrograms.Part, long> Balances)>();
        OfEveryLedger((drawn, random) =>
        {
            // Whole, a year of it, and from some day on: balances in front and entries behind come to what stood on the last day.
            var whole = drawn.Balances();
            var since = new DateOnly(2023, 7, 1).AddDays(random.Next(900));
            foreach (var (request, balances) in ((ExportJournal.Request, Dictionary<(string, int?, int?), long>)[])
                [(new(drawn.CoOp.Code, default), whole), (new(drawn.CoOp.Code, default, Year: 2025), drawn.Balances(new DateOnly(2025, 6, 30))), (new(drawn.CoOp.Code, default, From: since), whole)])
            {
                var expected = balances.ToDictionary(part => PartOf(drawn, part.Key), part => part.Value);
                Assert.That(JournalPrograms.ByHledger(Export(request with { Form = ExportJournal.Form.Hledger })), Is.EquivalentTo(expected), "hledger");
                Assert.That(JournalPrograms.ByLedger(Export(request with { Form = ExportJournal.Form.Ledger })), Is.EquivalentTo(expected), "ledger");
                ofBeancount.Add((Export(request with { Form = ExportJournal.Form.Beancount }), expected));
            }
        }, 12);
        foreach (var (found, of) in JournalPrograms.ByBeancount([.. ofBeancount.Select(one => one.Path)]).Zip(ofBeancount)) Assert.That(found, Is.EquivalentTo(of.Balances), of.Path);
    }

    [Test]
    public void QuickBooksRowsBalanceByNumberAndBringTheBalancesBack() => OfEveryLedger((drawn, _) =>
    {
        var rows = Rows(File.ReadAllText(Export(new(drawn.CoOp.Code, ExportJournal.Form.QuickBooks))));
        Assert.That(rows[0], Is.EqualTo(new[] { "Journal No", "Journal Date", "Account Name", "Debits", "Credits", "Description", "Name", "Currency" }));
        Assert.That(rows.Skip(1).Where(row => (row[3].Length == 0) == (row[4].Length == 0) || row.Any(cell => cell.Length > 0 && "=+-@\t\r\n".Contains(cell[0], StringComparison.Ordinal))), Is.Empty, "one side is blank, and no text is a formula");
        var entries = rows.Skip(1).GroupBy(row => row[0]).ToList();
        Assert.That(entries.Select(entry => (entry.Key, Sum: entry.Sum(Cents), Days: entry.Select(row => row[1]).Distinct().Count())), Is.EqualTo(drawn.Entries.Select((_, i) => ((i + 1).ToString(CultureInfo.InvariantCulture), 0L, 1))));
        // Names and accounts are one to one, so the sums by both are those of the parts, whatever they are called.
        var found = rows.Skip(1).GroupBy(row => (row[2], row[6], Blank: row[6].Length == 0)).Select(part => part.Sum(Cents)).Where(cents => cents != 0);
        var numbers = drawn.Members.ToDictionary(member => member.Id, member => member.Number);
        // A member without a number looks like none at all.
        Assert.That(found.Order(), Is.EqualTo(drawn.Balances().GroupBy(part => (part.Key.Code, part.Key.Member is { } id ? numbers[id] : "", part.Key.Lot)).Select(part => part.Sum(one => one.Value)).Where(cents => cents != 0).Order()));
    }, 20);

    [Test]
    public void EveryTextJournalBalancesEntryByEntryAndComesOutTheSameTwice() => OfEveryLedger((drawn, random) =>
    {
        foreach (var form in (ExportJournal.Form[])[ExportJournal.Form.Hledger, ExportJournal.Form.Ledger, ExportJournal.Form.Beancount])
        {
            var request = new ExportJournal.Request(drawn.CoOp.Code, form, From: random.Next(2) == 0 ? null : new DateOnly(2024, 7, 1));
            var text = File.ReadAllText(Export(request));
            Assert.That(File.ReadAllText(Export(request)), Is.EqualTo(text));
            var entries = text.Split("\n\n").Skip(2).ToList();
            Assert.That(entries, Has.Count.EqualTo(drawn.Entries.Count(entry => request.From is null || entry.On >= request.From) + (request.From is not null && drawn.Balances(new DateOnly(2024, 6, 30)).Count > 0 ? 1 : 0)));
            foreach (var entry in entries) Assert.That(entry.TrimEnd().Split('\n').Where(line => line.EndsWith($" {drawn.CoOp.Currency}", StringComparison.Ordinal) && line.StartsWith("    ", StringComparison.Ordinal)).Sum(line => Money.Parse(line[..^4].Split(' ')[^1]).Cents), Is.Zero, entry);
        }
    }, 12);

    private string Export(ExportJournal.Request request)
    {
        var path = Path.Combine(folder, $"{Directory.GetFiles(folder).Length}.{request.Form}");
        using var file = File.Create(path);
        Assert.That(new ExportJournal(database.Books).Run(request, file).Refusal, Is.Null);
        return path;
    }

    private static JournalPrograms.Part PartOf(DrawnLedger drawn, (string Code, int? Member, int? Lot) part)
    {
        var account = drawn.Accounts.Single(one => one.Code == part.Code);
        var kind = account.Kind switch { AccountKind.Asset => "Assets", AccountKind.Liability => "Liabilities", _ => "Equity" };
        return new(kind, account.Code.Contains('-', StringComparison.Ordinal) ? $"{account.Code} {account.Name}" : account.Name, part.Member is { } id ? drawn.Members.Single(one => one.Id == id).Number : null, part.Lot, account.Currency);
    }

    private static long Cents(string[] row) => row[3].Length > 0 ? Money.Parse(row[3]).Cents : -Money.Parse(row[4]).Cents;

    /// <summary>A CSV file as RFC 4180 has it.</summary>
    private static List<string[]> Rows(string text)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        var cell = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (text[i] == '"') quoted = !quoted;
            else if (quoted || text[i] is not (',' or '\r' or '\n')) cell.Append(text[i]);
            else if (text[i] != '\r')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (text[i] == ',') continue;
                rows.Add([.. row]);
                row.Clear();
            }
        }
        return rows;
    }
}

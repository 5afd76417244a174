using System.Text;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Tests.Equity;

/// <summary>Draws a co-op whose ledger has entries of every shape, and whose members' numbers, funds and narrations are the worst that anybody might type. The same seed and size, the same ledger.</summary>
internal sealed class DrawnLedger
{
    /// <summary>Alike in every way but one, so that they meet where a character is dropped or replaced.</summary>
    private static readonly string[] Alike = ["A B", "A  B", "A-B", "A--B", "A:B", "A;B", "a b", "A--20-B", "A_B", " A B", "A B ", "AB", "(A B)", "[A B]", "A\tB", "A\nB", "2024", "", "M", "X---A B", "É1", "E\u03011", "Ж", "ß", "中", "🙂"];

    private static readonly string[] Scraps =
        ["A", "b", "7", "00", " ", "  ", "-", "--", "---", ":", ";", "  ;", "|", "(", ")", "[2020-01-01]", "]", "{", "}", "\"", "\\", "\\n", "\t", "\r\n", "%", "*", "!", "@", "=", "+1", "#", "'", "&", "/", ".", ",", "$", "^", "~", "\u00A0", "\u2028", "é", "\u0301", "ǅ", "Ω", "Ж", "中", "🙂", "key: v", ":tag:", "key:: 1/0"];

    private static readonly string[] Funds = ["Collective reserve", "Bank", "lower (case); fund", "  (3910-a)  ", "fonds d’éducation"];

    private readonly Random random;

    private DrawnLedger(Random random) => this.random = random;

    public required CoOp CoOp { get; init; }
    public List<Account> Accounts { get; private set; } = [];
    public List<Member> Members { get; private set; } = [];
    public List<EntryDraft> Entries { get; } = [];

    public static DrawnLedger In(Books books, string code, int size, int seed)
    {
        var chance = new Random(seed);
        var currency = new[] { "USD", "GBP", "EUR" }[chance.Next(3)];
        var drawn = new DrawnLedger(chance) { CoOp = new CreateCoOp(books).Run(new CreateCoOp.Request(code, "The \"Odd\" \\ Shop; (Ltd)", "US", currency, 6, TaxRegime.SubchapterT, "ann")).Value };
        return books.Write<DrawnLedger>(dryRun: false, db =>
        {
            db.AddRange(Funds.Select((name, i) => new Account { CoOpId = drawn.CoOp.Id, Code = $"{AccountCodes.AllocatedFunds}-{(char)('a' + i)}", Name = name, Kind = AccountKind.Equity, Currency = currency }));
            db.AddRange(drawn.Numbers(size).Select(number => new Member { CoOpId = drawn.CoOp.Id, Number = number, Kind = MemberKind.Person, Name = "Someone" }));
            db.SaveChanges();
            drawn.Accounts = [.. db.Accounts.Where(account => account.CoOpId == drawn.CoOp.Id).OrderBy(account => account.Id)];
            drawn.Members = [.. db.Members.Where(member => member.CoOpId == drawn.CoOp.Id).OrderBy(member => member.Id)];
            drawn.DrawEntries(3 * size);
            LedgerGuard.Append(db, drawn.CoOp, drawn.Entries, books.Now);
            return drawn;
        }).Value;
    }

    /// <summary>What the entries make of each account, member and lot.</summary>
    public Dictionary<(string Code, int? Member, int? Lot), long> Balances(DateOnly? until = null) =>
        Entries.Where(entry => until is null || entry.On <= until).SelectMany(entry => entry.Lines).GroupBy(line => (line.AccountCode, line.MemberId, line.Lot)).Select(part => (part.Key, Cents: part.Sum(line => line.AmountCents))).Where(part => part.Cents != 0).ToDictionary(part => part.Key, part => part.Cents);

    private IEnumerable<string> Numbers(int size) => Alike.OrderBy(_ => random.Next()).Take(size / 2 + 2).Concat(Enumerable.Range(0, size).Select(_ => Text(4))).Distinct(StringComparer.Ordinal);

    private void DrawEntries(int count)
    {
        var reversed = new HashSet<int>();
        for (var i = 1; i <= count; i++)
        {
            var earlier = random.Next(i);
            if (earlier > 0 && random.Next(5) == 0 && reversed.Add(earlier))
            {
                var taken = Entries[earlier - 1];
                Entries.Add(new EntryDraft(EntryKind.Reversal, earlier, 0, Day(), Text(6), earlier, [.. taken.Lines.Select(line => line with { AmountCents = -line.AmountCents })]));
                continue;
            }
            var lines = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Line(Amount())).ToList();
            var rest = lines.Sum(line => line.AmountCents);
            if (rest == 0) lines.Add(Line(rest = 1));
            lines.Add(Line(-rest));
            Entries.Add(new EntryDraft(EntryKind.EquityContribution, 1, i, Day(), Text(6), null, [.. lines]));
        }
    }

    private EntryLine Line(long cents)
    {
        var lot = random.Next(2) == 0 ? (int?)null : random.Next(2021, 2026);
        return new EntryLine(Accounts[random.Next(Accounts.Count)].Code, random.Next(3) == 0 ? null : Members[random.Next(Members.Count)].Id, lot, cents);
    }

    private long Amount()
    {
        var most = new[] { 9L, 100, 100_00, 5_000_000_00, 900_000_000_000_00 }[random.Next(5)];
        return random.NextInt64(1, most + 1) * (random.Next(2) == 0 ? 1 : -1);
    }

    private DateOnly Day() => new DateOnly(2023, 7, 1).AddDays(random.Next(900));

    private string Text(int most)
    {
        var text = new StringBuilder();
        for (var i = random.Next(most + 1); i > 0; i--) text.Append(Scraps[random.Next(Scraps.Length)]);
        return text.ToString();
    }
}

using System.Text;
using Evergreen.Application.CoOps;
using Evergreen.Application.Equity.Journals;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;

namespace Evergreen.Application.Equity;

/// <summary>Writes the ledger, or the days of it that are asked for, as a journal that another program reads: in the order of the ledger, and behind one entry with the balances from before the first day. The same books give the same bytes.</summary>
public sealed class ExportJournal(Books books)
{
    private const int HashBytes = 6;

    public enum Form
    {
        Hledger = 1,
        Ledger = 2,
        Beancount = 3,
        QuickBooks = 4,
    }

    /// <param name="Year">A fiscal year, in place of days.</param>
    /// <param name="From">The first accounting date; null for the ledger's first.</param>
    /// <param name="To">The last accounting date; null for the ledger's last.</param>
    public sealed record Request(string? CoOp, Form Form, int? Year = null, DateOnly? From = null, DateOnly? To = null);

    /// <param name="Entries">Entries of the ledger; the balances in front are none of them.</param>
    /// <param name="Opens">Whether balances stand in front.</param>
    /// <param name="From">The first day; null, like <paramref name="To"/>, where the ledger is empty and no day was named.</param>
    public sealed record Result(long Entries, bool Opens, DateOnly? From, DateOnly? To);

    private sealed record Holding(int? MemberId, int? Lot, long Before);

    public Outcome<Result> Run(Request request, Stream to) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        if (request.Year is not null && (request.From is not null || request.To is not null)) return Refusals.JournalYearAndDays();
        var (first, last) = request.Year is { } year ? (coOp.Year(year).StartsOn, coOp.Year(year).EndsOn) : (request.From, request.To);
        if (first > last) return Refusals.JournalDays(first.Value, last.Value);
        var entries = db.LedgerEntries.Where(entry => entry.CoOpId == coOp.Id);
        first ??= Earlier(entries.Min(entry => (DateOnly?)entry.On), last);
        last ??= Later(entries.Max(entry => (DateOnly?)entry.On), first);

        using var output = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 14, leaveOpen: true);
        var journal = Writer(request.Form, output);
        journal.Begin(new JournalHead($"{coOp.Name} ({coOp.Code})", coOp.Currency, first, last));
        return first is { } from && last is { } until ? Write(db, coOp, journal, from, until) : new Result(0, Opens: false, first, last);
    });

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one > other ? other : one;
    private static DateOnly? Later(DateOnly? one, DateOnly? other) => one < other ? other : one;

    private static JournalWriter Writer(Form form, TextWriter output) => form switch
    {
        Form.Hledger => new HledgerJournal(output),
        Form.Ledger => new LedgerJournal(output),
        Form.Beancount => new BeancountJournal(output),
        Form.QuickBooks => new QuickBooksJournal(output),
        _ => throw new ArgumentOutOfRangeException(nameof(form), form, "There is no such form of a journal."),
    };

    private static Result Write(EvergreenDb db, CoOp coOp, JournalWriter journal, DateOnly first, DateOnly last)
    {
        var numbers = db.Members.Where(member => member.CoOpId == coOp.Id).Select(member => new { member.Id, member.Number }).ToDictionary(member => member.Id, member => member.Number);
        var accounts = db.Accounts.Where(account => account.CoOpId == coOp.Id).ToDictionary(account => account.Id);
        var chart = accounts.Values.OrderBy(account => account.Code, StringComparer.Ordinal).ToList();
        foreach (var account in chart)
            foreach (var part in Holdings(db, account, first, last)) journal.Open(Of(account, part.MemberId, part.Lot), first);

        var opens = false;
        foreach (var account in chart)
        {
            foreach (var part in Holdings(db, account, first, last))
            {
                if (part.Before == 0) continue;
                if (!opens) journal.Entry(new JournalEntry(first, "Opening balances"));
                opens = true;
                journal.Line(Of(account, part.MemberId, part.Lot), new Money(part.Before));
            }
        }

        var lines = from entry in db.LedgerEntries
                    join line in db.LedgerLines on new { entry.CoOpId, entry.Sequence } equals new { line.CoOpId, line.Sequence }
                    where entry.CoOpId == coOp.Id && entry.On >= first && entry.On <= last
                    orderby entry.Sequence, line.LineNo
                    select new { entry.Sequence, entry.On, entry.Narration, entry.Hash, entry.Reverses, line.AccountId, line.MemberId, line.Lot, line.AmountCents };
        long entries = 0, at = 0;
        foreach (var line in lines)
        {
            if (line.Sequence != at)
            {
                journal.Entry(new JournalEntry(line.On, line.Narration, line.Sequence, Convert.ToHexStringLower(line.Hash.AsSpan(0, HashBytes)), line.Reverses));
                entries++;
            }
            at = line.Sequence;
            journal.Line(Of(accounts[line.AccountId], line.MemberId, line.Lot), new Money(line.AmountCents));
        }
        return new Result(entries, opens, first, last);

        JournalAccount Of(Account account, int? member, int? lot) => new(account.Kind, NameOf(account), member is { } id ? numbers[id] : null, lot, account.Currency);
    }

    /// <summary>The parts of an account that have a place in the journal, by what each held before the first day: those that held something, and those that a line touches from then on.</summary>
    private static IQueryable<Holding> Holdings(EvergreenDb db, Account account, DateOnly first, DateOnly last) =>
        (from line in db.LedgerLines
         join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
         where line.AccountId == account.Id && entry.On <= last
         group new { line.AmountCents, entry.On } by new { line.MemberId, line.Lot } into part
         select new { part.Key.MemberId, part.Key.Lot, Before = part.Sum(line => line.On < first ? line.AmountCents : 0L), Since = part.Count(line => line.On >= first) })
        .Where(part => part.Before != 0 || part.Since > 0).OrderBy(part => part.MemberId ?? 0).ThenBy(part => part.Lot ?? 0).Select(part => new Holding(part.MemberId, part.Lot, part.Before));

    /// <summary>The accounts that every co-op has are known by name. Others, such as funds, are named by whoever opens them, so their code goes in front: two may have one name.</summary>
    private static string NameOf(Account account) => AccountCodes.Chart.Any(common => common.Code == account.Code) ? account.Name : $"{account.Code} {account.Name}";
}

using CsCheck;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Payments;
using Evergreen.Domain.Statements;
using Evergreen.Domain.Tax;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Payments;

/// <summary>What holds of every payment, whatever the co-op: a file is the approved payment run, each payment stands in one file, and what came back is owed again until it is paid.</summary>
public sealed class PaymentInvariantsTests
{
    private static readonly string[] Banks = ["231380104", "021000021", "011401533", "091000019"];

    [Test]
    public void FilesAreTheApprovedPaymentsEachStandsInOneAndVoidsReverse() => Gen.Select(Gen.Int[1, 9], Gen.Int[0, int.MaxValue - 1]).Sample((size, seed) =>
    {
        var random = new Random(seed);
        using var database = new TestDatabase(DatabaseKind.Sqlite, null).Create();
        using var paying = new PayingBakery(database, [.. Enumerable.Range(0, size).Select(_ => (long)random.Next(1, 200_000))]);
        for (var member = 1; member <= size; member++) if (random.Next(4) > 0) paying.Bank(member, Banks[random.Next(Banks.Length)], type: random.Next(2) == 0 ? "checking" : "savings");
        if (random.Next(3) == 0) paying.AskForAnotherBank(random.Next(1, size + 1));
        var owed = paying.Owed;
        var paid = new Dictionary<string, Money>(StringComparer.Ordinal);
        var (places, left) = (new HashSet<(int Run, string Account)>(), Money.Zero);

        for (var round = 1; paying.Owed.IsPositive; round++)
        {
            database.Clock.Advance(TimeSpan.FromDays(random.Next(0, 250)));
            // In the end by hand: whoever has no account, and an end to what is sent back.
            var form = round < 4 && !paying.Prepare(dryRun: true).IsRefused ? PaymentForm.Nacha : PaymentForm.ByHand;
            var sheet = paying.Prepare(form).Value;
            var run = sheet.Standing.Run;
            Assert.That((run.TotalCents, run.Members), Is.EqualTo((sheet.Payments.Sum(payment => payment.Amount).Cents, sheet.Payments.Count)));
            Assert.That(sheet.Payments.Sum(payment => payment.Amount) + sheet.LeftOut.Sum(one => one.Amount), Is.EqualTo(paying.Owed), "who is owed is paid or named");
            _ = paying.Approve(run.Number).Value;
            if (form == PaymentForm.Nacha)
            {
                var file = paying.Write(run.Number).Value;
                var lines = PayingBakery.Lines(file.Content);
                var totals = NachaTotals.Verify(lines).Value;
                Assert.That((totals.Entries, totals.Credits.Cents, totals.Debits, totals.EntryHash), Is.EqualTo(((long)run.Members, run.TotalCents, Money.Zero, run.EntryHash)));
                var entries = lines.Where(line => line[0] == '6').Select(line => (Account: line[12..29].TrimEnd(), Cents: long.Parse(line[29..39]), Member: line[39..54].TrimEnd())).ToList();
                Assert.That(entries.Select(entry => (entry.Member, new Money(entry.Cents), entry.Account)), Is.EqualTo(sheet.Payments.Select(payment => (payment.Member, payment.Amount, PayingBakery.AccountOf(int.Parse(payment.Member))))));
                foreach (var entry in entries) Assert.That(places.Add((run.Number, entry.Account)), Is.True, "a payment stands in its file once");
                Assert.That(paying.Write(run.Number, null, null, null).Value.Content, Is.EqualTo(file.Content));
            }
            _ = paying.Settle(run.Number).Value;
            foreach (var payment in sheet.Payments) paid[payment.Member] = paid.GetValueOrDefault(payment.Member) + payment.Amount;
            left += new Money(run.TotalCents);
            foreach (var payment in sheet.Payments.Where(_ => round < 4 && random.Next(3) == 0).ToList())
            {
                var before = paying.Owed;
                Assert.That(paying.Void(run.Number, payment.Member).Value.Amount, Is.EqualTo(payment.Amount));
                Assert.That(paying.Void(run.Number, payment.Member).Value.AlreadyThere, Is.True);
                Assert.That(paying.Owed - before, Is.EqualTo(payment.Amount), "to the cent");
                paid[payment.Member] -= payment.Amount;
                left -= payment.Amount;
            }
            Assert.That((paying.Owed, -paying.Balance(AccountCodes.Bank)), Is.EqualTo((owed - left, left)));
        }
        Assert.That(paid.Values.Sum(amount => amount), Is.EqualTo(owed));
        Assert.That(paying.Prepare(PaymentForm.ByHand).Refusal!.Code, Is.EqualTo("nobody-owed"));
        Assert.That(database.Books.Read(db => db.Allocations.Select(row => new { row.MemberId, row.CashCents }).ToList()).Select(row => new Money(row.CashCents)).Where(cash => !cash.IsZero), Is.EquivalentTo(paid.Values.Where(amount => !amount.IsZero)));
        Assert.That(paying.Findings, Is.Empty);
        TaxFormsSayWhatTheLedgerHolds(paying, issuedOn: new DateOnly(2026, 1, 20).AddDays(random.Next(0, 500)));
    }, seed: "0000Evergreen", iter: 7, threads: 1);

    /// <summary>Law J5, from the lines of the ledger: box 1 is what left the bank for a member in the calendar year and did not come back, what was withheld, and the qualified notices that were issued in it; box 4 is what was withheld.</summary>
    private static void TaxFormsSayWhatTheLedgerHolds(PayingBakery paying, DateOnly issuedOn)
    {
        var (books, coOpId) = (paying.Books, paying.Bakery.CoOp.Id);
        books.Write<int>(false, db =>
        {
            var run = db.DividendRuns.Single(run => run.CoOpId == coOpId);
            db.StatementIssues.Add(new StatementIssue { RunId = run.Id, On = issuedOn, By = "ann", At = books.Now });
            return run.Id;
        });
        var expected = books.Read(db =>
        {
            var lines = (from line in db.LedgerLines
                         join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                         join account in db.Accounts on line.AccountId equals account.Id
                         join member in db.Members on line.MemberId equals member.Id
                         where line.CoOpId == coOpId && !db.LedgerEntries.Any(back => back.CoOpId == coOpId && back.Reverses == entry.Sequence)
                         select new { member.Number, entry.On, entry.Kind, account.Code, line.AmountCents }).ToList();
            var paidOn = db.DividendPayments.Single().On;
            var parts = new List<(string Number, int Year, PatronageBoxes Boxes)>();
            foreach (var line in lines)
                switch (line.Kind, line.Code)
                {
                    case (EntryKind.DividendPayment or EntryKind.LaterPayment, AccountCodes.PatronagePayable): parts.Add((line.Number, line.On.Year, new(new Money(line.AmountCents), Money.Zero, Money.Zero))); break;
                    case (EntryKind.DividendAllocation, AccountCodes.BackupWithholdingPayable): parts.Add((line.Number, paidOn.Year, new(new Money(-line.AmountCents), new Money(-line.AmountCents), Money.Zero))); break;
                    case (EntryKind.DividendAllocation, AccountCodes.QualifiedNotices): parts.Add((line.Number, issuedOn.Year, new(new Money(-line.AmountCents), Money.Zero, Money.Zero))); break;
                }
            return parts.GroupBy(part => (part.Number, part.Year)).ToDictionary(part => part.Key, part => part.Select(one => one.Boxes).Aggregate((a, b) => a + b));
        });
        Assert.That(expected, Is.Not.Empty);
        foreach (var year in Enumerable.Range(2026, 6))
        {
            var forms = new WorkOutTaxForms(books).Run(new(null, year)).Value;
            Assert.That(forms.Forms.Where(form => form.Boxes != default).Select(form => KeyValuePair.Create((form.Number, year), form.Boxes)), Is.EquivalentTo(expected.Where(part => part.Key.Year == year)));
            Assert.That(forms.Agrees, Is.True, $"the forms of {year} sum to the ledger");
            Assert.That(forms.Forms.Select(form => form.Boxes.Withheld <= new Money(form.Boxes.Dividends.Cents * 24 / 100 + 1)), Is.All.True, "law J6");
        }
    }
}

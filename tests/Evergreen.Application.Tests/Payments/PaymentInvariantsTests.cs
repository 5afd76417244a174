using CsCheck;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Payments;
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
    }, seed: "0000Evergreen", iter: 7, threads: 1);
}

using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>The answer to COMMIT is lost one time in ten: each posting and reversal is there exactly once all the same, and what is reported is what the database holds.</summary>
[TestFixtureSource(typeof(CopyableDatabases))]
public sealed class UnknownCommitTests(TestDatabase databases)
{
    [Test]
    public void PostingsAndReversalsAreDoneOnceAndReportedAsTheyAre()
    {
        using var database = databases.Create();
        var bakery = Bakery.In(database, [100_00, 50_00, 25_00]);
        bakery.Adopt();
        var broken = new BrokenCommit(new Random(20260205));
        var books = new Books(database.Address, database.Clock, null, broken);
        var rounds = Effort.Of(250, 5_000);
        for (var round = 1; round <= rounds; round++)
        {
            var run = bakery.Calculate().Run;
            Assert.That(run.Number, Is.EqualTo(round));
            bakery.Approve(run.Name);
            database.Clock.Advance(TimeSpan.FromSeconds(1));
            var post = new PostDividend.Request(null, run.Name, "bea");
            var posted = new PostDividend(books).Run(post).Value;
            var postedAgain = new PostDividend(books).Run(post).Value;
            database.Clock.Advance(TimeSpan.FromSeconds(1));
            var reverse = new ReverseDividend.Request(null, run.Name, "ann", "again");
            var reversed = new ReverseDividend(books).Run(reverse).Value;
            var reversedAgain = new ReverseDividend(books).Run(reverse).Value;
            Assert.That((posted.AlreadyThere, postedAgain.AlreadyThere, reversed.AlreadyThere, reversedAgain.AlreadyThere), Is.EqualTo((false, true, false, true)), run.Name);
            var (posting, reversal, entries) = database.Books.Read(db => (db.DividendPostings.Single(row => row.RunId == run.Id), db.DividendReversals.Single(row => row.RunId == run.Id), db.LedgerEntries.LongCount()));
            Assert.That((posted.Posting.FirstSequence, posted.Posting.LastSequence, posted.Posting.At), Is.EqualTo((posting.FirstSequence, posting.LastSequence, posting.At)), run.Name);
            Assert.That((reversed.Reversal.FirstSequence, reversed.Reversal.LastSequence, reversed.Reversal.At), Is.EqualTo((reversal.FirstSequence, reversal.LastSequence, reversal.At)), run.Name);
            Assert.That(entries, Is.EqualTo(3 + 1 + round * 2 * 4), "three openings, the closing, and four entries there and back each time");
        }
        Assert.That(new CheckBooks(database.Books).Run(new()).Value.Findings, Is.Empty);
        Assert.That(Math.Min(broken.Before, broken.After), Is.GreaterThan(rounds / 20), "commits broke, on either side");
        TestContext.Out.WriteLine($"{rounds * 2} postings and reversals, each asked for twice; {broken.Before} commits broke before they took effect and {broken.After} after.");
    }

    [Test]
    public void RedemptionsAndWhatTakesThemBackAreDoneOnceAndReportedAsTheyAre()
    {
        using var database = databases.Create();
        Bakery.In(database, [100_00, 50_00, 25_00]);
        var broken = new BrokenCommit(new Random(20260206));
        var books = new Books(database.Address, database.Clock, null, broken);
        for (var round = 1; round <= 40; round++)
        {
            database.Clock.Advance(TimeSpan.FromSeconds(1));
            var redeem = new RedeemEquity.Request(null, "bea", "2026/9") { Through = 2024 };
            var (paid, paidAgain) = (new RedeemEquity(books).Run(redeem).Value, new RedeemEquity(books).Run(redeem).Value);
            database.Clock.Advance(TimeSpan.FromSeconds(1));
            var reverse = new ReverseRedemption.Request(null, round, "ann", "again");
            var (back, backAgain) = (new ReverseRedemption(books).Run(reverse).Value, new ReverseRedemption(books).Run(reverse).Value);
            Assert.That((paid.Redemption.Number, paid.AlreadyThere, paidAgain.AlreadyThere, back.AlreadyThere, backAgain.AlreadyThere), Is.EqualTo((round, false, true, false, true)));
            Assert.That(back.Reversal.LastSequence, Is.EqualTo(database.Books.Read(db => db.LedgerEntries.LongCount())));
        }
        Assert.That(new CheckBooks(database.Books).Run(new()).Value.Findings, Is.Empty);
        Assert.That(Math.Min(broken.Before, broken.After), Is.Positive, "commits broke, on either side");
    }
}

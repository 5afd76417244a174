using Evergreen.Application.Reconciliation;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>Whatever the office does in whatever order, each answer and every balance is what a model on paper says.</summary>
/// <remarks>
/// The row's operations and what stands for them: import is <c>ImportHours</c>; run is <c>AdoptPolicy</c> and <c>CalculateDividend</c>; approve, post and reverse are <c>ApproveDividend</c>,
/// <c>PostDividend</c> and <c>ReverseDividend</c>; redeem is <c>RedeemEquity</c> and <c>ReverseRedemption</c>, and a row below zero through <c>ImportEquity</c>; transfer is <c>MergeMembers</c>, the only verb by which
/// equity goes from one member to another; close is <c>CloseFiscalYear</c>. Members pay in besides, straight through the guard of the ledger, which a closed year stops.
/// The books are checked as a whole when all co-ops of a database have come to their end.
/// </remarks>
[TestFixtureSource(typeof(CopyableDatabases))]
public sealed class LedgerSequencesTests(TestDatabase databases)
{
    private const int Seed = 20260112;
    private const int CoOpsOfADatabase = 100;

    [Test]
    public void EverySequenceEndsWhereTheModelDoes()
    {
        var sequences = Effort.Of(2_000, databases.Kind == DatabaseKind.Sqlite ? 200_000 : 20_000);
        // With a server of their own, two processors wait for answers half of the time.
        var atOnce = databases.Kind == DatabaseKind.Sqlite ? 2 : 4;
        int operations = 0, postings = 0, losses = 0, reversals = 0, redemptions = 0, transfers = 0;
        Parallel.For(0, (sequences + CoOpsOfADatabase - 1) / CoOpsOfADatabase, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, part =>
        {
            using var database = databases.Create();
            var address = WithoutFlushing.Address(database.Address);
            var books = new Books(address, database.Clock, null, WithoutFlushing.OnOpen);
            var coOps = new List<ModelledCoOp>();
            for (var i = part * CoOpsOfADatabase; i < Math.Min(sequences, (part + 1) * CoOpsOfADatabase); i++)
            {
                var (coOp, done) = Live(books, i);
                coOps.Add(coOp);
                Interlocked.Add(ref operations, done);
                Interlocked.Add(ref postings, coOp.Postings);
                Interlocked.Add(ref losses, coOp.Losses);
                Interlocked.Add(ref reversals, coOp.Reversals);
                Interlocked.Add(ref redemptions, coOp.Redemptions);
                Interlocked.Add(ref transfers, coOp.Transfers);
            }
            var findings = new CheckBooks(books).Run(new()).Value.Findings;
            var concerned = coOps.FirstOrDefault(coOp => findings.Any(finding => finding.StartsWith(coOp.Code + ":", StringComparison.Ordinal)));
            Assert.That(findings, Is.Empty, $"seed {Seed}, {concerned?.Script}");
            if (address.Kind == DatabaseKind.PostgreSql) Npgsql.NpgsqlConnection.ClearPool(new Npgsql.NpgsqlConnection(address.ConnectionString));
        });
        TestContext.Out.WriteLine($"Seed {Seed}: {sequences} sequences of {operations} operations, {operations / sequences} on average; {postings} postings, {losses} of them losses that members bear, {reversals} reversals, {redemptions} redemptions, {transfers} transfers.");
        Assert.That((postings > sequences / 8, losses > 0, reversals > 0, redemptions > sequences / 40, transfers > sequences / 40), Is.EqualTo((true, true, true, true, true)), "the sequences get somewhere");
    }

    /// <returns>How many things were done: five to sixteen, and once in a hundred times two hundred.</returns>
    private static (ModelledCoOp CoOp, int Done) Live(Books books, int sequence)
    {
        var random = new Random(Seed + sequence);
        var operations = random.Next(100) == 0 ? 200 : random.Next(5, 17);
        var coOp = new ModelledCoOp(books, random, $"coop-{sequence}");
        try
        {
            coOp.Live(operations);
        }
        catch (Exception fault) when (fault is not SuccessException)
        {
            throw new AssertionException($"Seed {Seed}, sequence {sequence}: {fault.Message}\n{coOp.Script}", fault);
        }
        return (coOp, operations);
    }
}

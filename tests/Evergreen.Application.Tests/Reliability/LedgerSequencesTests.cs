using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>Whatever the office does in whatever order (pay in, import, close, adopt, calculate, approve, post, reverse), each answer and every balance is what a model on paper says.</summary>
[TestFixtureSource(typeof(CopyableDatabases))]
public sealed class LedgerSequencesTests(TestDatabase databases)
{
    private const int Seed = 20260112;
    private const int CoOpsOfADatabase = 50;

    [Test]
    public void EverySequenceEndsWhereTheModelDoes()
    {
        var sequences = databases.Kind == DatabaseKind.Sqlite ? Effort.Of(2_000, 200_000) : Effort.Of(200, 10_000);
        int operations = 0, postings = 0, losses = 0, reversals = 0;
        Parallel.For(0, (sequences + CoOpsOfADatabase - 1) / CoOpsOfADatabase, new ParallelOptions { MaxDegreeOfParallelism = 2 }, part =>
        {
            using var database = databases.Create();
            var books = new Books(database.Address, database.Clock, null, new WithoutFlushing());
            for (var i = part * CoOpsOfADatabase; i < Math.Min(sequences, (part + 1) * CoOpsOfADatabase); i++)
            {
                var (coOp, done) = Live(books, i);
                Interlocked.Add(ref operations, done);
                Interlocked.Add(ref postings, coOp.Postings);
                Interlocked.Add(ref losses, coOp.Losses);
                Interlocked.Add(ref reversals, coOp.Reversals);
            }
        });
        TestContext.Out.WriteLine($"Seed {Seed}: {sequences} sequences of {operations} operations, {operations / sequences} on average; {postings} postings, {losses} of them losses that members bear, {reversals} reversals.");
        Assert.That((postings > sequences / 4, losses > 0, reversals > 0), Is.EqualTo((true, true, true)), "the sequences get somewhere");
    }

    /// <returns>How many things were done: five to forty, and once in a hundred times two hundred.</returns>
    private static (ModelledCoOp CoOp, int Done) Live(Books books, int sequence)
    {
        var random = new Random(Seed + sequence);
        var operations = random.Next(100) == 0 ? 200 : random.Next(5, 41);
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

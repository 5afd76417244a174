using Evergreen.Application.Reconciliation;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Worker;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>A piece of work that a worker is killed in: the books before it, how it is asked for, and what must be there when it is whole.</summary>
internal abstract class Workload : IDisposable
{
    private readonly TestDatabase databases;
    private readonly OpenTestDatabase origin;

    /// <param name="empty">Where the books are made; null for a database like any other test's.</param>
    protected Workload(TestDatabase databases, int members, OpenTestDatabase? empty = null)
    {
        this.databases = databases;
        Members = members;
        origin = empty ?? databases.Create();
        Bakery = Bakery.In(origin, [.. Enumerable.Range(0, members).Select(i => 1000_00L + i * 37)]).UpToApproval();
    }

    protected int Members { get; }
    protected Bakery Bakery { get; }

    /// <summary>What the worker is told.</summary>
    public abstract IReadOnlyList<string> Order(DatabaseAddress address);

    /// <summary>What is wrong with the books as the program left them.</summary>
    protected virtual IReadOnlyList<string> Faults(Books books) => new CheckBooks(books).Run(new()).Value.Findings;

    /// <summary>0: nothing of it is there. 1: all of it, once. Anything else is wrong.</summary>
    protected abstract int Standing(Books books);

    /// <summary>The same work once more, in this process.</summary>
    protected abstract void Repeat(Books books);

    protected OpenTestDatabase Origin => origin;

    public OpenTestDatabase Copy() => databases.Copy(origin);

    /// <summary>After a kill: the books are sound, the work is whole or absent; asked for again it is done, and once.</summary>
    /// <returns>Whether the work was there when the worker died.</returns>
    public bool Examine(OpenTestDatabase database, string when)
    {
        var before = Look(database, when);
        var books = new Books(database.Address, StoppedClock.February2026);
        Repeat(books);
        Repeat(books);
        Assert.That(Standing(books), Is.EqualTo(1), $"{when}: repeated, and yet not there exactly once");
        Assert.That(new CheckBooks(books).Run(new()).Value.Findings, Is.Empty, $"{when}, after it was repeated");
        return before;
    }

    /// <summary>The same without asking for it again.</summary>
    public bool Look(OpenTestDatabase database, string when)
    {
        var books = new Books(database.Address, StoppedClock.February2026);
        Assert.That(Faults(books), Is.Empty, $"{when}, before it was repeated");
        var standing = Standing(books);
        Assert.That(standing, Is.Zero.Or.EqualTo(1), $"{when}: only a part is there");
        return standing == 1;
    }

    public virtual void Dispose() => origin.Dispose();

    /// <summary>Zero for none, one for all, minus one for anything else.</summary>
    protected static int Whole(long count, long all) => count == 0 ? 0 : count == all ? 1 : -1;
}

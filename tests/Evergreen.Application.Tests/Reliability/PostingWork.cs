using Evergreen.Application.Dividends;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>Posting a run: one appropriation and an entry for each member.</summary>
internal sealed class PostingWork(TestDatabase databases, int members, OpenTestDatabase? empty = null) : Workload(databases, members, empty)
{
    public override IReadOnlyList<string> Order(DatabaseAddress address) => ["post", Bakery.Run];

    protected override int Standing(Books books) => books.Read(db =>
    {
        var openingAndClosing = Members + 1;
        var entries = Whole(db.LedgerEntries.LongCount() - openingAndClosing, Members + 1);
        return entries == db.DividendPostings.Count() && entries == db.AuditRecords.Count(record => record.Verb == "dividends.post") ? entries : -1;
    });

    protected override void Repeat(Books books) => Assert.That(new PostDividend(books).Run(new(null, Bakery.Run, "bea")).Refusal, Is.Null);
}

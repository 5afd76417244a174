using Evergreen.Application.Storage;
using Evergreen.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Storage;

public sealed class SqlServerTranslationTests
{
    [Test]
    public void QueriesUpdatesAndInsertsAreTranslated()
    {
        var asked = SqlServerTranslation.Of(db =>
        {
            using var transaction = db.Database.BeginTransaction(System.Data.IsolationLevel.Serializable);
            _ = db.LedgerLines.Where(l => l.MemberId == 7).GroupBy(l => l.AccountId).Select(g => new { g.Key, Cents = g.Sum(l => l.AmountCents) }).OrderBy(g => g.Key).ToList();
            db.LedgerHeads.Where(h => h.CoOpId == 1).ExecuteUpdate(s => s.SetProperty(h => h.Sequence, h => h.Sequence));
            db.Add(new AuditRecord { At = DateTime.UnixEpoch, By = "ann", Verb = "test", Subject = "nothing" });
            db.SaveChanges();
        });
        Assert.That(asked, Has.Count.EqualTo(3));
        Assert.That(asked[0], Does.Contain("GROUP BY [l].[AccountId]"));
        Assert.That(asked[2], Does.Not.Contain("OUTPUT INSERTED"), "a table with triggers gives no OUTPUT");
    }

    [Test]
    public void QueryWithoutTranslationIsReported() =>
        Assert.That(() => SqlServerTranslation.Of(db => _ = db.Members.Where(m => char.IsDigit(m.Number[0])).ToList()), Throws.InvalidOperationException.With.Message.Contains("could not be translated"));
}

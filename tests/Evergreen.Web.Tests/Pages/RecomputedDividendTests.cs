using System.Text;
using Evergreen.Application.Dividends;
using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Web.Tests.Pages;

/// <summary>The table of a dividend holds everything: whoever works it out again has the same cents, for every member of both sample co-ops and in all their years.</summary>
public sealed class RecomputedDividendTests
{
    [TestCase("laundry")]
    [TestCase("grocery")]
    public void EveryMembersCentsFollowFromTheirOwnTable(string code)
    {
        var path = Path.Combine(Path.GetTempPath(), $"evergreen-recompute-{code}-{Environment.ProcessId}.db");
        File.Copy(DemoBooks.Path, path, overwrite: true);
        try
        {
            var books = new Books(DatabaseAddress.Sqlite(path), TimeProvider.System);
            var coOp = books.Read(db => db.CoOps.AsNoTracking().Single(one => one.Code == code));
            var allocations = books.Read(db => (from row in db.Allocations
                                                join run in db.DividendRuns on row.RunId equals run.Id
                                                join posting in db.DividendPostings on run.Id equals posting.RunId
                                                where run.CoOpId == coOp.Id
                                                select new { row, run.FiscalYear }).AsNoTracking().ToList());
            var cuts = new RemainderCuts();
            var faults = new List<string>();
            foreach (var one in allocations.GroupBy(one => (one.FiscalYear, one.row.MemberId)))
            {
                using var file = new MemoryStream();
                DividendChainFile.Write(new MyDividend(books, cuts).Run(new(coOp, one.Key.MemberId, one.Key.FiscalYear)).Value, file);
                var again = new RecomputedDividend(Encoding.UTF8.GetString(file.ToArray()));
                var who = $"{one.Key.FiscalYear}, member id {one.Key.MemberId}";
                faults.AddRange(again.Faults.Select(fault => $"{who}: {fault}"));
                var stored = (one.Sum(x => x.row.DividendCents), one.Sum(x => x.row.CashCents), one.Sum(x => x.row.QualifiedCents), one.Sum(x => x.row.NonqualifiedCents), one.Sum(x => x.row.WithheldCents));
                if (stored != ((long)again.Dividend, (long)again.Cash, (long)again.Qualified, (long)again.Nonqualified, (long)again.Withheld)) faults.Add($"{who}: {stored}");
            }
            Assert.That(faults, Is.Empty);
            Assert.That(allocations, Has.Count.GreaterThan(100));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            foreach (var left in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(path) + "*")) File.Delete(left);
        }
    }

    /// <summary>A table in which a figure was changed does not add up any more: the check checks.</summary>
    [Test]
    public void AChangedFigureIsFound()
    {
        const string table = "part,pool,step,name,amount,numerator,denominator,rule\r\nco-op,,figure,Result,100.00,,,patronage\r\nco-op,,net-income,,100.01,,,sum\r\n";
        Assert.That(new RecomputedDividend(table).Faults, Has.Count.EqualTo(1));
    }
}

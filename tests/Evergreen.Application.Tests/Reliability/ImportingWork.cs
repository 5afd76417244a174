using System.Globalization;
using System.Text;
using Evergreen.Application.Imports;
using Evergreen.Application.Patronage;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>Importing a file of hours.</summary>
internal sealed class ImportingWork : Workload
{
    private readonly int rows;
    private readonly string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");

    public ImportingWork(TestDatabase databases, int members, int rows) : base(databases, members)
    {
        this.rows = rows;
        var text = new StringBuilder("source_id,member_number,work_date,hours\r\n");
        for (var i = 0; i < rows; i++) text.Append(CultureInfo.InvariantCulture, $"2026-{i},{i % members + 1:0000},2026-01-{i % 28 + 1:00},{i % 9 + 1}.25\r\n");
        File.WriteAllText(path, text.ToString());
    }

    public override IReadOnlyList<string> Order(DatabaseAddress address) => ["import", path];

    protected override int Standing(Books books) => books.Read(db =>
    {
        var newYear = new DateOnly(2026, 1, 1);
        var hours = Whole(db.HoursWorked.LongCount(row => row.On >= newYear), rows);
        return hours == db.Imports.Count(import => import.Accepted == rows) && hours == db.AuditRecords.Count(record => record.Verb == "import.hours") ? hours : -1;
    });

    protected override void Repeat(Books books)
    {
        var report = new ImportHours(books).Run(new ImportRequest(null, ImportFile.At(path), "bea") { DespiteTotals = true }).Value;
        Assert.That(report.Committed || report.AlreadyImported, Is.True, $"{report.NotTaken?.Sentence} {report.Problems.FirstOrDefault()}");
    }

    public override void Dispose()
    {
        File.Delete(path);
        base.Dispose();
    }
}

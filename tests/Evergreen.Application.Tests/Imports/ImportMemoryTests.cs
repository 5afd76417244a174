using System.Data.Common;
using System.Globalization;
using System.Text;
using Evergreen.Application.Access;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

/// <summary>What a large file holds in memory at most, beside a small one of the same kind. At full size, and with limits for the whole process, this is measured by the benchmarks.</summary>
public sealed class ImportMemoryTests
{
    private const int Few = 20_000, Many = 50_000, Owners = 100;
    private OpenTestDatabase database = null!;
    private string folder = null!;

    [SetUp]
    public void Open()
    {
        database = new TestDatabase(DatabaseKind.Sqlite, null).Create();
        var shop = SampleCoOp.In(database);
        shop.Enrol([.. Enumerable.Range(1, Owners).Select(i => $"o{i}")]);
        folder = Directory.CreateTempSubdirectory("evergreen-").FullName;
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void EquityHoldsNoRowsWhenItComesInAndWhenItIsTakenBack()
    {
        Assert.That(BytesARow("source_id,member_number,account,fiscal_year,posted_on,amount", row => $"{row},o{1 + row % Owners},qualified_notice,2020,{Day(row)},{(row % 1009 == 1008 ? "-" : "")}{1 + row % 7}.{row % 90 + 10}", new ImportEquity(database.Books).Run), Is.LessThan(40));
        HeldTakingBack(1, 500);
        // The first large one holds a megabyte that is kept once and for all, whichever it is.
        var (few, many) = (HeldTakingBack(2, Few), HeldTakingBack(3, Many));
        TestContext.Out.WriteLine($"Taking back: {few:N0} bytes for {Few:N0} rows, {many:N0} for {Many:N0}.");
        Assert.That((many - few) / (Many - Few), Is.LessThan(40));
    }

    /// <remarks>Of rows that wait for their member, a hash of each id is kept.</remarks>
    [Test]
    public void PurchasesHoldNoRowsThoughNoMemberIsKnown() => Assert.That(
        BytesARow("source_id,member_number,purchased_on,amount", row => $"{row},m{row},{Day(row)},{row % 90 + 10}.00", new ImportPurchases(database.Books).Run), Is.LessThan(60));

    /// <remarks>The register's numbers with what tells a twin of each: some hundred and ninety bytes a member.</remarks>
    [Test]
    public void MembersHoldTheirNumbersAndNotTheirRows() => Assert.That(
        BytesARow("member_number,name,address_line1,postal_code,joined_on", row => $"m{row},Member with the number {row},{row} Hill Road beside the old mill,97200,2024-01-01", new ImportMembers(database.Books, new KeyFile(Path.Combine(folder, "books.keys"))).Run), Is.LessThan(220));

    /// <summary>By how much more the many rows hold than the few, for each row that they are more.</summary>
    private long BytesARow(string header, Func<int, string> row, Func<ImportRequest, Action<ImportProgress>, Outcome<ImportReport>> import)
    {
        Held(header, row, 0, 500, import);
        var few = Held(header, row, 1_000, Few, import);
        var many = Held(header, row, 1_000 + Few, Many, import);
        TestContext.Out.WriteLine($"{few:N0} bytes for {Few:N0} rows, {many:N0} for {Many:N0}.");
        return (many - few) / (Many - Few);
    }

    private long Held(string header, Func<int, string> row, int from, int count, Func<ImportRequest, Action<ImportProgress>, Outcome<ImportReport>> import)
    {
        var path = Path.Combine(folder, "large.csv");
        File.WriteAllLines(path, Enumerable.Range(from, count).Select(row).Prepend(header), new UTF8Encoding(false));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        var reports = 0;
        var report = import(SampleCoOp.Request(ImportFile.At(path)) with { DespiteTotals = true }, step =>
        {
            // Every 10,000 rows, so when batches are full too, and at the end.
            if (step.Stage == "read" && (++reports % 5 == 0 || step.Done == step.Total)) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }).Value;
        Assert.That((report.Committed, report.Totals.Accepted + report.Totals.Held), Is.EqualTo((true, (long)count)), string.Join('\n', report.Problems.Take(3)));
        return most;
    }

    private long HeldTakingBack(int import, int rows)
    {
        var look = new LookAtMemory();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var withdrawn = new WithdrawImport(new Books(database.Address, database.Clock, null, look)).Run(new("shop", import, "bea", "wrong file")).Value;
        Assert.That(withdrawn.EntriesReversed, Is.EqualTo((long)rows));
        return look.Most - before;
    }

    /// <summary>Looks at what is held each time that something is read.</summary>
    private sealed class LookAtMemory : DbCommandInterceptor
    {
        public long Most { get; private set; }

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            Most = Math.Max(Most, GC.GetTotalMemory(forceFullCollection: true));
            return result;
        }
    }

    private static string Day(int row) => new DateOnly(2025, 1, 1).AddDays(row % 365).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

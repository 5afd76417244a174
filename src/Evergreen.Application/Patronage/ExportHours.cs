using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>Writes one source's hours as a canonical file, which imports again without change. Rows still held go out with the number they came with.</summary>
public sealed class ExportHours(Books books)
{
    private const int Page = 20_000;

    /// <param name="source">Null where there is only one.</param>
    public Outcome<ExportedFile> Run(string? coOp, Stream to, string? source = null) => CanonicalExport.Write(books, coOp, to, CanonicalFile.Hours, (db, found, csv) => Write(db, found, csv, source));

    private static Outcome<ExportedFile> Write(EvergreenDb db, CoOp coOp, CsvWriter csv, string? name)
    {
        var found = CanonicalExport.Source(db, coOp, ImportKind.Hours, name);
        if (found.IsRefused) return found.Refusal!;
        var source = found.Value;
        var numbers = db.Members.Where(member => member.CoOpId == coOp.Id).Select(member => new { member.Id, member.Number }).ToDictionary(member => member.Id, member => member.Number);
        var kinds = db.PatronageCategories.Where(category => category.CoOpId == coOp.Id).ToDictionary(category => category.Id, category => category.Code);
        long rows = 0;
        for (var after = ""; ;)
        {
            var page = db.HoursWorked.Where(row => row.SourceId == source.Id && row.SourceRef.CompareTo(after) > 0).OrderBy(row => row.SourceRef).Take(Page).ToList();
            foreach (var row in page) Write(csv, row, row.MemberId is { } id ? numbers[id] : null, kinds);
            rows += page.Count;
            if (page.Count < Page) break;
            after = page[^1].SourceRef;
        }
        foreach (var held in db.HeldRows.Where(row => row.SourceId == source.Id && row.ResolvedAt == null).OrderBy(row => row.SourceRef))
        {
            Write(csv, HeldPatronage.ToHours(held, null), held.MemberNumber, kinds);
            rows++;
        }
        return new ExportedFile(rows, source.Name);
    }

    private static void Write(CsvWriter csv, HoursWorked row, string? number, Dictionary<int, string> kinds) =>
        csv.Text(row.SourceRef).Text(number).Date(row.PeriodStart is null ? row.On : null).Date(row.PeriodStart).Date(row.PeriodEnd).Date(row.PaidOn).Hours(row.Hours)
            .Text(kinds.GetValueOrDefault(row.CategoryId)).Amount(row.WagesCents is { } wages ? new Money(wages) : null).EndRow();
}

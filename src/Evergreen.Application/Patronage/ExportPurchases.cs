using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>Writes one source's purchases as a canonical file, which imports again without change. Rows still held go out with the number they came with.</summary>
public sealed class ExportPurchases(Books books)
{
    private const int Page = 20_000;

    /// <param name="source">Null where there is only one.</param>
    public Outcome<ExportedFile> Run(string? coOp, Stream to, string? source = null) => CanonicalExport.Write(books, coOp, to, CanonicalFile.Purchases, (db, found, csv) => Write(db, found, csv, source));

    private static Outcome<ExportedFile> Write(EvergreenDb db, CoOp coOp, CsvWriter csv, string? name)
    {
        var found = CanonicalExport.Source(db, coOp, ImportKind.Purchases, name);
        if (found.IsRefused) return found.Refusal!;
        var source = found.Value;
        var numbers = db.Members.Where(member => member.CoOpId == coOp.Id).Select(member => new { member.Id, member.Number }).ToDictionary(member => member.Id, member => member.Number);
        var departments = db.PatronageCategories.Where(category => category.CoOpId == coOp.Id).ToDictionary(category => category.Id, category => category.Code);
        long rows = 0;
        for (var after = ""; ;)
        {
            var page = db.Purchases.Where(row => row.SourceId == source.Id && row.SourceRef.CompareTo(after) > 0).OrderBy(row => row.SourceRef).Take(Page).ToList();
            foreach (var row in page) Write(csv, row, row.MemberId is { } id ? numbers[id] : null, departments);
            rows += page.Count;
            if (page.Count < Page) break;
            after = page[^1].SourceRef;
        }
        foreach (var held in db.HeldRows.Where(row => row.SourceId == source.Id && row.ResolvedAt == null).OrderBy(row => row.SourceRef))
        {
            Write(csv, HeldPatronage.ToPurchase(held, null), held.MemberNumber, departments);
            rows++;
        }
        return new ExportedFile(rows, source.Name);
    }

    private static void Write(CsvWriter csv, Purchase row, string? number, Dictionary<int, string> departments) =>
        csv.Text(row.SourceRef).Text(number).Date(row.On).Amount(row.Amount).Text(departments.GetValueOrDefault(row.CategoryId))
            .Flag(row.Eligibility switch { RowEligibility.Eligible => true, RowEligibility.NotEligible => false, _ => null }).Text(row.Store)
            .Hours(row.VolumeHundredths is { } volume ? new Hours(volume) : null).EndRow();
}

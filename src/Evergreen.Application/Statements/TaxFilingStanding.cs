using System.Globalization;
using Evergreen.Application.Storage;
using Evergreen.Domain.Audit;
using Evergreen.Domain.Members;
using Evergreen.Domain.Tax;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Statements;

/// <summary>A filing with its files, and whether it was sent.</summary>
public sealed record TaxFilingStanding(TaxFiling Filing, IReadOnlyList<TaxFilingFile> Files, TaxFilingSent? Sent)
{
    internal static string Subject(int year, int number) => string.Create(CultureInfo.InvariantCulture, $"tax forms {year}, filing {number}");

    /// <summary>Those of a year, the newest first.</summary>
    internal static List<TaxFilingStanding> Of(EvergreenDb db, int coOpId, int year)
    {
        var sent = db.TaxFilingsSent.AsNoTracking().SingleOrDefault(one => one.CoOpId == coOpId && one.CalendarYear == year);
        var files = db.TaxFilingFiles.AsNoTracking().Where(file => file.CoOpId == coOpId && file.CalendarYear == year).OrderBy(file => file.No).ToLookup(file => file.Number);
        return [.. db.TaxFilings.AsNoTracking().Where(filing => filing.CoOpId == coOpId && filing.CalendarYear == year).OrderByDescending(filing => filing.Number).AsEnumerable()
            .Select(filing => new TaxFilingStanding(filing, [.. files[filing.Number]], sent?.Number == filing.Number ? sent : null))];
    }

    /// <summary>What the audit trail says of it, with a digest of its files' hashes.</summary>
    internal static string Say(TaxFiling filing, IEnumerable<TaxFilingFile> files)
    {
        var rows = files.Aggregate(default(RowSum), (sum, file) => sum + RowSum.Of(string.Create(CultureInfo.InvariantCulture, $"{file.No}|{file.Forms}|{file.Sha256}")));
        return string.Create(CultureInfo.InvariantCulture, $"{filing.Forms} forms in {filing.Files} files, box 1 {filing.Boxes.Dividends}, box 4 {filing.Boxes.Withheld}, box 5 {filing.Boxes.Redeemed}, through release {filing.Release}, payer {filing.PayerTaxId}, files {rows}");
    }

    internal static string Say(TaxFilingSent sent) => $"receipts {sent.Receipts}";
}

/// <summary>A form that says something else than the one that was filed.</summary>
/// <param name="Record">Number of the record that it was released for.</param>
public sealed record TaxFormCorrection(string Record, string Name, PatronageBoxes Filed, PatronageBoxes Now)
{
    /// <summary>In the order of member numbers.</summary>
    internal static List<TaxFormCorrection> Of(EvergreenDb db, TaxFiling filed)
    {
        var forms = db.TaxForms.Where(form => form.CoOpId == filed.CoOpId && form.CalendarYear == filed.CalendarYear);
        var changed = forms.AsNoTracking().Where(form => forms.Any(later => later.MemberId == form.MemberId && later.Number > filed.Release)).AsEnumerable().GroupBy(form => form.MemberId)
            .Select(record => (Record: record.Key, Filed: record.Where(form => form.Number <= filed.Release).MaxBy(form => form.Number)?.Boxes ?? default, Now: record.MaxBy(form => form.Number)!.Boxes)).Where(record => record.Filed != record.Now).ToList();
        var names = db.Members.Where(member => forms.Any(form => form.MemberId == member.Id && form.Number > filed.Release)).Select(member => new { member.Id, member.Number, member.Name }).ToDictionary(member => member.Id);
        return [.. changed.Select(record => new TaxFormCorrection(names[record.Record].Number, names[record.Record].Name, record.Filed, record.Now)).OrderBy(correction => correction.Record, MemberNumber.Order)];
    }
}

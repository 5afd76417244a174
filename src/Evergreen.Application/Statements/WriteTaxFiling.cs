using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Domain.Tax;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Statements;

/// <summary>Makes the files of a year's released forms for the IRS Taxpayer Portal, and notes what is in them. Made again they have the same bytes; once they were sent, no others are made.</summary>
/// <remarks>Tax numbers are opened for the files and kept nowhere else; each opening is in the audit. The note is there before a file is: no file is out that the books do not know.</remarks>
/// <param name="keys">Where the keys are; null asks <see cref="KeyFile.Of"/>.</param>
public sealed class WriteTaxFiling(Books books, KeyFile? keys = null)
{
    internal const string Verb = "tax-forms.file";
    private const int MostFormsAFile = 10_000;

    /// <param name="Template">The portal's own template, of which the first row counts; null takes the columns as far as they are known.</param>
    /// <param name="FormsAFile">How many forms the portal takes in one file; null asks <see cref="PatronageReport.FormsAFile"/>.</param>
    /// <param name="WithoutNumbers">Files the forms of recipients of whom no tax number is known, with none in them.</param>
    public sealed record Request(string? CoOp, int Year, string By, byte[]? Template = null, int? FormsAFile = null, bool WithoutNumbers = false, bool DryRun = false);

    public sealed record Content(string Name, int Forms, string Sha256, byte[] Bytes);

    /// <param name="Forms">How many; null where the line is no count of forms.</param>
    public sealed record Total(string What, int? Forms, PatronageBoxes Boxes);

    /// <param name="AlreadyThere">The same files were made before.</param>
    /// <param name="Unmatched">Columns of the template that stay empty because they are not known.</param>
    /// <param name="LeftOut">What has no column in the template, and may do without.</param>
    /// <param name="WithoutNumber">Numbers of the members whose forms bear no tax number.</param>
    public sealed record Result(TaxFilingStanding Standing, IReadOnlyList<Content> Files, IReadOnlyList<Total> Totals, IReadOnlyList<TaxFileChange> Changes, IReadOnlyList<string> Unmatched, IReadOnlyList<string> LeftOut, IReadOnlyList<string> WithoutNumber, bool AlreadyThere);

    public Outcome<Result> Run(Request request)
    {
        if (request.FormsAFile is < 1 or > MostFormsAFile) return Refusals.FormsAFile(MostFormsAFile);
        var columns = Columns(request.Template);
        if (columns.IsRefused) return columns.Refusal!;
        var cipher = SecretKeys.ToOpen(books, keys);
        return cipher.IsRefused ? cipher.Refusal! : books.Write(request.DryRun, db => Write(db, request, columns.Value, cipher.Value));
    }

    private static Outcome<IrisColumns> Columns(byte[]? template)
    {
        if (template is null) return IrisColumns.Known;
        var opened = DelimitedReader.Open(new MemoryStream(template));
        if (opened.IsRefused) return Refusals.TemplateUnreadable(opened.Refusal!.Sentence);
        using var reader = opened.Value;
        // A spreadsheet may have added columns without a name.
        var columns = IrisColumns.Of([.. reader.Header.Reverse().SkipWhile(string.IsNullOrWhiteSpace).Reverse()]);
        return columns.Fields.Any(field => field is not null) ? columns : Refusals.TemplateUnreadable("None of its columns is known.");
    }

    private Outcome<Result> Write(EvergreenDb db, Request request, IrisColumns columns, FieldCipher cipher)
    {
        var found = WorkOutTaxForms.Of(db, request.CoOp, request.Year);
        if (found.IsRefused) return found.Refusal!;
        var (year, coOp) = (found.Value, found.Value.CoOp);
        if (year.LastRelease is not { } release) return Refusals.NothingToFile(request.Year);
        if (!year.Agrees) throw new InvalidOperationException($"The forms of {request.Year} report {year.AllReportable}, the ledger has {year.Ledger.Reportable} and {year.Ledger.Withheld} withheld.");
        if (year.Forms.Count(form => form.Differs) is > 0 and var waiting) return Refusals.FormsWaiting(request.Year, waiting);

        var released = Released(db, coOp, request.Year);
        var before = TaxFilingStanding.Of(db, coOp.Id, request.Year);
        if (released.Count == 0) return before.Find(one => one.Sent is not null) is { Sent: { } sent, Filing: var filed } ? Refusals.FilingSent(sent, TaxFormCorrection.Of(db, filed)) : Refusals.NothingToFile(request.Year);
        List<string> without = [.. released.Where(one => one.Member.TaxIdSealed is null).Select(one => one.Record).Distinct(StringComparer.Ordinal)];
        if (without.Count > 0 && !request.WithoutNumbers) return Refusals.NumbersMissing(without);
        var writing = new TaxFileForms(coOp, request.Year, release.PayerTaxId);
        if (writing.LacksTown) return Refusals.PayerTown(coOp.Name);
        if (writing.LacksPhone) return Refusals.PayerPhone(coOp.Name, coOp.ContactPhone);
        var forms = released.ConvertAll(one => writing.Form(one.Record, one.Boxes, one.Member, one.Member.TaxIdSealed is { } number ? cipher.Open(MemberSecrets.TaxId(coOp.Id, one.Member.Number), number) : null));
        if (writing.Obstacles.Count > 0) return Refusals.FormsUnfit(writing.Obstacles);
        List<IrisField> twice = [.. columns.Twice.Where(field => forms.Exists(form => form.Values.ContainsKey(field)))];
        if (twice.Count > 0) return Refusals.TemplateTwice(twice.Select(IrisColumns.NameOf));
        var lost = Lost(columns, forms, [.. released.GroupBy(one => one.Member.Id).Where(one => one.Count() > 1).SelectMany(one => one).Select(one => one.Record)]);
        if (lost.Needed.Count > 0) return Refusals.TemplateLacks(lost.Needed, columns.Unmatched);

        var (files, counted) = Files(request, columns, forms);
        var totals = Totals(year, files.Count, forms, counted);
        var noted = Note(db, request, release, before, files, counted);
        if (noted.IsRefused) return noted.Refusal!;
        var (standing, alreadyThere) = noted.Value;
        var why = string.Create(CultureInfo.InvariantCulture, $"tax number: Form 1099-PATR of {request.Year} for the IRS");
        AuditTrail.Add(db, released.Where(one => one.Member.TaxIdSealed is not null).Select(one => one.Member.Number).Distinct(StringComparer.Ordinal).Select(number => AuditTrail.Of(coOp.Id, books.Now, request.By, "secrets.read", $"member {number}", why)));
        var name = string.Create(CultureInfo.InvariantCulture, $"{coOp.Code}-1099-patr-{request.Year}-{standing.Filing.Number}");
        List<Content> named = [.. files.Select((file, i) => file with { Name = string.Create(CultureInfo.InvariantCulture, $"{name}-{i + 1:00}.csv") })];
        return new Result(standing, named, totals, writing.Changes, [.. columns.Unmatched], lost.Spared, without, alreadyThere);
    }

    private Outcome<(TaxFilingStanding Standing, bool AlreadyThere)> Note(EvergreenDb db, Request request, TaxFormRelease release, List<TaxFilingStanding> before, List<Content> files, PatronageBoxes counted)
    {
        var holds = before.Find(one => one.Sent is not null) ?? before.FirstOrDefault();
        var same = holds is not null && holds.Files.Select(file => file.Sha256).SequenceEqual(files.Select(file => file.Sha256), StringComparer.Ordinal);
        if (same) return (holds!, true);
        if (holds?.Sent is { } sent) return Refusals.FilingSent(sent, TaxFormCorrection.Of(db, holds.Filing));
        var filing = new TaxFiling
        {
            CoOpId = release.CoOpId, CalendarYear = request.Year, Number = before.Count + 1, Release = release.Number, PayerTaxId = release.PayerTaxId, Forms = files.Sum(file => file.Forms), Files = files.Count,
            DividendsCents = counted.Dividends.Cents, WithheldCents = counted.Withheld.Cents, RedeemedCents = counted.Redeemed.Cents, By = request.By, At = books.Now,
        };
        List<TaxFilingFile> parts = [.. files.Select((file, i) => new TaxFilingFile { CoOpId = release.CoOpId, CalendarYear = request.Year, Number = filing.Number, No = i + 1, Forms = file.Forms, Sha256 = file.Sha256 })];
        db.TaxFilings.Add(filing);
        db.SaveChanges();
        db.TaxFilingFiles.AddRange(parts);
        AuditTrail.Add(db, filing.CoOpId, filing.At, request.By, Verb, TaxFilingStanding.Subject(request.Year, filing.Number), TaxFilingStanding.Say(filing, parts));
        return (new TaxFilingStanding(filing, parts, null), false);
    }

    /// <summary>The forms that hold, in the order of the records they were released for; each with the record that its person goes by now.</summary>
    private static List<(string Record, PatronageBoxes Boxes, Member Member)> Released(EvergreenDb db, CoOp coOp, int year)
    {
        var forms = db.TaxForms.Where(form => form.CoOpId == coOp.Id && form.CalendarYear == year);
        var members = db.Members.AsNoTracking().Where(member => member.CoOpId == coOp.Id && (forms.Any(form => form.MemberId == member.Id) || db.MemberMerges.Any(merge => merge.KeptId == member.Id))).ToDictionary(member => member.Id);
        var kept = MemberIdentities.Kept(db, coOp.Id);
        return [.. MyTaxForms.Newest(db, forms, members.ToDictionary(member => member.Key, member => member.Value.Number)).Where(row => row.Boxes != default)
            .OrderBy(row => row.Record, MemberNumber.Order).Select(row => (row.Record, row.Boxes, members[kept(row.MemberId)]))];
    }

    private static (List<string> Needed, List<string> Spared) Lost(IrisColumns columns, List<TaxFileForm> forms, HashSet<string> several)
    {
        var has = columns.Fields.OfType<IrisField>().ToHashSet();
        var lost = forms.SelectMany(form => form.Values.Keys.Where(field => !has.Contains(field)).Select(field => (Field: field, Needed: form.NeedsColumn(field, several.Contains(form.Record))))).ToList();
        var needed = lost.Where(one => one.Needed).Select(one => one.Field).ToHashSet();
        return ([.. needed.Order().Select(IrisColumns.NameOf)], [.. lost.Select(one => one.Field).Distinct().Except(needed).Order().Select(IrisColumns.NameOf)]);
    }

    private static (List<Content> Files, PatronageBoxes Counted) Files(Request request, IrisColumns columns, List<TaxFileForm> forms)
    {
        var (files, counted) = (new List<Content>(), default(PatronageBoxes));
        foreach (var part in forms.Chunk(request.FormsAFile ?? PatronageReport.FormsAFile(request.Year)))
        {
            var bytes = TaxFileText.Bytes(columns, part);
            counted += TaxFileText.Count(bytes, columns, part);
            files.Add(new Content("", part.Length, TaxFileText.Sha256(bytes), bytes));
        }
        return (files, counted);
    }

    /// <exception cref="InvalidOperationException">Files, forms and ledger are not the same, to the cent: no such file leaves.</exception>
    private static List<Total> Totals(WorkOutTaxForms.Result year, int files, List<TaxFileForm> forms, PatronageBoxes counted)
    {
        var (ledger, below, exempt) = (year.Ledger, Of(FormStanding.BelowThreshold), Of(FormStanding.Exempt));
        var all = new PatronageBoxes(ledger.Reportable - ledger.Redeemed, ledger.Withheld, ledger.Redeemed);
        var due = new PatronageBoxes(all.Dividends - below.Boxes.Dividends - exempt.Boxes.Dividends, all.Withheld - below.Boxes.Withheld - exempt.Boxes.Withheld, all.Redeemed - below.Boxes.Redeemed - exempt.Boxes.Redeemed);
        List<Total> totals =
        [
            new(files == 1 ? "In the file" : string.Create(CultureInfo.InvariantCulture, $"In the {files} files"), forms.Count, counted), new("Released forms", forms.Count, Sum(forms.Select(form => form.Boxes))), new("Ledger of the year", null, all),
            below with { What = $"less below {year.Threshold}" }, exempt with { What = "less exempt recipients" }, new("Ledger, to be filed", null, due),
        ];
        if (totals[1].Boxes != counted || due != counted) throw new InvalidOperationException($"The files of {year.Year} hold {counted}, the released forms {totals[1].Boxes} and the ledger {due}.");
        return totals;

        Total Of(FormStanding standing) => new("", year.Count(standing), Sum(year.Forms.Where(form => form.Standing == standing).Select(form => form.Boxes)));
    }

    private static PatronageBoxes Sum(IEnumerable<PatronageBoxes> parts) => parts.Aggregate(default(PatronageBoxes), (sum, part) => sum + part);
}

using System.Globalization;
using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Imports;

/// <summary>The course of every import: known file, checked rows, control totals, and then all of it in one transaction, or nothing.</summary>
/// <param name="main">The column whose sum is the file's total; null where the file has none.</param>
internal sealed class ImportCourse(Books books, ImportKind kind, CanonicalFile file, string? main)
{
    private const int ProblemsReported = 1000;

    public Outcome<ImportReport> Run(ImportRequest request, Action<ImportProgress>? progress, Func<ImportSitting, Intake> intakeOf)
    {
        if (request.ExpectTotal is not null && main is null) return Refusals.NothingToTotal(file);
        var hashed = Fingerprint.Of(request.File, progress);
        if (hashed.IsRefused) return hashed.Refusal!;
        ImportReport? report = null;
        var outcome = books.Write<ImportReport>(request.CheckOnly || request.DryRun, db =>
        {
            report = null;
            var taken = Take(db, request, hashed.Value, progress, intakeOf);
            if (taken.IsRefused) return taken;
            report = taken.Value;
            return report.NotTaken is { } why ? why : report;
        }, db => IsThere(db, report) ? report! : (Outcome<ImportReport>?)null);
        if (report is null) return outcome.Refusal!;
        var kept = !outcome.IsRefused && !request.CheckOnly && !request.DryRun && !report.AlreadyImported;
        return report with { Committed = kept, Number = kept || report.AlreadyImported ? report.Number : null };
    }

    private bool IsThere(EvergreenDb db, ImportReport? report) =>
        report?.Number is { } number && db.CoOps.Any(coOp => coOp.Code == report.CoOp && db.Imports.Any(import => import.CoOpId == coOp.Id && import.Number == number && import.Kind == kind && import.Sha256 == report.Sha256));

    private Outcome<ImportReport> Take(EvergreenDb db, ImportRequest request, string sha256, Action<ImportProgress>? progress, Func<ImportSitting, Intake> intakeOf)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        if (db.Imports.AsNoTracking().SingleOrDefault(i => i.CoOpId == coOp.Id && i.Kind == kind && i.Sha256 == sha256 && i.WithdrawnAt == null) is { } before) return Known(db, coOp, before, request);

        var named = request.Source is { } name ? db.ImportSources.SingleOrDefault(s => s.CoOpId == coOp.Id && s.Kind == kind && s.Name == name) : null;
        var completed = SavedMapping.Complete(request, named, file);
        if (completed.IsRefused) return completed.Refusal!;
        var mapping = completed.Value;
        var source = named ?? SourceNamed(db, coOp, request.Source ?? (mapping.Profile.IsCanonical ? "file" : mapping.Profile.Name));
        if (request.Source is not null) source.MappingJson = mapping.ToJson();
        db.SaveChanges();
        var last = ImportBefore.Of(db, coOp.Id, kind, source.Id);
        var import = new ImportBatch
        {
            CoOpId = coOp.Id, Kind = kind, Number = 1 + (db.Imports.Where(i => i.CoOpId == coOp.Id).Max(i => (int?)i.Number) ?? 0), SourceId = source.Id, FileName = request.File.Name, Sha256 = sha256,
            Profile = mapping.Profile.Name, At = books.Now, By = request.By, Accepted = 0, Rejected = 0, Held = 0, Skipped = 0, Blank = 0, TotalsJson = "{}",
        };
        db.Imports.Add(import);
        db.SaveChanges();

        var sitting = new ImportSitting(db, coOp, import, request, books.Now, books.Today(coOp), progress);
        var intake = intakeOf(sitting);
        var looked = Look(intake, sitting, mapping, source, last);
        if (!looked.IsRefused && intake.MustLookAgain)
        {
            sitting.LookAgain();
            looked = Look(intake, sitting, mapping, source, last);
        }
        if (looked.IsRefused) return looked;
        var again = Fingerprint.Of(request.File);
        if (again.IsRefused || again.Value != sha256) return Refusals.FileChanged(request.File.Name);
        var report = looked.Value;
        if (report.NotTaken is not null) return report;
        intake.Complete();
        Keep(db, import, report);
        request.AndThen?.Invoke(db, import);
        return report;
    }

    private Outcome<ImportReport> Look(Intake intake, ImportSitting sitting, SavedMapping mapping, ImportSource source, ImportBefore? last)
    {
        using var papers = new ImportPapers(sitting.Request);
        var opened = CanonicalRows.Open(sitting.Request.File, mapping.Profile, papers.Problems, mapping.Options, papers.Rejects);
        if (opened.IsRefused) return opened.Refusal!;
        using var rows = opened.Value;
        intake.Take(rows);
        foreach (var warning in OtherYears(sitting)) papers.Problems.Add(warning);
        sitting.Progress(rows.Source);
        var finished = rows.Finish();
        if (finished.IsRefused) return finished.Refusal!;
        var totals = finished.Value;
        var report = new ImportReport
        {
            Kind = kind,
            CoOp = sitting.CoOp.Code,
            Source = source.Name,
            Profile = mapping.Profile.Name,
            FileName = sitting.Import.FileName,
            Sha256 = sitting.Import.Sha256,
            Number = sitting.Import.Number,
            At = sitting.Import.At,
            By = sitting.Import.By,
            Totals = totals,
            Lines = rows.Source.Account.Lines,
            Total = main is null ? null : new Money((long)sitting.Total),
            TotalsWarnings = Plausibility.Compare(totals, last?.Totals),
            Before = last,
            Errors = papers.Problems.Errors,
            Warnings = papers.Problems.Warnings,
            ProblemGroups = papers.Problems.Groups,
            Problems = [.. papers.Problems.First.OrderBy(problem => problem.Line).Take(ProblemsReported)],
            UnreadColumns = rows.Mapping.Unread,
            Created = [.. sitting.Created],
            Years = sitting.YearParts,
            UnknownMembers = sitting.UnknownMembers,
            Members = main is null ? sitting.Members : null,
            Changes = [.. sitting.Changes],
        };
        return report with { NotTaken = ReasonAgainst(report, sitting.Request) };
    }

    /// <summary>The fiscal years of which a file tells beside that of most of its rows, each with its count and total.</summary>
    private static IEnumerable<Problem> OtherYears(ImportSitting sitting)
    {
        var years = sitting.YearParts;
        if (years.Count < 2) return [];
        var most = years.OrderByDescending(year => year.Rows).ThenByDescending(year => year.FiscalYear).First().FiscalYear;
        return years.Where(year => year.FiscalYear != most).Select(year => new Problem(Severity.Warning, "other-year", null, 0, null, string.Create(CultureInfo.InvariantCulture, $"FY{year.FiscalYear}: {year.Rows} rows, {year.Total}"),
            string.Create(CultureInfo.InvariantCulture, $"dates in FY{most}, as most rows of this file have"), "Nothing needs to be done if that is right: each row counts in the year of its own date."));
    }

    private static Refusal? ReasonAgainst(ImportReport report, ImportRequest request)
    {
        var totals = report.Totals;
        if (totals.Rejected > 0 && (!request.TakeGoodRows || totals.Accepted + totals.Held == 0)) return Refusals.RowsRejected(totals.Rejected, totals.RowsInFile - totals.Blank);
        if (request.ExpectTotal is { } expected && report.Total != expected) return Refusals.TotalDiffers(expected, report.Total!.Value);
        return report.TotalsWarnings.Count > 0 && !request.DespiteTotals ? Refusals.TotalsImplausible(report.TotalsWarnings[0]) : null;
    }

    private static void Keep(EvergreenDb db, ImportBatch import, ImportReport report)
    {
        (import.Accepted, import.Rejected, import.Held, import.Skipped, import.Blank) =
            (report.Totals.Accepted, report.Totals.Rejected, report.Totals.Held, report.Totals.Skipped, report.Totals.Blank);
        import.TotalsJson = KeptReport.Of(report);
        AuditTrail.Add(db, import.CoOpId, import.At, import.By, $"import.{import.Kind.ToString().ToLowerInvariant()}", $"import {import.Number}",
            $"{import.Accepted} accepted, {import.Held} held, {import.Skipped} skipped, {import.Rejected} rejected; SHA-256 {import.Sha256}");
    }

    private static ImportReport Known(EvergreenDb db, CoOp coOp, ImportBatch before, ImportRequest request)
    {
        var source = db.ImportSources.Where(s => s.Id == before.SourceId).Select(s => s.Name).Single();
        return KeptReport.Read(before.TotalsJson).Of(before, coOp.Code, source) with { Committed = false, AlreadyImported = true, FileName = request.File.Name };
    }

    private ImportSource SourceNamed(EvergreenDb db, CoOp coOp, string name)
    {
        if (db.ImportSources.SingleOrDefault(s => s.CoOpId == coOp.Id && s.Kind == kind && s.Name == name) is { } known) return known;
        var source = new ImportSource { CoOpId = coOp.Id, Kind = kind, Name = name };
        db.ImportSources.Add(source);
        return source;
    }
}

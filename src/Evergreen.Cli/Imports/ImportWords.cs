using System.Globalization;
using Evergreen.Application.Imports;

namespace Evergreen.Cli.Imports;

/// <summary>How an import is told: every row accounted for, every cause of trouble with its remedy.</summary>
internal static class ImportWords
{
    private const int ProblemsShown = 20;

    public static Reply Say(ImportReport report, bool checkOnly) =>
        new(Document(report), screen => Show(screen, report, checkOnly)) { Against = report.AlreadyImported ? null : report.NotTaken };

    public static object Document(ImportReport report) => new
    {
        report.Kind, report.CoOp, report.Source, report.Profile, File = report.FileName, report.Sha256, report.Number, report.At, report.By, report.Committed, report.AlreadyImported, report.NotTaken,
        Rows = new { InFile = report.Totals.RowsInFile, report.Totals.Accepted, report.Totals.Rejected, report.Totals.Held, report.Totals.Skipped, report.Totals.Blank, report.Totals.SkippedBecause }, report.Lines, report.Total,
        ControlTotals = TotalsWords.Document(report.Totals), LastImport = TotalsWords.Document(report.Before),
        report.Errors, report.Warnings, report.ProblemGroups, report.Problems, report.TotalsWarnings, report.UnreadColumns, report.Created, report.Years, report.UnknownMembers, report.Members, report.Changes,
    };

    public static void Show(Screen screen, ImportReport report, bool checkOnly)
    {
        screen.Line(report switch
        {
            { AlreadyImported: true } => $"{report.FileName} was imported before, as import {report.Number} on {report.At:yyyy-MM-dd}; nothing changed.",
            { Committed: true } => $"{report.FileName} is import {report.Number}.",
            _ when checkOnly => $"{report.FileName} was checked; nothing was kept.",
            _ => $"{report.FileName} was read.",
        });
        var totals = report.Totals;
        var rows = new Sheet().Words("Rows").Figures("");
        rows.Row("in the file", Count(totals.RowsInFile)).Row("accepted", Count(totals.Accepted));
        if (totals.Rejected > 0) rows.Row("rejected", Count(totals.Rejected));
        if (totals.Held > 0) rows.Row("held: member unknown", Count(totals.Held));
        foreach (var (reason, count) in totals.SkippedBecause) rows.Row($"skipped: {reason}", Count(count));
        if (totals.Blank > 0) rows.Row("blank", Count(totals.Blank));
        if (report.Members is { } members) rows.Row("new members", Count(members.New)).Row("changed members", Count(members.Changed)).Row("as they were", Count(members.Unchanged));
        if (report.Total is { } total) rows.Row("total", Screen.Of(total));
        foreach (var year in report.Years) rows.Row($"of {year.FiscalYear.ToString(CultureInfo.InvariantCulture)} ({Count(year.Rows)} rows)", Screen.Of(year.Total));
        screen.Table(rows);
        TotalsWords.Show(screen, report);
        ShowChanges(screen, report);
        if (report.Created.Count > 0) screen.Line($"Created: {string.Join(", ", report.Created)}");
        if (report.UnreadColumns.Count > 0) screen.Line($"Not read: {string.Join(", ", report.UnreadColumns)}");
        foreach (var unknown in report.UnknownMembers) screen.Line($"Unknown member {unknown.Number}: {Count(unknown.Rows)} rows, {Screen.Of(unknown.Total)} held. See: evergreen import held");
        ShowProblems(screen, report);
    }

    private static void ShowChanges(Screen screen, ImportReport report)
    {
        if (report.Changes.Count == 0) return;
        var sheet = new Sheet().Words("Member", "Field", "Before", "After");
        foreach (var change in report.Changes) sheet.Row(change.MemberNumber, change.Field, change.Before ?? "–", change.After ?? "–");
        screen.Table(sheet);
        if (report.Changes.Count == ImportReport.MostChanges) screen.Line($"These are the first {Count(ImportReport.MostChanges)} fields.");
    }

    private static void ShowProblems(Screen screen, ImportReport report)
    {
        if (report.ProblemGroups.Count > 0)
        {
            var causes = new Sheet().Words("", "Cause", "Column").Figures("Rows", "First line").Words("Remedy");
            foreach (var cause in report.ProblemGroups) causes.Row(cause.Severity == Severity.Error ? "error" : "note", cause.Code, cause.Column, Count(cause.Count), cause.FirstLine.ToString(CultureInfo.InvariantCulture), cause.Remedy);
            screen.Table(causes);
        }
        var errors = report.Problems.Where(problem => problem.Severity == Severity.Error).ToList();
        foreach (var problem in errors.Take(ProblemsShown)) screen.Line(problem.ToString());
        if (report.Errors > ProblemsShown) screen.Line($"… and {Count(report.Errors - Math.Min(ProblemsShown, errors.Count))} more: --problems FILE writes them all.");
        foreach (var warning in report.TotalsWarnings) screen.Line($"Note: {warning}");
    }

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application.Imports;

/// <summary>Why a file as a whole is not read. Nothing of it was imported.</summary>
public static class Refusals
{
    public static readonly Refusal FileEmpty = new("file-empty", "The file holds no header and no rows.");

    public static Refusal SeparatorUnknown(char separator) =>
        new("separator-unknown", $"'{separator}' cannot separate fields: use a comma, a semicolon, a tab or a pipe.");

    public static Refusal HeaderUnreadable(long line, Fault fault) =>
        new("header-unreadable", $"The header on line {line} cannot be read: expected {fault.Expected}. {fault.Remedy}");

    public static Refusal HeaderTwice(string name) =>
        new("header-twice", $"The header has two columns named '{name.Trim()}'. Rename or remove one of them.");

    public static Refusal ColumnMissing(string column, IReadOnlyCollection<string> names) =>
        new("column-missing", $"The file has no column for {column}. Expected a header named {string.Join(" or ", names.Count == 0 ? [column] : names)}; or say which column it is.");

    public static Refusal ColumnUnknown(string column, CanonicalFile file) =>
        new("column-unknown", $"'{column}' is no column of {file.Name}. Its columns are {string.Join(", ", file.Columns.Select(c => c.Name))}.");

    public static Refusal ChosenColumnMissing(string column, string name) =>
        new("column-missing", $"The file has no column named '{name}', which was chosen for {column}.");

    public static Refusal TextMissing(string name, string meaning) =>
        new("text-missing", $"This source's files do not hold the {meaning}. Give it with the file ({name}).");

    public static Refusal TextInvalid(string name, string value, Fault fault) =>
        new("text-invalid", $"'{value}' given for {name}: expected {fault.Expected}. {fault.Remedy}");

    public static Refusal DatesAmbiguous(string column, string sample) =>
        new("dates-ambiguous", $"The dates in '{column}' can be read in two ways ('{sample}'): every day is 12 or less. Say whether the month or the day comes first.");

    public static Refusal DatesMixed(string column, string monthFirst, string dayFirst) =>
        new("dates-mixed", $"The dates in '{column}' have no single order: '{monthFirst}' has the month first, '{dayFirst}' the day. Correct the file, or choose the order and correct the rows that it refuses.");

    public static Refusal TimeZoneUnknown(string zone) =>
        new("time-zone-unknown", $"'{zone}' is not a time zone known here; use a name such as America/Chicago.");

    public static Refusal FileKind(string found, string remedy) => new("file-kind", $"The file is {found}. {remedy}");

    public static Refusal FileNameDiffers(string name, string found) =>
        new("file-name-differs", $"The file is named '{name}' but holds {found}. Export it again, or give it its right name.");

    public static Refusal SheetUnknown(string sheet, IEnumerable<string> sheets) =>
        new("sheet-unknown", $"The workbook has no sheet named '{sheet}'. It has {string.Join(", ", sheets)}.");

    public static Refusal WorkbookDamaged(string why) => new("workbook-damaged", $"The workbook cannot be read: {why} Open it in a spreadsheet and save it anew, or save it as CSV.");

    public static Refusal WorkbookTooLarge(string limit) => new("workbook-too-large", $"The workbook goes beyond {limit}. Split it, or save the sheet as CSV.");

    public static Refusal WorkbookHostile(string why) => new("workbook-hostile", $"The workbook is not read: {why} Save it anew in a spreadsheet, or save the sheet as CSV.");

    public static Refusal FileMissing(string name) => new("import-file-missing", $"There is no file '{name}'. Look at the path.");

    public static Refusal FileClosedToUs(string name) => new("import-file-closed", $"The file '{name}' may not be read by this program. Look at its permissions.");

    public static Refusal FileChanged(string name) => new("file-changed", $"The file '{name}' changed while it was read. Nothing was imported; import it again when it is finished.");

    public static Refusal ProfileUnknown(string name, CanonicalFile file) =>
        new("profile-unknown", $"'{name}' is no profile for {file.Name}. Choose {string.Join(" or ", Profiles.Foreign.Where(p => p.File == file).Select(p => p.Name).Prepend(Profile.OtherName).Prepend(Profile.CanonicalName))}.");

    public static Refusal NothingToTotal(CanonicalFile file) => new("nothing-to-total", $"A file of {file.Name} has no amounts, so no total can be expected of it.");

    public static Refusal RowsRejected(long rejected, long rows) =>
        new("rows-rejected", $"{rejected} of {rows} rows were rejected, so nothing was imported. Correct them and import the file again, or take the good rows (--take-good-rows) and send the others later.");

    public static Refusal TotalDiffers(Money expected, Money found) => new("total-differs", $"The file sums to {found}, not to {expected} as expected: a difference of {found - expected}. Nothing was imported.");

    public static Refusal TotalsImplausible(Problem first) =>
        new("totals-implausible", $"The control totals look wrong ({first.Code}{(first.Column is null ? "" : $" in {first.Column}")}: {first.Value}). {first.Remedy} If they are right, say so with --despite-totals.");

    public static Refusal WithdrawalReasonMissing() => new("withdrawal-reason-missing", "A withdrawal says why: --reason \"…\"");

    public static Refusal ImportUnknown(int number) => new("import-unknown", $"There is no import {number}. 'evergreen import list' names them.");

    public static Refusal ImportWithdrawn(ImportBatch import, DateTime at) => new("import-withdrawn", $"Import {import.Number} was withdrawn on {at:yyyy-MM-dd} by {import.WithdrawnBy}: {import.WithdrawnReason}");

    public static Refusal ImportUsed(ImportBatch import, string run) => new("import-used", $"Run {run} is posted and used import {import.Number}. Reverse the run first: evergreen dividends reverse {run} --reason …");

    public static Refusal MemberUsed(ImportBatch import, string member, string by) => new("import-member-used", $"Member {member} of import {import.Number} is used by {by}. Withdraw that first, or correct the member instead.");

    public static Refusal LotUsed(ImportBatch import, string member, string account, Money held) =>
        new("import-lot-used", $"Member {member} holds {held} in {account}, less than import {import.Number} brought there: something was taken out since. Take that back first.");

    public static Refusal NoOpenDay(ImportBatch import, int year) =>
        new("import-year-closed", $"Import {import.Number} has entries in a closed year, and today lies in {year}, whose books are closed too: there is no day on which to reverse them.");

    public static Refusal SourceUnknown(string? name, ImportKind kind) =>
        new("source-unknown", name is null ? $"No {kind.ToString().ToLowerInvariant()} were imported yet, so there is nothing to export." : $"No {kind.ToString().ToLowerInvariant()} were imported from a source '{name}'.");

    public static Refusal SourceNotNamed(IEnumerable<string> sources) => new("source-not-named", $"Several sources are in the books, and ids are unique within one only. Say which with --source: {string.Join(", ", sources)}.");

    public static Refusal UploadsNowhere() =>
        new("uploads-nowhere", $"Files to import wait in a folder until they are imported. Say in which: set {UploadFolder.Variable} to its path; it is created if it is not there.");

    public static Refusal UploadTooLarge(long mostBytes) => new("upload-too-large", $"The file is larger than {mostBytes >> 20} MB. Split it, or export fewer columns.");

    public static Refusal UploadQuota(long mostBytes) => new("upload-quota", $"Files that wait to be imported may take {mostBytes >> 20} MB together. Finish or drop one of the imports that are open first.");

    public static Refusal UploadIncomplete() => new("upload-incomplete", "The file did not arrive whole: the connection broke. Nothing was kept; send it again.");

    public static Refusal DraftUnknown() => new("draft-unknown", "There is no such import in the making.");

    public static Refusal DraftEnded(ImportDraft draft) => new("draft-ended",
        draft.State == DraftState.Committed ? $"This file is import {draft.ImportNumber}: nothing can be changed here any more." : "This import was dropped. Send the file again to import it.");

    public static Refusal DraftFileGone(int days) => new("draft-file-gone", $"The file was thrown away: files that wait are kept for {days} days. Send it again.");

    public static Refusal DraftChanged() => new("draft-changed", "Someone else has changed this import in the meantime. Look at what it says now, and choose again.");

    public static Refusal DraftNotMapped() => new("draft-not-mapped", "Say first which column is which.");

    public static Refusal DraftNotChecked() => new("draft-not-checked", "The file was not checked yet, or something was chosen since. Check it first.");

    public static Refusal OverrideReasonMissing(Problem first) =>
        new("override-reason-missing", $"The control totals look wrong{(first.Column is null ? "" : $" in {first.Column}")}: {first.Value}. {first.Remedy} If they are right, say why.");

    public static Refusal SourceTooLong(int most) => new("source-too-long", $"The name of a source has at most {most} characters.");

    public static Refusal CodeWithoutMeaning(string column, string code) => new("code-without-meaning", $"Say what '{code}' stands for in {column}.");

    public static Refusal NoRejects() => new("no-rejects", "No row of this file was rejected, so there is nothing to correct.");
}

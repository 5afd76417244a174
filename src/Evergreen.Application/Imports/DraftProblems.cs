using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <param name="Line">As an editor or spreadsheet shows it.</param>
/// <param name="Fields">Beside the file's headers; masked where secret. One field with the whole row where it could not be taken apart.</param>
public sealed record DraftRow(long Line, IReadOnlyList<string> Fields, IReadOnlyList<Problem> Problems);

/// <summary>Some of a checked draft's rows, or only its problems, a page at a time.</summary>
public sealed class DraftProblems(Books books, UploadFolder? uploads = null)
{
    public const int PageSize = 50;

    /// <param name="After">How many problems were shown before.</param>
    /// <param name="Code">One cause alone; null for all.</param>
    public sealed record Request(string? CoOp, int Draft, long After = 0, string? Code = null, string? Column = null, bool ErrorsOnly = false);

    /// <param name="Count">Problems that fit, on all pages.</param>
    /// <param name="Next">To ask for the next page with; null at the end.</param>
    public sealed record Result(IReadOnlyList<Problem> Problems, long Count, long? Next);

    /// <param name="Count">Rows of the file.</param>
    public sealed record Rows(IReadOnlyList<string> Header, IReadOnlyList<DraftRow> Page, long Count, long? Next);

    /// <param name="Name">Under which the file is given back.</param>
    /// <param name="KeepsSeparator">Whether another separator would be wrong: its file has another than the comma, or the comma was told for it.</param>
    public sealed record GivenBack(string Name, bool KeepsSeparator);

    public Outcome<Result> Run(Request request)
    {
        var looked = Look(request.CoOp, request.Draft);
        if (looked.IsRefused) return looked.Refusal!;
        var (found, folder) = looked.Value;
        var (page, count) = (new List<Problem>(), 0L);
        foreach (var problem in Fitting(request, found, folder))
        {
            if (count++ >= request.After && page.Count < PageSize) page.Add(problem);
        }
        return new Result(page, count, request.After + page.Count < count ? request.After + PageSize : null);
    }

    /// <summary>Every problem that the request asks for, one by one in the order of the file: for a file of them. The page asked for does not count.</summary>
    /// <param name="take">Called for each while they are read.</param>
    /// <returns>How many there were.</returns>
    public Outcome<long> Export(Request request, Action<Problem> take)
    {
        var looked = Look(request.CoOp, request.Draft);
        if (looked.IsRefused) return looked.Refusal!;
        var count = 0L;
        foreach (var problem in Fitting(request, looked.Value.Found, looked.Value.Folder))
        {
            take(problem);
            count++;
        }
        return count;
    }

    private static IEnumerable<Problem> Fitting(Request request, FoundDraft found, UploadFolder folder) => DraftPapers.Problems(folder, found.File.Id)
        .Where(problem => (request.Code is null || problem.Code == request.Code) && (request.Column is null || problem.Column == request.Column) && (!request.ErrorsOnly || problem.Severity == Severity.Error));

    /// <summary>Every row after a line, good and bad, with what is wrong with it.</summary>
    public Outcome<Rows> AllRows(string? coOp, int draft, long afterLine = 0)
    {
        var looked = Look(coOp, draft);
        if (looked.IsRefused) return looked.Refusal!;
        var (found, folder) = looked.Value;
        if (!folder.Has(found.File.Id, UploadFolder.Rows)) return Refusals.DraftFileGone(EmptyUploads.Days);
        var opened = found.Rows(folder).OpenRows(found.Options);
        if (opened.IsRefused) return opened.Refusal!;
        using var rows = opened.Value;
        var secret = SecretPlaces(found, rows.Header);
        var page = new List<DraftRow>();
        long? next = null;
        while (rows.Read())
        {
            if (rows.Line <= afterLine) continue;
            if (page.Count == PageSize)
            {
                next = page[^1].Line;
                break;
            }
            page.Add(new DraftRow(rows.Line, rows.FieldCount == rows.Header.Count ? [.. Enumerable.Range(0, rows.FieldCount).Select(i => Problem.Show(rows.Field(i), secret.Contains(i)))] : ["…"], []));
        }
        return new Rows(rows.Header, WithProblems(page, DraftPapers.Problems(folder, found.File.Id)), DraftPapers.Report(folder, found.File.Id)?.Totals.RowsInFile ?? 0, next);
    }

    private static List<DraftRow> WithProblems(List<DraftRow> page, IEnumerable<Problem> problems)
    {
        if (page.Count == 0) return page;
        var byLine = problems.SkipWhile(problem => problem.Line < page[0].Line).TakeWhile(problem => problem.Line <= page[^1].Line).ToLookup(problem => problem.Line);
        return page.ConvertAll(row => row with { Problems = [.. byLine[row.Line]] });
    }

    private static HashSet<int> SecretPlaces(FoundDraft found, IReadOnlyList<string> header)
    {
        var secret = new HashSet<int>();
        foreach (var column in found.Form.Columns.Where(column => column.Secret))
        {
            var name = found.Options.Columns.GetValueOrDefault(column.Name) ?? ColumnMapping.FedBy(found.Profile, column.Name, header);
            for (var i = 0; i < header.Count; i++)
                if (name is not null && ColumnMapping.Normalise(header[i]) == ColumnMapping.Normalise(name)) secret.Add(i);
        }
        for (var i = 0; i < header.Count; i++)
            if (HeaderGuess.SoundsSecret(header[i])) secret.Add(i);
        return secret;
    }

    /// <summary>Writes the rejected rows as they stood in the file and in its form, a workbook for a workbook, with two more columns: what is wrong, and how to mend it.</summary>
    public Outcome<GivenBack> WriteRejects(string? coOp, int draft, Stream to)
    {
        var looked = Look(coOp, draft);
        if (looked.IsRefused) return looked.Refusal!;
        var (found, folder) = looked.Value;
        if (!folder.Has(found.File.Id, UploadFolder.Rejects)) return Refusals.NoRejects();
        using var rejects = folder.Open(found.File.Id, UploadFolder.Rejects);
        var name = $"{Path.GetFileNameWithoutExtension(found.File.FileName)}-to-correct";
        if (!found.File.IsWorkbook)
        {
            rejects.CopyTo(to);
            return new GivenBack($"{name}.csv", found.Options.Separator is not null || SeparatorOf(found, folder) != ',');
        }
        using var workbook = new XlsxWriter(to, found.Options.Sheet ?? "To correct");
        using var rows = DelimitedReader.Open(rejects, new DelimitedOptions(FileEncoding.Utf8, ',')).Value;
        workbook.Header(rows.Header.Select(column => FormulaSafe.Read(column)));
        while (rows.Read())
        {
            for (var i = 0; i < rows.FieldCount; i++) workbook.Text(FormulaSafe.Read(rows.Text(i)));
            workbook.EndRow();
        }
        return new GivenBack($"{name}.xlsx", KeepsSeparator: false);
    }

    private static char SeparatorOf(FoundDraft found, UploadFolder folder)
    {
        if (!folder.Has(found.File.Id, UploadFolder.Rows) || found.Rows(folder).OpenRows(found.Options) is not { IsRefused: false } opened) return ',';
        using var rows = opened.Value;
        return rows is DelimitedReader text ? text.Separator : ',';
    }

    private Outcome<(FoundDraft Found, UploadFolder Folder)> Look(string? coOp, int draft)
    {
        var folder = UploadFolder.Or(uploads, books);
        if (folder.IsRefused) return folder.Refusal!;
        var found = books.Read(db => FindDraft.Run(db, coOp, draft));
        if (found.IsRefused) return found.Refusal!;
        if (found.Value.File.RemovedAt is not null) return Refusals.DraftFileGone(EmptyUploads.Days);
        return found.Value.Draft.CheckedAt is null ? Refusals.DraftNotChecked() : (found.Value, folder.Value);
    }
}

using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>A department of the shop or a kind of hours, with what was imported for it.</summary>
/// <param name="Rows">Rows kept, over all years.</param>
/// <param name="Quantity">Their sum, cents or hundredths of hours, over the last year that has any.</param>
/// <param name="LastYear">That year; null where no row names the department.</param>
public sealed record Department(int Id, Measure Measure, string Code, string Name, string Note, long Rows, long Quantity, int? LastYear);

/// <summary>The departments and kinds of hours that files have named.</summary>
public sealed class DepartmentsPage(Books books)
{
    // There are some dozens at most, and what they are sorted by is only known when their sums are gathered.
    private static readonly ListOrder<Department> Order = ListOrder<Department>.Keyed("number", department => department.Id).By("code", department => department.Code).By("name", department => department.Name).By("what", department => (int)department.Measure)
        .By("rows", department => department.Rows).By("year", department => department.LastYear ?? 0).By("sum", department => department.Quantity);

    /// <param name="sort">One of <c>code</c>, <c>name</c>, <c>what</c>, <c>rows</c>, <c>year</c> and <c>sum</c>; with a minus sign in front the other way round. By what and code where it is null.</param>
    public Outcome<IReadOnlyList<Department>> Run(string? coOp, string? sort = null) => books.Read<Outcome<IReadOnlyList<Department>>>(db =>
    {
        var found = FindCoOp.Run(db, coOp);
        if (found.IsRefused) return found.Refusal!;
        var id = found.Value.Id;
        var sums = db.PatronageTotals.Where(total => total.CoOpId == id && total.CategoryId != 0).GroupBy(total => new { total.CategoryId, total.Measure, total.FiscalYear })
            .Select(totals => new { totals.Key.CategoryId, totals.Key.Measure, totals.Key.FiscalYear, Rows = totals.Sum(total => total.Rows), Quantity = totals.Sum(total => total.Quantity) }).ToList().ToLookup(sum => (sum.CategoryId, sum.Measure));
        var all = db.PatronageCategories.AsNoTracking().Where(category => category.CoOpId == id).OrderBy(category => category.Measure).ThenBy(category => category.Code).AsEnumerable().Select(category =>
        {
            var years = sums[(category.Id, category.Measure)].OrderByDescending(sum => sum.FiscalYear).ToList();
            return new Department(category.Id, category.Measure, category.Code, category.Name, category.Note, years.Sum(year => year.Rows), years.FirstOrDefault()?.Quantity ?? 0, years.FirstOrDefault()?.FiscalYear);
        }).ToList();
        return sort is null ? all : Order.All(all.AsQueryable(), sort).ToList();
    });
}

/// <summary>Names a department, and writes down what the office should know of it. Its code, by which rows and policies name it, stays.</summary>
public sealed class EditDepartment(Books books)
{
    public const int LongestName = 100, LongestNote = 500;

    /// <param name="Seen">Name and note as they stood when the form was opened: somebody else's change in between is not overwritten. Null for whoever opened no form.</param>
    public sealed record Request(string? CoOp, int Department, string Name, string Note, string By, (string Name, string Note)? Seen = null);

    public Outcome<int> Run(Request request)
    {
        if (request.Name.Trim().Length > LongestName) return Refusals.DepartmentTooLong("name", LongestName);
        return request.Note.Trim().Length > LongestNote ? Refusals.DepartmentTooLong("note", LongestNote) : books.Write<int>(dryRun: false, db => Edit(db, request));
    }

    private Outcome<int> Edit(EvergreenDb db, Request request)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        if (db.PatronageCategories.SingleOrDefault(category => category.CoOpId == found.Value.Id && category.Id == request.Department) is not { } category) return Refusals.DepartmentUnknown();
        var (name, note) = (request.Name.Trim(), request.Note.Trim());
        if (category.Name == name && category.Note == note) return category.Id;
        if (request.Seen is { } seen && (category.Name != seen.Name.Trim() || category.Note.ReplaceLineEndings("\n") != seen.Note.Trim().ReplaceLineEndings("\n")))
        {
            var last = db.AuditRecords.Where(record => record.CoOpId == category.CoOpId && record.Verb == "department.edit" && record.Subject == $"department {category.Code}").OrderByDescending(record => record.Id).FirstOrDefault();
            return Refusals.DepartmentChanged(last?.By ?? "Somebody", last?.At ?? books.Now);
        }
        AuditTrail.Add(db, category.CoOpId, books.Now, request.By, "department.edit", $"department {category.Code}", $"name: \"{category.Name}\" → \"{name}\"; note: \"{category.Note}\" → \"{note}\"");
        (category.Name, category.Note) = (name, note);
        return category.Id;
    }
}

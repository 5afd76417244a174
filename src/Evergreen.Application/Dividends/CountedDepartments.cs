using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>Which departments and kinds of hours count for a dividend, by the policy in force of the latest year that has one.</summary>
public sealed class CountedDepartments(Books books)
{
    /// <param name="Year">That year; null where no policy was adopted yet.</param>
    /// <param name="Pools">Names of the pools in which each counts; none where it counts in no pool.</param>
    public sealed record Result(int? Year, IReadOnlyDictionary<(Measure Measure, string Code), IReadOnlyList<string>> Pools);

    public Outcome<Result> Run(string? coOpCode) => books.Read<Outcome<Result>>(db =>
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        var version = db.PolicyVersions.AsNoTracking().Where(one => one.CoOpId == coOp.Value.Id).OrderByDescending(one => one.FiscalYear).ThenByDescending(one => one.Version).FirstOrDefault();
        if (version is null) return new Result(null, new Dictionary<(Measure, string), IReadOnlyList<string>>());
        var pools = PolicyDocument.Read(version.Json).Value.Pools;
        return new Result(version.FiscalYear, db.PatronageCategories.AsNoTracking().Where(category => category.CoOpId == coOp.Value.Id).OrderBy(category => category.Id).Select(category => new { category.Measure, category.Code }).ToList()
            .ToDictionary(category => (category.Measure, category.Code), category => (IReadOnlyList<string>)[.. pools.Where(pool => pool.Unit.Any(part => Rows(part.Measure) == category.Measure && part.Counts(category.Code, RowEligibility.ByDepartment))).Select(pool => pool.Name)]));
    });

    /// <summary>Wages stand in rows of hours, volume in rows of purchases.</summary>
    private static Measure Rows(Measure measure) => measure switch { Measure.Wages => Measure.Hours, Measure.Volume => Measure.Purchases, var one => one };
}

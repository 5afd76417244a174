using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Statements;

/// <summary>The posted runs of a co-op, newest first, and whether their statements are out.</summary>
public sealed class StatementRuns(Books books)
{
    /// <param name="IssuedOn">Null where the statements have not been issued.</param>
    public sealed record Row(string Run, int FiscalYear, DateOnly PostedOn, int Members, Money Allocated, DateOnly? IssuedOn, string? IssuedBy, bool IsReversed);

    public Outcome<IReadOnlyList<Row>> Run(string? coOpCode) => books.Read<Outcome<IReadOnlyList<Row>>>(db =>
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        var id = coOp.Value.Id;
        return (from posting in db.DividendPostings
                join run in db.DividendRuns on posting.RunId equals run.Id
                join issue in db.StatementIssues on run.Id equals issue.RunId into issues
                from issue in issues.DefaultIfEmpty()
                where posting.CoOpId == id
                orderby run.FiscalYear descending, run.Number descending
                select new { run.FiscalYear, run.Number, posting.On, run.MembersAllocated, run.AllocatedCents, IssuedOn = issue == null ? null : (DateOnly?)issue.On, By = issue == null ? null : issue.By, Reversed = db.DividendReversals.Any(reversal => reversal.RunId == run.Id) })
            .AsEnumerable().Select(run => new Row($"{run.FiscalYear}-{run.Number}", run.FiscalYear, run.On, run.MembersAllocated, new Money(run.AllocatedCents), run.IssuedOn, run.By, run.Reversed)).ToList();
    });
}

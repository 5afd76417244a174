using Evergreen.Application.CoOps;
using Evergreen.Application.Periods;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>Whether the statements of a run are issued within the payment period of its year: a notice given later is no longer deductible for that year.</summary>
public sealed class StatementsInTime(Books books)
{
    /// <param name="On">Day of issue, where they are not issued yet; today where it is null.</param>
    public sealed record Request(string? CoOp, string Run, DateOnly? On = null);

    /// <param name="Warning">In plain words; null where they are in time.</param>
    public sealed record Result(string? Warning);

    public Outcome<Result> Run(Request request) => books.Read<Outcome<Result>>(db =>
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        var run = FindRun.Run(db, coOp.Value, request.Run);
        if (run.IsRefused) return run.Refusal!;
        var issued = db.StatementIssues.AsNoTracking().Where(issue => issue.RunId == run.Value.Id).Select(issue => (DateOnly?)issue.On).SingleOrDefault();
        return new Result(PaymentPeriod.Late(coOp.Value, run.Value.FiscalYear, issued ?? request.On ?? books.Today(coOp.Value)));
    });
}

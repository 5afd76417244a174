using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Statements;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Statements;

/// <summary>A run whose statements have been issued and stand.</summary>
internal sealed record IssuedRun(CoOp CoOp, DividendRun Run, StatementIssue Issue)
{
    public static Outcome<IssuedRun> Find(EvergreenDb db, string? coOpCode, string name)
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        var run = FindRun.Run(db, coOp.Value, name);
        if (run.IsRefused) return run.Refusal!;
        if (FindRun.Standing(db, run.Value).Reversal is not null) return Refusals.RunReversed(run.Value.Name);
        return db.StatementIssues.AsNoTracking().SingleOrDefault(issue => issue.RunId == run.Value.Id) is { } issue ? new IssuedRun(coOp.Value, run.Value, issue) : Refusals.NotIssued(run.Value.Name);
    }
}

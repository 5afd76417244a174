using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Dividends;

/// <summary>Says how far a run has come and what may come next.</summary>
public sealed class RunLifecycle(Books books)
{
    public Outcome<RunCourse> Run(string? coOpCode, string run) => books.Read<Outcome<RunCourse>>(db =>
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        var found = FindRun.Run(db, coOp.Value, run);
        return found.IsRefused ? found.Refusal! : RunCourse.Of(db, found.Value);
    });
}

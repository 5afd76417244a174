using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Equity;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>Takes a posted run back by opposite entries, each linked to the one it reverses. The posted entries stay as they are.</summary>
public sealed class ReverseDividend(Books books)
{
    public sealed record Request(string? CoOp, string Run, string By, string Reason, DateOnly? On = null, bool DryRun = false)
    {
        /// <summary>Where the run was paid out: how the money comes back, or what it is set off against. Needed then, and kept with the reason.</summary>
        public string? Recovery { get; init; }
    }

    public sealed record Result(DividendRun Run, DividendReversal Reversal, bool AlreadyThere);

    public Outcome<Result> Run(Request request)
    {
        DividendReversal? made = null;
        return books.Write(request.DryRun, db =>
        {
            var outcome = Reverse(db, request);
            made = outcome.IsRefused || outcome.Value.AlreadyThere ? null : outcome.Value.Reversal;
            return outcome;
        }, db => LookUp(db, request, made));
    }

    private static Outcome<Result>? LookUp(EvergreenDb db, Request request, DividendReversal? made)
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return null;
        var run = FindRun.Run(db, coOp.Value, request.Run);
        if (run.IsRefused || FindRun.Standing(db, run.Value).Reversal is not { } reversal) return null;
        return new Result(run.Value, reversal, AlreadyThere: made is null || (made.By, made.At) != (reversal.By, reversal.At));
    }

    private Outcome<Result> Reverse(EvergreenDb db, Request request)
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) return Refusals.NoReason();
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        var foundRun = FindRun.Run(db, coOp, request.Run);
        if (foundRun.IsRefused) return foundRun.Refusal!;
        var run = foundRun.Value;
        var standing = FindRun.Standing(db, run);
        if (standing.Reversal is not null) return new Result(run, standing.Reversal, AlreadyThere: true);
        if (standing.Posting is not { } posting) return Refusals.NotPosted(run.Name);
        if (PaidCash.OnTheWay(db, run.Id) is { } number) return Refusals.FileOnTheWay(run.Name, number);
        if (standing.Payment is { } payment && string.IsNullOrWhiteSpace(request.Recovery)) return Refusals.RunPaid(run.Name, payment);
        var on = request.On ?? books.Today(coOp);
        if (on < posting.On) return Refusals.PostingBeforeYearEnd(on, posting.On);
        var year = coOp.YearOf(on).Year;
        if (db.YearClosings.Any(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == year)) return Refusals.PostingInClosedYear(on, year);

        var reason = request.Reason.Trim() + (standing.Payment is null ? "" : $" (paid money: {request.Recovery!.Trim()})");
        var posted = LedgerGuard.Append(db, coOp, OppositeEntries.Of(db, coOp, posting.FirstSequence, posting.LastSequence, on, reason).ToList(), books.Now);
        var reserveTaken = WorkingJson.Read(run.WorkingJson).ToReserve.IsPositive && Overdrafts.OfReserve(db, coOp.Id);
        if (reserveTaken || Overdrafts.OfLossesCarriedForward(db, coOp.Id) || Overdrafts.AnyOfMembers(db, coOp.Id)) return Refusals.AllocationUsed(run.Name);
        var reversal = new DividendReversal { RunId = run.Id, By = request.By, At = books.Now, On = on, Reason = reason, FirstSequence = posted.FirstSequence, LastSequence = posted.LastSequence };
        db.DividendReversals.Add(reversal);
        AuditTrail.Add(db, coOp.Id, reversal.At, request.By, "dividends.reverse", $"run {run.Name}", reason);
        return new Result(run, reversal, AlreadyThere: false);
    }
}

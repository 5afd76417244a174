using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Equity;
using Evergreen.Application.Jobs;
using Evergreen.Application.Periods;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>Posts an approved run to the ledger: all of it in one transaction, and once, however often it is asked for.</summary>
public sealed class PostDividend(Books books)
{
    /// <param name="On">Accounting date; today where it is null. After the year end and in an open year.</param>
    public sealed record Request(string? CoOp, string Run, string By, DateOnly? On = null, bool DryRun = false);

    /// <param name="AlreadyThere">The run had been posted before; this is that posting.</param>
    /// <param name="Warning">What should be known of the posting, in plain words; null where there is nothing.</param>
    public sealed record Result(DividendRun Run, DividendPosting Posting, bool AlreadyThere, string? Warning);

    /// <param name="progress">Told the stage, how much of it is done and how much there is.</param>
    /// <exception cref="OperationCanceledException">Asked to stop before the commit. Nothing was posted.</exception>
    public Outcome<Result> Run(Request request, Action<string, int, int>? progress = null, CancellationToken stop = default)
    {
        DividendPosting? made = null;
        return books.Write(request.DryRun, db =>
        {
            var outcome = Post(db, request, new JobSteps(progress, stop));
            made = outcome.IsRefused || outcome.Value.AlreadyThere ? null : outcome.Value.Posting;
            return outcome;
        }, db => LookUp(db, request, made));
    }

    private Outcome<Result>? LookUp(EvergreenDb db, Request request, DividendPosting? made)
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return null;
        var run = FindRun.Run(db, coOp.Value, request.Run);
        if (run.IsRefused || FindRun.Standing(db, run.Value).Posting is not { } posting) return null;
        return new Result(run.Value, posting, AlreadyThere: made is null || (made.By, made.At) != (posting.By, posting.At), Late(coOp.Value, run.Value, posting, made is not null));
    }

    /// <summary>What stands against it that one need not make the entries for.</summary>
    internal static Refusal? Against(EvergreenDb db, CoOp coOp, DividendRun run, RunStanding standing, DateOnly on)
    {
        if (standing.Reversal is not null) return Refusals.AlreadyReversed(run.Name);
        if (standing.Posting is not null) return null;
        if (standing.Approval is null) return Refusals.NotApproved(run.Name);
        if (FindRun.Posted(db, coOp.Id, run.FiscalYear) is { } other) return Refusals.AnotherRunPosted(other.Name, run.FiscalYear);
        if (on <= coOp.Year(run.FiscalYear).EndsOn) return Refusals.PostingBeforeYearEnd(on, coOp.Year(run.FiscalYear).EndsOn);
        var yearOfPosting = coOp.YearOf(on).Year;
        return db.YearClosings.Any(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == yearOfPosting) ? Refusals.PostingInClosedYear(on, yearOfPosting) : null;
    }

    private Outcome<Result> Post(EvergreenDb db, Request request, JobSteps steps)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        var foundRun = FindRun.Run(db, coOp, request.Run);
        if (foundRun.IsRefused) return foundRun.Refusal!;
        var run = foundRun.Value;
        var standing = FindRun.Standing(db, run);
        var on = request.On ?? books.Today(coOp);
        if (Against(db, coOp, run, standing, on) is { } against) return against;
        if (standing.Posting is not null) return new Result(run, standing.Posting, AlreadyThere: true, Late(coOp, run, standing.Posting, now: false));

        var working = WorkingJson.Read(run.WorkingJson);
        OpenFundAccounts(db, coOp, working);
        IReadOnlyList<EntryDraft> drafts;
        try
        {
            drafts = RunEntries.Of(db, coOp, run, working, RunSeal.Narrated(db, run, standing.Approval!), on, steps);
        }
        catch (InvalidOperationException) when (run.AllocatedCents < 0)
        {
            return Refusals.AccountsMoved(run.Name);
        }
        if (drafts.Count == 0) return Refusals.NothingToPost(run.Name);
        var posted = LedgerGuard.Append(db, coOp, steps.Counted("Writing into the ledger", drafts, drafts.Count), books.Now);
        if (working.Pools.Any(pool => pool.LossToReserve.IsPositive) && Overdrafts.OfReserve(db, coOp.Id)) return Refusals.AccountsMoved(run.Name);
        if (working.LossesRecovered.IsPositive && Overdrafts.OfLossesCarriedForward(db, coOp.Id)) return Refusals.AccountsMoved(run.Name);
        if (ShareLimits.Against(db, coOp, books.Today(coOp), posted) is { } aboveLimit) return aboveLimit;
        var posting = new DividendPosting
        {
            RunId = run.Id, CoOpId = coOp.Id, FiscalYear = run.FiscalYear, By = request.By, At = books.Now, On = on, FirstSequence = posted.FirstSequence, LastSequence = posted.LastSequence,
            Generation = (from reversal in db.DividendReversals join earlier in db.DividendPostings on reversal.RunId equals earlier.RunId where earlier.CoOpId == coOp.Id && earlier.FiscalYear == run.FiscalYear select reversal.RunId).Count(),
        };
        db.DividendPostings.Add(posting);
        AuditTrail.Add(db, coOp.Id, posting.At, request.By, "dividends.post", $"run {run.Name}", $"entries {posted.FirstSequence} to {posted.LastSequence}");
        return new Result(run, posting, AlreadyThere: false, Late(coOp, run, posting, now: true));
    }

    /// <summary>What is posted now counts from today at the earliest: an earlier accounting date brings no payment into the period.</summary>
    private string? Late(CoOp coOp, DividendRun run, DividendPosting posting, bool now) =>
        PaymentPeriod.Late(coOp, run.FiscalYear, now && books.Today(coOp) is var today && today > posting.On ? today : posting.On);

    private static void OpenFundAccounts(EvergreenDb db, CoOp coOp, Working working)
    {
        foreach (var fund in working.Funds.Where(fund => !fund.Amount.IsZero))
        {
            var code = DividendEntries.FundAccount(fund.Code);
            if (!db.Accounts.Any(account => account.CoOpId == coOp.Id && account.Code == code))
                db.Accounts.Add(new Account { CoOpId = coOp.Id, Code = code, Name = fund.Name, Kind = AccountKind.Equity, Currency = coOp.Currency });
        }
        db.SaveChanges();
    }
}

using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Equity;

/// <summary>Takes a redemption back by opposite entries, each linked to the one it reverses: the money did not go out, or came back. The lots hold again what they gave.</summary>
public sealed class ReverseRedemption(Books books)
{
    internal const string Verb = "equity.reverse";

    /// <param name="On">Accounting date; today where it is null. Not before the redemption, no later than today, and in an open year.</param>
    public sealed record Request(string? CoOp, int Number, string By, string Reason, DateOnly? On = null, bool DryRun = false);

    /// <param name="AlreadyThere">It had been taken back before; this is that reversal.</param>
    public sealed record Result(EquityRedemption Redemption, EquityRedemptionReversal Reversal, bool AlreadyThere);

    public Outcome<Result> Run(Request request)
    {
        EquityRedemptionReversal? made = null;
        return books.Write(request.DryRun, db =>
        {
            var outcome = Reverse(db, request);
            made = outcome.IsRefused || outcome.Value.AlreadyThere ? null : outcome.Value.Reversal;
            return outcome;
        }, db => LookUp(db, request, made));
    }

    private static Outcome<Result>? LookUp(EvergreenDb db, Request request, EquityRedemptionReversal? made)
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused || Find(db, coOp.Value, request.Number) is not { } redemption || Back(db, redemption) is not { } reversal) return null;
        return new Result(redemption, reversal, AlreadyThere: made is null || (made.By, made.At) != (reversal.By, reversal.At));
    }

    private Outcome<Result> Reverse(EvergreenDb db, Request request)
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) return Refusals.RedemptionReason();
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        if (Find(db, coOp, request.Number) is not { } redemption) return Refusals.RedemptionUnknown(request.Number);
        if (Back(db, redemption) is { } there) return new Result(redemption, there, AlreadyThere: true);
        var today = books.Today(coOp);
        var on = request.On ?? today;
        if (on < redemption.On || on > today) return Refusals.RedemptionDay(on, redemption.On, today);
        var year = coOp.YearOf(on).Year;
        if (db.YearClosings.Any(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == year)) return Refusals.RedemptionInClosedYear(on, year);
        if (Merged(db, redemption) is (var member, var kept)) return Refusals.RedemptionOfMerged(redemption.Number, member, kept);

        var reason = request.Reason.Trim();
        var posted = LedgerGuard.Append(db, coOp, OppositeEntries.Of(db, coOp, redemption.FirstSequence, redemption.LastSequence, on, reason).ToList(), books.Now);
        if (ShareLimits.Against(db, coOp, today, posted) is { } aboveLimit) return aboveLimit;
        var reversal = new EquityRedemptionReversal { CoOpId = coOp.Id, Number = redemption.Number, By = request.By, At = books.Now, On = on, Reason = reason, FirstSequence = posted.FirstSequence, LastSequence = posted.LastSequence };
        db.EquityRedemptionReversals.Add(reversal);
        AuditTrail.Add(db, coOp.Id, reversal.At, request.By, Verb, RedeemEquity.Subject(redemption.Number), Say(reversal));
        return new Result(redemption, reversal, AlreadyThere: false);
    }

    /// <summary>What the audit trail says of it.</summary>
    internal static string Say(EquityRedemptionReversal reversal) => $"{reversal.Reason}, dated {reversal.On:yyyy-MM-dd}";

    private static EquityRedemption? Find(EvergreenDb db, CoOp coOp, int number) => db.EquityRedemptions.AsNoTracking().SingleOrDefault(one => one.CoOpId == coOp.Id && one.Number == number);

    private static EquityRedemptionReversal? Back(EvergreenDb db, EquityRedemption redemption) => db.EquityRedemptionReversals.AsNoTracking().SingleOrDefault(one => one.CoOpId == redemption.CoOpId && one.Number == redemption.Number);

    /// <summary>The first of those who were paid whose record has ended in another since.</summary>
    private static (string Member, string Kept)? Merged(EvergreenDb db, EquityRedemption redemption)
    {
        var (coOpId, first, last) = (redemption.CoOpId, redemption.FirstSequence, redemption.LastSequence);
        var merged = (from entry in db.LedgerEntries
                      join merge in db.MemberMerges on entry.Item equals (long)merge.OtherId
                      join other in db.Members on merge.OtherId equals other.Id
                      join kept in db.Members on merge.KeptId equals kept.Id
                      where entry.CoOpId == coOpId && entry.Sequence >= first && entry.Sequence <= last
                      orderby other.Number
                      select new { Other = other.Number, Kept = kept.Number }).FirstOrDefault();
        return merged is null ? null : (merged.Other, merged.Kept);
    }
}

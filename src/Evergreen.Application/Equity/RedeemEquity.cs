using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Equity;

/// <summary>Pays members' capital back as the board resolved: notices up to a year, of all members or of one, or a part or all of what one member holds. All of it in one transaction, and once, however often it is asked for.</summary>
/// <remarks>
/// Each lot is debited and the bank credited, whatever stood against the lot when it came in: paying back is money, and box 5 of Form 1099-PATR counts nonqualified notices in the year in which money left the bank for them.
/// The same act under the same resolution is found again; where the day is named, the same act of that day, so that instalments of one resolution are told apart by their days.
/// Backup withholding (26 USC 3406) is not worked out on nonqualified notices that are paid back: everybody is noted as paid in full, and the result warns of those without a tax number.
/// </remarks>
public sealed class RedeemEquity(Books books)
{
    /// <summary>In characters.</summary>
    public const int LongestResolution = 100;
    internal const string Verb = "equity.redeem";

    /// <param name="Resolution">Number of the board's resolution.</param>
    /// <param name="On">The day on which the bank was charged; today where it is null. No later than today, and in an open year.</param>
    public sealed record Request(string? CoOp, string By, string Resolution, DateOnly? On = null, bool DryRun = false)
    {
        /// <summary>All notices of the kinds up to this fiscal year. One of this, <see cref="Amount"/> and <see cref="All"/> is given.</summary>
        public int? Through { get; init; }

        /// <summary>Number of the one member; all members where it is null, which <see cref="Through"/> alone may be for.</summary>
        public string? Member { get; init; }
        public Money? Amount { get; init; }

        /// <summary>All that the member holds of the kinds.</summary>
        public bool All { get; init; }

        /// <summary>Which lots give first for an amount.</summary>
        public RedemptionOrder Order { get; init; } = RedemptionOrder.OldestFirst;

        /// <summary>What takes part: both kinds of notices, unless others are named.</summary>
        public CapitalKinds Kinds { get; init; } = CapitalKinds.Notices;
    }

    /// <summary>What one account and vintage gave, over all members.</summary>
    /// <param name="FiscalYear">The vintage; null for shares and interest.</param>
    public sealed record Part(string AccountCode, string AccountName, int? FiscalYear, Money Amount);

    /// <param name="Member">Number of the one member; null where the act is for all.</param>
    /// <param name="AlreadyThere">The same act had been done before; this is that one.</param>
    /// <param name="Warning">What should be known before the money goes out, in plain words; null where there is nothing.</param>
    public sealed record Result(EquityRedemption Redemption, string? Member, IReadOnlyList<Part> Parts, bool AlreadyThere, string? Warning);

    /// <summary>What was asked for, found to be one thing.</summary>
    private sealed record Act(CoOp CoOp, Member? Member, string Resolution, Request Asked)
    {
        public RedemptionOrder Order => Asked.Amount is null ? RedemptionOrder.OldestFirst : Asked.Order;
    }

    public Outcome<Result> Run(Request request)
    {
        EquityRedemption? made = null;
        return books.Write(request.DryRun, db =>
        {
            var outcome = Redeem(db, request);
            made = outcome.IsRefused || outcome.Value.AlreadyThere ? null : outcome.Value.Redemption;
            return outcome;
        }, db => LookUp(db, request, made));
    }

    private static Outcome<Result>? LookUp(EvergreenDb db, Request request, EquityRedemption? made)
    {
        var act = Read(db, request);
        if (act.IsRefused || Before(db, act.Value) is not { } there) return null;
        return Told(db, act.Value, there, alreadyThere: made is null || (made.Number, made.By, made.At) != (there.Number, there.By, there.At));
    }

    private static Outcome<Act> Read(EvergreenDb db, Request request)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        var ways = (request.Through is null ? 0 : 1) + (request.Amount is null ? 0 : 1) + (request.All ? 1 : 0);
        if (ways != 1 || (request.Through is null && request.Member is null)) return Refusals.RedemptionScope();
        var resolution = request.Resolution.Trim();
        if (resolution.Length is 0 or > LongestResolution) return Refusals.RedemptionResolution(LongestResolution);
        if ((request.Kinds & CapitalKinds.All) == CapitalKinds.None || (request.Through is not null && (request.Kinds & ~CapitalKinds.Notices) != CapitalKinds.None)) return Refusals.RedemptionKinds();
        if (request.Member is null) return new Act(coOp, null, resolution, request);
        var member = FindMember.Run(db, coOp.Code, request.Member);
        if (member.IsRefused) return member.Refusal!;
        var id = member.Value.Member.Id;
        var kept = (from merge in db.MemberMerges join one in db.Members on merge.KeptId equals one.Id where merge.OtherId == id select one.Number).SingleOrDefault();
        return kept is null ? new Act(coOp, member.Value.Member, resolution, request) : Members.Refusals.AlreadyMerged(request.Member, kept);
    }

    /// <summary>The same act, done before and not taken back.</summary>
    private static EquityRedemption? Before(EvergreenDb db, Act act)
    {
        var (asked, coOpId, memberId) = (act.Asked, act.CoOp.Id, act.Member?.Id);
        var (through, cents, order, kinds, resolution) = (asked.Through, asked.Amount?.Cents, act.Order, asked.Kinds, act.Resolution);
        var same = db.EquityRedemptions.AsNoTracking().Where(one => one.CoOpId == coOpId && one.Resolution == resolution && one.ThroughYear == through && one.MemberId == memberId && one.AskedCents == cents && one.Order == order && one.Kinds == kinds
            && !db.EquityRedemptionReversals.Any(back => back.CoOpId == one.CoOpId && back.Number == one.Number));
        if (asked.On is { } on) same = same.Where(one => one.On == on);
        return same.OrderByDescending(one => one.Number).FirstOrDefault();
    }

    private Outcome<Result> Redeem(EvergreenDb db, Request request)
    {
        var read = Read(db, request);
        if (read.IsRefused) return read.Refusal!;
        var (act, coOp) = (read.Value, read.Value.CoOp);
        if (Before(db, act) is { } before) return Told(db, act, before, alreadyThere: true);
        var today = books.Today(coOp);
        var on = request.On ?? today;
        if (on > today) return Refusals.RedemptionInFuture(on, today);
        var year = coOp.YearOf(on).Year;
        if (db.YearClosings.Any(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == year)) return Refusals.RedemptionInClosedYear(on, year);

        var number = 1 + (db.EquityRedemptions.Where(one => one.CoOpId == coOp.Id).Max(one => (int?)one.Number) ?? 0);
        var entries = Entries(db, act, number, on);
        if (entries.IsRefused) return entries.Refusal!;
        var drafts = entries.Value;
        if (drafts.Count == 0) return Refusals.NothingToRedeem(on);
        var posted = LedgerGuard.Append(db, coOp, drafts, books.Now);
        var given = drafts.SelectMany(draft => draft.Lines).Where(line => line.MemberId is not null).ToLookup(line => line.AccountCode == AccountCodes.NonqualifiedNotices, line => new Money(line.AmountCents));
        var nonqualified = given[true].Sum(amount => amount);
        var redemption = new EquityRedemption
        {
            CoOpId = coOp.Id, Number = number, By = request.By, At = books.Now, On = on, Resolution = act.Resolution, ThroughYear = request.Through, MemberId = act.Member?.Id, AskedCents = request.Amount?.Cents, Order = act.Order, Kinds = request.Kinds,
            Members = drafts.Count, PaidCents = (nonqualified + given[false].Sum(amount => amount)).Cents, NonqualifiedCents = nonqualified.Cents, FirstSequence = posted.FirstSequence, LastSequence = posted.LastSequence,
        };
        db.EquityRedemptions.Add(redemption);
        AuditTrail.Add(db, coOp.Id, redemption.At, request.By, Verb, Subject(number), Say(redemption, act.Member?.Number));
        return Told(db, act, redemption, alreadyThere: false);
    }

    /// <summary>One entry for each member who gets something, in the order of their ids.</summary>
    private static Outcome<List<EntryDraft>> Entries(EvergreenDb db, Act act, int number, DateOnly on)
    {
        var (asked, drafts) = (act.Asked, new List<EntryDraft>());
        var held = RedeemableLots.Of(db, act.CoOp.Id, asked.Kinds, on, asked.Through, act.Member?.Id);
        if (asked.Amount is { } amount)
        {
            var taken = Redemption.OfAmount(held.SelectMany(member => member.Lots), asked.Kinds, amount, asked.Order);
            if (taken.IsRefused) return taken.Refusal!;
            drafts.Add(Redemption.Entry(number, act.Resolution, act.Member!.Id, taken.Value, on));
            return drafts;
        }
        foreach (var (member, lots) in held)
        {
            var taken = asked.Through is { } last ? Redemption.Through(lots, asked.Kinds, last) : Redemption.Everything(lots, asked.Kinds);
            if (taken.Count > 0) drafts.Add(Redemption.Entry(number, act.Resolution, member, taken, on));
        }
        return drafts;
    }

    private static Result Told(EvergreenDb db, Act act, EquityRedemption redemption, bool alreadyThere)
    {
        var (coOpId, first, last) = (redemption.CoOpId, redemption.FirstSequence, redemption.LastSequence);
        var lines = db.LedgerLines.AsNoTracking().Where(line => line.CoOpId == coOpId && line.Sequence >= first && line.Sequence <= last && line.MemberId != null);
        var parts = (from line in lines
                     join account in db.Accounts on line.AccountId equals account.Id
                     group line.AmountCents by new { account.Code, account.Name, line.Lot } into lot
                     orderby lot.Key.Code, lot.Key.Lot
                     select new { lot.Key.Code, lot.Key.Name, lot.Key.Lot, Cents = lot.Sum() }).AsEnumerable().Select(part => new Part(part.Code, part.Name, part.Lot, new Money(part.Cents))).ToList();
        return new Result(redemption, act.Member?.Number, parts, alreadyThere, Unwithheld(db, act.CoOp, redemption, lines));
    }

    private static string? Unwithheld(EvergreenDb db, CoOp coOp, EquityRedemption redemption, IQueryable<LedgerLine> lines)
    {
        if (coOp.Regime != TaxRegime.SubchapterT || redemption.NonqualifiedCents == 0) return null;
        var account = MemberBalances.AccountId(db, coOp.Id, AccountCodes.NonqualifiedNotices);
        var without = db.Members.Count(member => member.CoOpId == coOp.Id && member.TaxIdSealed == null && lines.Any(line => line.AccountId == account && line.MemberId == member.Id));
        return without == 0 ? null : $"Members without a tax number who are paid for nonqualified notices: {without}. Backup withholding (26 USC 3406) is not worked out here; see to it before the money goes out.";
    }

    internal static string Subject(int number) => $"redemption {number}";

    /// <summary>What the audit trail says of it.</summary>
    /// <param name="member">Number of the one member.</param>
    internal static string Say(EquityRedemption one, string? member)
    {
        var of = member is null ? "" : $" of member {member}";
        var what = one.ThroughYear is { } year ? $"{one.Kinds}{of} up to {year}" : one.AskedCents is { } cents ? $"{new Money(cents)} out of {one.Kinds}{of}, {one.Order}" : $"all {one.Kinds}{of}";
        return $"resolution {one.Resolution}: {what}; {new Money(one.PaidCents)} to {one.Members} members, dated {one.On:yyyy-MM-dd}";
    }
}

using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Equity;

/// <param name="Cents">What is held in withdrawable shares; more than zero.</param>
internal sealed record ShareHolder(string Number, string Name, MemberKind Kind, long Cents);

/// <summary>Holds members' withdrawable shares to the limit, wherever they are credited. The rule is <see cref="WithdrawableShares"/>.</summary>
internal sealed class ShareLimits
{
    private readonly Dictionary<int, long> held = [];
    private readonly HashSet<int> free = [];

    private ShareLimits(Money limit) => Limit = limit;

    public Money Limit { get; }

    /// <summary>What these members hold, as rows are to change it; null where no limit applies.</summary>
    public static ShareLimits? Of(EvergreenDb db, CoOp coOp, DateOnly today, IEnumerable<int> members)
    {
        if (WithdrawableShares.LimitOf(coOp, today) is not { } limit) return null;
        var limits = new ShareLimits(limit);
        var bound = WithdrawableShares.Bound.ToArray();
        foreach (var ids in members.Distinct().Chunk(500))
        {
            var some = ids.Select(id => (int?)id).ToArray();
            foreach (var sum in Lines(db, coOp).Where(line => some.Contains(line.MemberId)).GroupBy(line => line.MemberId!.Value).Select(member => new { Member = member.Key, Cents = member.Sum(line => line.AmountCents) })) limits.held[sum.Member] = -sum.Cents;
            limits.free.UnionWith(db.Members.Where(member => ids.Contains(member.Id) && !bound.Contains(member.Kind)).Select(member => member.Id));
        }
        return limits;
    }

    /// <param name="holds">What the member holds before.</param>
    /// <returns>False, and nothing changed, where the member would hold too much.</returns>
    public bool MayAdd(int member, string account, long amountCents, out Money holds)
    {
        holds = new Money(held.GetValueOrDefault(member));
        return free.Contains(member) || !WithdrawableShares.Accounts.Contains(account) || WithdrawableShares.MayAdd(Limit, holds, new Money(amountCents));
    }

    public void Add(int member, string account, long amountCents)
    {
        if (WithdrawableShares.Accounts.Contains(account)) held[member] = checked(held.GetValueOrDefault(member) + amountCents);
    }

    /// <summary>Why entries that were just written cannot stay: they gave a member shares, and now the member holds too many. Whoever held too many before and was given none is let be.</summary>
    public static Refusal? Against(EvergreenDb db, CoOp coOp, DateOnly today, Posted posted)
    {
        if (posted.Entries == 0 || WithdrawableShares.LimitOf(coOp, today) is not { } limit) return null;
        var (first, last) = (posted.FirstSequence, posted.LastSequence);
        var credited = Lines(db, coOp).Where(line => line.CoOpId == coOp.Id && line.Sequence >= first && line.Sequence <= last).GroupBy(line => line.MemberId).Where(member => member.Sum(line => line.AmountCents) < 0).Select(member => member.Key);
        var bound = WithdrawableShares.Bound.ToArray();
        var holder = Holders(db, Lines(db, coOp).Where(line => credited.Contains(line.MemberId)), limit).Where(holder => bound.Contains(holder.Kind)).OrderBy(holder => holder.Number).FirstOrDefault();
        return holder is null ? null : Refusals.ShareLimit(holder.Number, new Money(holder.Cents), limit);
    }

    /// <summary>Whom the limit binds and a run that is not posted would bring above it by shares it gives, with what they would hold, in the order of their numbers.</summary>
    public static IReadOnlyList<ShareHolder> AboveAfter(EvergreenDb db, CoOp coOp, DateOnly today, DividendRun run)
    {
        if (WithdrawableShares.LimitOf(coOp, today) is not { Cents: var most }) return [];
        var (bound, lines) = (WithdrawableShares.Bound.ToArray(), Lines(db, coOp));
        return (from given in db.Allocations.Where(row => row.RunId == run.Id && row.DividendCents >= 0).GroupBy(row => row.MemberId).Select(member => new { Member = member.Key, Cents = member.Sum(row => row.CapitalCents) })
                join member in db.Members on given.Member equals member.Id
                let cents = given.Cents - lines.Where(line => line.MemberId == member.Id).Sum(line => line.AmountCents)
                where given.Cents > 0 && cents > most && bound.Contains(member.Kind)
                orderby member.Number
                select new ShareHolder(member.Number, member.Name, member.Kind, cents)).ToList();
    }

    /// <summary>Why a run cannot be approved: with it somebody would hold too many.</summary>
    public static Refusal? Against(EvergreenDb db, CoOp coOp, DateOnly today, DividendRun run) =>
        AboveAfter(db, coOp, today, run) is [var holder, ..] ? Refusals.ShareLimit(holder.Number, new Money(holder.Cents), WithdrawableShares.LimitOf(coOp, today)!.Value) : null;

    /// <summary>Everybody who holds more, people and organisations, in the order of their numbers.</summary>
    public static IQueryable<ShareHolder> Above(EvergreenDb db, CoOp coOp, Money limit) => Holders(db, Lines(db, coOp), limit).OrderBy(holder => holder.Number).Select(holder => new ShareHolder(holder.Number, holder.Name, holder.Kind, holder.Cents));

    private static IQueryable<LedgerLine> Lines(EvergreenDb db, CoOp coOp)
    {
        var codes = WithdrawableShares.Accounts.ToArray();
        var accounts = db.Accounts.Where(account => account.CoOpId == coOp.Id && codes.Contains(account.Code)).Select(account => account.Id).ToArray();
        return db.LedgerLines.Where(line => accounts.Contains(line.AccountId) && line.MemberId != null);
    }

    /// <remarks>Made by its properties, so that the database can sort by them.</remarks>
    private sealed record Held
    {
        public required string Number { get; init; }
        public required string Name { get; init; }
        public required MemberKind Kind { get; init; }
        public required long Cents { get; init; }
    }

    private static IQueryable<Held> Holders(EvergreenDb db, IQueryable<LedgerLine> lines, Money moreThan)
    {
        var below = -moreThan.Cents;
        return from sum in lines.GroupBy(line => line.MemberId!.Value).Select(member => new { Member = member.Key, Cents = member.Sum(line => line.AmountCents) })
               join member in db.Members on sum.Member equals member.Id
               where sum.Cents < below
               select new Held { Number = member.Number, Name = member.Name, Kind = member.Kind, Cents = -sum.Cents };
    }
}

using System.Numerics;
using Evergreen.Application.Equity;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>What the board of a modelled co-op pays back of its members' capital, and takes back: each answer, and what each lot gives, worked out on the model's sheet without the program's own arithmetic.</summary>
internal sealed class ModelledRedemptions(Books books, CoOp coOp, Random random, IReadOnlyList<Member> members, IReadOnlyDictionary<int, int> mergedInto)
{
    private static readonly Dictionary<string, (CapitalKinds Kind, int Turn)> Lots = new(StringComparer.Ordinal)
    {
        [AccountCodes.QualifiedNotices] = (CapitalKinds.Qualified, 0), [AccountCodes.NonqualifiedNotices] = (CapitalKinds.Nonqualified, 0), [AccountCodes.PreferredShares] = (CapitalKinds.Preferred, 1), [AccountCodes.MembershipShares] = (CapitalKinds.Shares, 2),
    };

    private readonly Dictionary<int, List<(ModelAccount Lot, long Cents)>> standing = [];
    private int resolutions;

    /// <returns>Whether anything was paid back.</returns>
    public bool PayBack(ModelLedger ledger, List<string> script)
    {
        // Mostly somebody who has something, and the kind and year of it.
        var owned = ledger.Balances.Where(balance => balance.Cents < 0 && Lots.ContainsKey(balance.Account.Code)).Select(balance => balance.Account).OrderBy(lot => lot.Code, StringComparer.Ordinal).ThenBy(lot => lot.Member).ThenBy(lot => lot.Lot).ToList();
        if (owned.Count == 0 && random.Next(4) > 0) return false;
        ModelAccount? near = owned.Count == 0 ? null : owned[random.Next(owned.Count)];
        var member = near is null || random.Next(5) == 0 ? members[random.Next(members.Count)] : members.Single(one => one.Id == near.Value.Member);
        var kinds = random.Next(3) switch { 0 => CapitalKinds.Notices, 1 => CapitalKinds.All, _ => CapitalKinds.Interest | (near is null ? CapitalKinds.Nonqualified : Lots[near.Value.Code].Kind) };
        var through = near is { Lot: > 0 } notice ? random.Next(notice.Lot - 1, 2026) : random.Next(2018, 2026);
        var request = new RedeemEquity.Request(coOp.Code, "ann", $"R{++resolutions}") { Kinds = kinds, Order = (RedemptionOrder)random.Next(1, 4) };
        var way = random.Next(4);
        request = way switch
        {
            0 => request with { Through = through, Kinds = CapitalKinds.Notices },
            1 => request with { Through = through, Kinds = random.Next(2) == 0 ? CapitalKinds.Nonqualified : CapitalKinds.Qualified, Member = member.Number },
            2 => request with { Member = member.Number, All = true },
            _ => request with { Member = member.Number },
        };
        var held = ledger.Balances.Where(balance => balance.Cents < 0 && Lots.TryGetValue(balance.Account.Code, out var lot) && (lot.Kind & request.Kinds) != CapitalKinds.None
                && (request.Member is null || balance.Account.Member == member.Id) && (request.Through is null || (balance.Account.Lot != 0 && balance.Account.Lot <= request.Through)))
            .Select(balance => (Lot: balance.Account, Cents: -balance.Cents)).OrderBy(lot => Lots[lot.Lot.Code].Turn).ThenBy(lot => lot.Lot.Lot).ThenBy(lot => lot.Lot.Code, StringComparer.Ordinal).ToList();
        var sum = held.Sum(lot => lot.Cents);
        if (way == 3) request = request with { Amount = new Money(sum == 0 || random.Next(5) == 0 ? sum + random.Next(1, 100) : random.NextInt64(1, sum + 1)) };
        script.Add($"pay back {request}");
        var expected = request.Member is not null && mergedInto.ContainsKey(member.Id) ? "member-merged" : request.Amount?.Cents > sum ? "redemption-too-much" : sum == 0 ? "redemption-nothing" : null;
        var outcome = new RedeemEquity(books).Run(request);
        Assert.That(outcome.Refusal?.Code, Is.EqualTo(expected), outcome.Refusal?.Sentence);
        if (outcome.IsRefused) return false;
        var given = request.Amount is { } amount ? Given(held, amount.Cents, request.Order) : held;
        foreach (var (lot, cents) in given) ledger.PayBack(lot, cents);
        var redemption = outcome.Value.Redemption;
        Assert.That((redemption.PaidCents, redemption.Members), Is.EqualTo((given.Sum(lot => lot.Cents), given.Select(lot => lot.Lot.Member).Distinct().Count())));
        standing.Add(redemption.Number, given);
        // Asked for again it is that one.
        var again = new RedeemEquity(books).Run(request).Value;
        Assert.That((again.AlreadyThere, again.Redemption.Number), Is.EqualTo((true, redemption.Number)));
        return true;
    }

    /// <returns>False where there is nothing to take back.</returns>
    public bool TakeBack(ModelLedger ledger, List<string> script)
    {
        if (standing.Count == 0) return false;
        var (number, given) = standing.ElementAt(random.Next(standing.Count));
        script.Add($"take redemption {number} back");
        var outcome = new ReverseRedemption(books).Run(new(coOp.Code, number, "ann", "the cheque came back"));
        Assert.That(outcome.Refusal?.Code, Is.EqualTo(given.Exists(lot => mergedInto.ContainsKey(lot.Lot.Member)) ? "redemption-member-merged" : null), outcome.Refusal?.Sentence);
        if (outcome.IsRefused) return true;
        foreach (var (lot, cents) in given) ledger.PayBack(lot, -cents);
        standing.Remove(number);
        return true;
    }

    /// <param name="held">The oldest first.</param>
    private static List<(ModelAccount Lot, long Cents)> Given(List<(ModelAccount Lot, long Cents)> held, long amount, RedemptionOrder order)
    {
        if (order == RedemptionOrder.Percentage)
        {
            var sum = held.Sum(lot => lot.Cents);
            var shares = held.Select((lot, i) => (lot.Lot, Exact: (BigInteger)amount * lot.Cents, Place: i)).ToList();
            var left = amount - shares.Sum(share => (long)(share.Exact / sum));
            var winners = shares.OrderByDescending(share => share.Exact % sum).ThenBy(share => share.Place).Take((int)left).Select(share => share.Place).ToHashSet();
            return [.. shares.Select(share => (share.Lot, Cents: (long)(share.Exact / sum) + (winners.Contains(share.Place) ? 1 : 0))).Where(share => share.Cents > 0)];
        }
        var given = new List<(ModelAccount, long)>();
        foreach (var (lot, cents) in order == RedemptionOrder.OldestFirst ? held : [.. held.OrderBy(lot => Lots[lot.Lot.Code].Turn).ThenByDescending(lot => lot.Lot.Lot).ThenBy(lot => lot.Lot.Code, StringComparer.Ordinal)])
        {
            var part = Math.Min(cents, amount);
            if (part > 0) given.Add((lot, part));
            amount -= part;
        }
        return given;
    }
}

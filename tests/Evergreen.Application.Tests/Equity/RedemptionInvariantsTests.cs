using CsCheck;
using Evergreen.Application.CoOps;
using Evergreen.Application.Equity;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Equity;

/// <summary>Whatever a co-op's members hold and whatever its board pays back of it: no lot is ever below zero, the bank pays what the lots gave, and box 5 of the tax forms is the nonqualified notices of the year and nothing else.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class RedemptionInvariantsTests(TestDatabase databases)
{
    private static readonly string[] Accounts = [AccountCodes.QualifiedNotices, AccountCodes.NonqualifiedNotices, AccountCodes.PreferredShares, AccountCodes.MembershipShares, AccountCodes.AccountInterest];

    /// <param name="Year">Zero for what has no vintage.</param>
    private sealed record Brought(int Member, string Account, int Year, long Cents);

    /// <param name="Member">Zero for all.</param>
    /// <param name="Percent">Of what the one member holds of the kinds; zero for all of it.</param>
    private sealed record Act(int Member, int Through, int Percent, RedemptionOrder Order, CapitalKinds Kinds, DateOnly On, bool TakenBack);

    private static readonly Gen<Brought> AnyLot = Gen.Select(Gen.Int[1, 5], Gen.Int[0, 4], Gen.Int[2015, 2023], Gen.Long[1, 900_00], (member, account, year, cents) => new Brought(member, Accounts[account], account < 2 ? year : 0, cents));

    private static readonly Gen<Act> AnyAct = Gen.Select(Gen.Int[0, 5], Gen.Int[2014, 2024], Gen.Int[0, 100], Gen.Int[1, 3], Gen.Int[1, 31], Gen.Int[0, 700], Gen.Int[0, 4],
        (member, through, percent, order, kinds, day, back) => new Act(member, through, percent, (RedemptionOrder)order, (CapitalKinds)kinds, new DateOnly(2024, 2, 1).AddDays(day), back == 0));

    [Test]
    public void LotsStayAboveZeroAndOnlyNonqualifiedNoticesReachBoxFive()
    {
        using var database = databases.Create();
        var (books, coOps, paid, nonqualified) = (database.Books, 0, 0, 0L);
        Gen.Select(AnyLot.Array[4, 25], AnyAct.Array[3, 8]).Sample((lots, acts) =>
        {
            var coOp = new CreateCoOp(books).Run(new CreateCoOp.Request($"c{++coOps}", "The Co-op", "US", "USD", 12, TaxRegime.SubchapterT, "ann")).Value;
            var members = books.Write<List<Member>>(false, db =>
            {
                List<Member> made = [.. Enumerable.Range(1, 5).Select(i => new Member { CoOpId = coOp.Id, Number = $"{i}", Kind = MemberKind.Person, Name = $"Member {i}", TaxIdSealed = "sealed" })];
                db.AddRange(made);
                db.SaveChanges();
                LedgerGuard.Append(db, coOp, lots.Select((lot, i) => new EntryDraft(EntryKind.EquityContribution, 1_000_000 + coOp.Id, i, new DateOnly(2024, 1, 31), "Brought over", null,
                    new EntryLine(AccountCodes.NetAssets, null, null, lot.Cents), new EntryLine(lot.Account, made[lot.Member - 1].Id, lot.Year == 0 ? null : lot.Year, -lot.Cents))), books.Now);
                return made;
            }).Value;
            foreach (var (act, i) in acts.Select((act, i) => (act, i)))
            {
                var (before, bank) = (Held(books, coOp), Bank(books, coOp));
                var request = Request(act, i, coOp, before);
                var outcome = new RedeemEquity(books).Run(request);
                Assert.That(outcome.Refusal?.Code, Is.AnyOf(null, "redemption-nothing", "redemption-kinds", "redemption-too-much", "redemption-amount"));
                var after = Held(books, coOp);
                Assert.That(after.Values, Is.All.Not.Negative, "no lot is below zero");
                if (outcome.IsRefused)
                {
                    Assert.That(after, Is.EquivalentTo(before));
                    continue;
                }
                paid++;
                var redemption = outcome.Value.Redemption;
                var given = before.ToDictionary(lot => lot.Key, lot => lot.Value - after.GetValueOrDefault(lot.Key));
                Assert.That((given.Values.Sum(), bank - Bank(books, coOp), outcome.Value.Parts.Sum(part => part.Amount).Cents), Is.EqualTo((redemption.PaidCents, redemption.PaidCents, redemption.PaidCents)), "the parts are the amount");
                Assert.That(given.Where(lot => lot.Value != 0), Is.All.Matches<KeyValuePair<(string Member, string Account, int Year), long>>(lot => request.Kinds.HasFlag(Kind(lot.Key.Account)) && (act.Member == 0 || lot.Key.Member == $"{act.Member}") && (request.Through is null || (lot.Key.Year != 0 && lot.Key.Year <= request.Through))));
                if (request.Amount is null) Assert.That(after.Where(lot => given[lot.Key] != 0), Is.All.Matches<KeyValuePair<(string, string, int), long>>(lot => lot.Value == 0), "what gives, gives all");
                else if (act.Order != RedemptionOrder.Percentage) KeepsOrder(given, after, act.Order);
                if (act.TakenBack)
                {
                    Assert.That(new ReverseRedemption(books).Run(new(coOp.Code, redemption.Number, "ann", "it came back", act.On)).IsRefused, Is.False);
                    Assert.That(Held(books, coOp), Is.EquivalentTo(before));
                }
            }
            foreach (var year in (int[])[2024, 2025, 2026])
            {
                var forms = new WorkOutTaxForms(books).Run(new(coOp.Code, year)).Value;
                // The ledger's own lines tell what each was paid in the year for nonqualified notices and kept.
                var expected = books.Read(db => (from line in db.LedgerLines
                                                 join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                                                 join account in db.Accounts on line.AccountId equals account.Id
                                                 join member in db.Members on line.MemberId equals member.Id
                                                 where line.CoOpId == coOp.Id && entry.Kind == EntryKind.EquityRedemption && account.Code == AccountCodes.NonqualifiedNotices && !db.LedgerEntries.Any(back => back.CoOpId == coOp.Id && back.Reverses == entry.Sequence)
                                                 select new { member.Number, entry.On, line.AmountCents }).ToList()).Where(line => line.On.Year == year).GroupBy(line => line.Number).ToDictionary(one => one.Key, one => one.Sum(line => line.AmountCents));
                Assert.That(forms.Forms.Select(form => KeyValuePair.Create(form.Number, form.Boxes.Redeemed.Cents)), Is.EquivalentTo(expected));
                Assert.That(forms.Forms.Select(form => form.Boxes.Dividends), Is.All.EqualTo(Money.Zero));
                nonqualified += expected.Values.Sum();
            }
        }, seed: "0000Evergreen", iter: databases.Kind == DatabaseKind.Sqlite ? 30 : 8, threads: 1);
        Assert.That(new CheckBooks(books).Run(new()).Value.Findings, Is.Empty);
        Assert.That((paid > coOps, nonqualified > 0), Is.EqualTo((true, true)), "something was paid back");
    }

    private static RedeemEquity.Request Request(Act act, int i, CoOp coOp, Dictionary<(string Member, string Account, int Year), long> held)
    {
        var request = new RedeemEquity.Request(coOp.Code, "ann", $"R{i}", act.On) { Kinds = act.Kinds, Order = act.Order };
        if (act.Member == 0) return request with { Through = act.Through, Kinds = act.Kinds & CapitalKinds.Notices };
        request = request with { Member = $"{act.Member}" };
        return act.Percent == 0 ? request with { All = true } : request with { Amount = new Money(held.Where(lot => lot.Key.Member == request.Member && act.Kinds.HasFlag(Kind(lot.Key.Account))).Sum(lot => lot.Value) * act.Percent / 100) };
    }

    /// <summary>Notices before what has no year, and of them each that still holds something is no nearer the front than one that gave.</summary>
    private static void KeepsOrder(Dictionary<(string Member, string Account, int Year), long> given, Dictionary<(string Member, string Account, int Year), long> after, RedemptionOrder order)
    {
        var gave = given.Where(lot => lot.Value > 0).Select(lot => lot.Key).ToList();
        var accounts = gave.Select(lot => lot.Account).ToHashSet();
        foreach (var lot in gave)
            foreach (var (other, _) in after.Where(one => one.Value > 0 && one.Key.Member == lot.Member && accounts.Contains(one.Key.Account)))
                Assert.That(order == RedemptionOrder.OldestFirst ? Turn(other) >= Turn(lot) : Turn(other) <= Turn(lot) || other.Year == 0, Is.True, $"{other} was to give before {lot}");

        int Turn((string Member, string Account, int Year) lot) => lot.Year == 0 ? (order == RedemptionOrder.OldestFirst ? 9_999 : 0) : lot.Year;
    }

    private static CapitalKinds Kind(string account) => new CapitalLot(account, null, Money.Zero).Kind;

    private static long Bank(Books books, CoOp coOp) => books.Read(db => MemberBalances.OfAccount(db, coOp.Id, AccountCodes.Bank)).Cents;

    private static Dictionary<(string Member, string Account, int Year), long> Held(Books books, CoOp coOp) => books.Read(db =>
        (from line in db.LedgerLines
         join account in db.Accounts on line.AccountId equals account.Id
         join member in db.Members on line.MemberId equals member.Id
         where line.CoOpId == coOp.Id
         group line.AmountCents by new { member.Number, account.Code, line.Lot } into lot
         select new { lot.Key.Number, lot.Key.Code, lot.Key.Lot, Cents = -lot.Sum() }).ToDictionary(lot => (lot.Number, lot.Code, lot.Lot ?? 0), lot => lot.Cents));
}

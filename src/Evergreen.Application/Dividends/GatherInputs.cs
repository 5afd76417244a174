using System.Numerics;
using Evergreen.Application.Equity;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Periods;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>Reads everything a dividend follows from, as of the year end. Its cost follows members: rows were summed when they were imported.</summary>
internal sealed class GatherInputs(EvergreenDb db, CoOp coOp, FiscalYear year, DividendPolicy policy, string policySha256)
{
    private readonly Dictionary<int, int> indexOf = [];
    private readonly GatheredExtent extent = GatheredExtent.Of(policy);

    public CalculationInputs Run()
    {
        var figures = db.SurplusLines.AsNoTracking().Where(line => line.CoOpId == coOp.Id && line.FiscalYear == year.Year).OrderBy(line => line.No).ToList();
        var members = Members(figures);
        var categories = db.PatronageCategories.AsNoTracking().Where(category => category.CoOpId == coOp.Id).ToDictionary(category => category.Id, category => category.Code);
        var sums = new List<PatronageSum>();
        foreach (var total in db.PatronageTotals.AsNoTracking().Where(total => total.CoOpId == coOp.Id && total.FiscalYear == year.Year)
            .Select(total => new { total.MemberId, total.Measure, total.CategoryId, total.Eligibility, total.Quantity }))
            sums.Add(new PatronageSum(total.MemberId, total.Measure, categories.GetValueOrDefault(total.CategoryId), total.Eligibility, total.Quantity));
        return new CalculationInputs
        {
            Regime = coOp.Regime,
            Year = year,
            Policy = policy,
            PolicySha256 = policySha256,
            Figures = figures,
            Members = members,
            Patronage = sums,
            OutsideConsent = OutsideConsent(members, categories),
            CollectiveReserve = -MemberBalances.OfAccount(db, coOp.Id, AccountCodes.CollectiveReserve),
            LossesCarriedForward = MemberBalances.OfAccount(db, coOp.Id, AccountCodes.LossesCarriedForward),
        };
    }

    private List<MemberFacts> Members(List<SurplusLine> figures)
    {
        var read = db.Members.AsNoTracking().Where(member => member.CoOpId == coOp.Id)
            .Select(member => new { member.Id, member.Number, member.HouseholdOfId, HasTaxId = member.TaxIdSealed != null }).ToList();
        read.Sort((a, b) => MemberNumber.Order.Compare(a.Number, b.Number));
        for (var i = 0; i < read.Count; i++) indexOf[read[i].Id] = i;

        var status = new MemberStatus?[read.Count];
        var joined = new DateOnly?[read.Count];
        var goings = new Dictionary<int, List<StatusChange>>();
        foreach (var change in db.StatusChanges.AsNoTracking().Where(change => change.CoOpId == coOp.Id && change.On <= year.EndsOn).OrderBy(change => change.On).ThenBy(change => change.Id)
            .Select(change => new { change.Id, change.MemberId, change.On, change.Status }))
        {
            var at = indexOf[change.MemberId];
            if (status[at] != MemberStatus.Deceased) status[at] = change.Status;
            if (change.Status == MemberStatus.Active) joined[at] ??= change.On;
            // Only from the end of a membership on does its status bear on a consent.
            if (!goings.TryGetValue(change.MemberId, out var going) && change.Status.EndsMembership()) goings[change.MemberId] = going = new(1);
            going?.Add(new StatusChange { Id = change.Id, CoOpId = coOp.Id, MemberId = change.MemberId, On = change.On, Status = change.Status, RecordedAt = default });
        }
        var classes = Classes(read.Count);
        var covers = Covers(goings);
        var shares = extent.Shares ? SharesAtYearEnd() : [];
        var rolled = MemberBalances.ByMember(db, coOp.Id, AccountCodes.PatronageRolledForward);
        var lots = MembersMayBearALoss(figures) ? MemberBalances.Notices(db, coOp.Id) : [];
        var shareDays = extent.ShareDays ? ShareCentDays() : [];

        var facts = new List<MemberFacts>(read.Count);
        for (var i = 0; i < read.Count; i++)
        {
            var member = read[i];
            facts.Add(new MemberFacts(member.Id, member.Number)
            {
                Status = status[i],
                JoinedOn = joined[i],
                Classes = classes[i],
                Consent = covers.GetValueOrDefault(member.Id, ConsentCover.None),
                HasTaxId = member.HasTaxId,
                OwnerId = member.HouseholdOfId,
                MembershipShare = shares.GetValueOrDefault(member.Id),
                RolledForward = rolled.GetValueOrDefault(member.Id),
                Lots = lots.TryGetValue(member.Id, out var held) ? held : [],
                ShareCentDays = shareDays.GetValueOrDefault(member.Id),
            });
        }
        return facts;
    }

    private string[][] Classes(int count)
    {
        var codes = db.MemberClasses.AsNoTracking().Where(memberClass => memberClass.CoOpId == coOp.Id).ToDictionary(memberClass => memberClass.Id, memberClass => memberClass.Code);
        var sets = new SortedSet<int>?[count];
        foreach (var change in db.ClassChanges.AsNoTracking().Where(change => change.CoOpId == coOp.Id && change.On <= year.EndsOn).OrderBy(change => change.On).ThenBy(change => change.Id)
            .Select(change => new { change.MemberId, change.ClassId, change.Entered }))
        {
            ref var set = ref sets[indexOf[change.MemberId]];
            if (change.Entered) (set ??= []).Add(change.ClassId);
            else set?.Remove(change.ClassId);
        }
        // Members share a few combinations of classes; each is made once.
        var combinations = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var result = new string[count][];
        for (var i = 0; i < count; i++)
        {
            var key = sets[i] is { } set ? string.Join(',', set) : "";
            if (!combinations.TryGetValue(key, out var combination))
                combinations[key] = combination = sets[i] is { } classes ? [.. classes.Select(id => codes[id]).Order(StringComparer.Ordinal)] : [];
            result[i] = combination;
        }
        return result;
    }

    /// <summary>What the consents of each member cover. The facts pass by member after member, and of the covers, of which most are alike, each is kept once.</summary>
    private Dictionary<int, ConsentCover> Covers(Dictionary<int, List<StatusChange>> goings)
    {
        var covers = new Dictionary<int, ConsentCover>();
        var alike = new Dictionary<string, ConsentCover>(StringComparer.Ordinal);
        var ofMember = new List<ConsentFact>();
        foreach (var fact in db.ConsentFacts.AsNoTracking().Where(fact => fact.CoOpId == coOp.Id && fact.On <= year.EndsOn).OrderBy(fact => fact.MemberId))
        {
            if (ofMember.Count > 0 && ofMember[0].MemberId != fact.MemberId) Close();
            ofMember.Add(fact);
        }
        Close();
        return covers;

        void Close()
        {
            if (ofMember.Count == 0) return;
            var cover = MemberHistory.ConsentIn(year, ofMember, goings.GetValueOrDefault(ofMember[0].MemberId) ?? []);
            var text = cover.Text(year);
            if (!alike.TryGetValue(text, out var kept)) alike[text] = kept = cover;
            covers[ofMember[0].MemberId] = kept;
            ofMember.Clear();
        }
    }

    /// <summary>Patronage of the days that a consent does not cover, where it took effect or ended within the year: from the rows themselves, of these members only.</summary>
    private List<PatronageSum> OutsideConsent(List<MemberFacts> members, Dictionary<int, string> categories)
    {
        var coverOf = new Dictionary<int, (ConsentCover Cover, DateOnly LastOutside)>();
        foreach (var member in members)
        {
            var owner = member;
            for (var steps = 0; owner.OwnerId is { } ownerId && steps < members.Count; steps++) owner = members[indexOf[ownerId]];
            if (!owner.Consent.IsNone && owner.Consent.Gaps(year) is [.., var gap]) coverOf[member.Id] = (owner.Consent, gap.To);
        }
        var sums = new Dictionary<(int, Measure, int, RowEligibility), long>();
        foreach (var chunk in coverOf.Keys.Order().Chunk(500))
        {
            var last = chunk.Max(id => coverOf[id].LastOutside);
            var purchases = db.Purchases.AsNoTracking().Where(row => row.MemberId != null && chunk.Contains(row.MemberId.Value) && row.On >= year.StartsOn && row.On <= last)
                .GroupBy(row => new { row.MemberId, row.On, row.CategoryId, row.Eligibility })
                .Select(group => new { group.Key.MemberId, group.Key.On, group.Key.CategoryId, group.Key.Eligibility, Cents = group.Sum(row => row.AmountCents), Volume = group.Sum(row => row.VolumeHundredths ?? 0) });
            foreach (var row in purchases)
            {
                if (coverOf[row.MemberId!.Value].Cover.Covers(row.On)) continue;
                Add(row.MemberId.Value, Measure.Purchases, row.CategoryId, row.Eligibility, row.Cents);
                Add(row.MemberId.Value, Measure.Volume, row.CategoryId, row.Eligibility, row.Volume);
            }
            var hours = db.HoursWorked.AsNoTracking().Where(row => row.MemberId != null && chunk.Contains(row.MemberId.Value) && row.On >= year.StartsOn && row.On <= last)
                .GroupBy(row => new { row.MemberId, row.On, row.CategoryId })
                .Select(group => new { group.Key.MemberId, group.Key.On, group.Key.CategoryId, Hours = group.Sum(row => row.HoursHundredths), Wages = group.Sum(row => row.WagesCents ?? 0) });
            foreach (var row in hours)
            {
                if (coverOf[row.MemberId!.Value].Cover.Covers(row.On)) continue;
                Add(row.MemberId.Value, Measure.Hours, row.CategoryId, RowEligibility.ByDepartment, row.Hours);
                Add(row.MemberId.Value, Measure.Wages, row.CategoryId, RowEligibility.ByDepartment, row.Wages);
            }
        }
        return [.. sums.Select(sum => new PatronageSum(sum.Key.Item1, sum.Key.Item2, categories.GetValueOrDefault(sum.Key.Item3), sum.Key.Item4, sum.Value))];

        void Add(int member, Measure measure, int category, RowEligibility eligibility, long quantity)
        {
            if (quantity == 0) return;
            var key = (member, measure, category, eligibility);
            sums[key] = sums.GetValueOrDefault(key) + quantity;
        }
    }

    private bool MembersMayBearALoss(List<SurplusLine> figures) =>
        extent.Notices && figures.Where(line => line.FromPatronage).GroupBy(line => line.Pool).Any(pool => pool.Sum(line => line.AmountCents) < 0);

    private Dictionary<int, Money> SharesAtYearEnd()
    {
        var account = MemberBalances.AccountId(db, coOp.Id, AccountCodes.MembershipShares);
        return (from line in db.LedgerLines
                join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                where line.AccountId == account && line.MemberId != null && entry.On <= year.EndsOn
                group line.AmountCents by line.MemberId!.Value into member
                select new { Member = member.Key, Cents = member.Sum() }).ToDictionary(sum => sum.Member, sum => new Money(-sum.Cents));
    }

    /// <summary>Share capital times days held in the year; an amount counts from the day it was paid in, the year end included.</summary>
    private Dictionary<int, BigInteger> ShareCentDays()
    {
        var account = MemberBalances.AccountId(db, coOp.Id, AccountCodes.MembershipShares);
        var days = new Dictionary<int, BigInteger>();
        var movements = from line in db.LedgerLines
                        join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                        where line.AccountId == account && line.MemberId != null && entry.On <= year.EndsOn
                        group line.AmountCents by new { Member = line.MemberId!.Value, entry.On } into day
                        select new { day.Key.Member, day.Key.On, Cents = day.Sum() };
        foreach (var movement in movements)
        {
            var first = movement.On < year.StartsOn ? year.StartsOn : movement.On;
            days[movement.Member] = days.GetValueOrDefault(movement.Member) - (BigInteger)movement.Cents * (year.EndsOn.DayNumber - first.DayNumber + 1);
        }
        return days;
    }
}

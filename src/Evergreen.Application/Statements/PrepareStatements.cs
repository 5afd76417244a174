using System.Globalization;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Languages;
using Evergreen.Domain.Members;
using Evergreen.Domain.Periods;
using Evergreen.Domain.Statements;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Statements;

/// <summary>Puts together what statements print, some hundred members at a time, from the posted run and the ledger.</summary>
/// <remarks>
/// A year's account runs from the close of the year before, with that year's dividend, to the close of this year, with this year's dividend:
/// so that each statement opens with the figure with which the one before it closed, whenever the dividend was posted.
/// What concerns the run is read once, what concerns members when their statements are asked for; one thread at a time.
/// </remarks>
internal sealed class PrepareStatements
{
    private const int YearsInChart = 8;
    private readonly CoOp coOp;
    private readonly DividendRun run;
    private readonly FiscalYear year;
    private readonly DateOnly issuedOn;
    private readonly DividendPolicy policy;
    private readonly Dictionary<int, RunPool> pools;
    private readonly StatementCoOp letterhead;
    private readonly Working working;
    private readonly Dictionary<Language, (StatementSentences Sentences, IReadOnlyList<EarningsStep> Earnings)> spoken = [];
    private readonly Dictionary<int, string> accountCodes;
    private readonly Dictionary<long, int> yearOfRun;
    private readonly List<(long First, long Last)> reversals;
    private readonly HashSet<long> reversedRuns;
    private readonly List<(long First, long Last)> undone;
    private readonly (string Run, string Reason)? corrects;
    private readonly CoOpTexts texts;

    public PrepareStatements(EvergreenDb db, CoOp coOp, DividendRun run, DateOnly issuedOn)
    {
        (this.coOp, this.run, this.issuedOn) = (coOp, run, issuedOn);
        year = coOp.Year(run.FiscalYear);
        policy = PolicyDocument.Read(db.PolicyVersions.AsNoTracking().Single(version => version.Id == run.PolicyVersionId).Json).Value;
        pools = CalculateDividend.Pools(db, run.Id).ToDictionary(pool => pool.PoolNo);
        working = WorkingJson.Read(run.WorkingJson);
        accountCodes = db.Accounts.AsNoTracking().Where(account => account.CoOpId == coOp.Id).ToDictionary(account => account.Id, account => account.Code);
        yearOfRun = db.DividendRuns.AsNoTracking().Where(other => other.CoOpId == coOp.Id).ToDictionary(other => (long)other.Id, other => other.FiscalYear);
        var reversed = (from reversal in db.DividendReversals join other in db.DividendRuns on reversal.RunId equals other.Id where other.CoOpId == coOp.Id select reversal).AsNoTracking().ToList();
        reversals = reversed.ConvertAll(reversal => (reversal.FirstSequence, reversal.LastSequence));
        reversedRuns = [.. reversed.Select(reversal => (long)reversal.RunId)];
        undone = RedemptionsUndone(db);
        corrects = Corrects(db);
        letterhead = Letterhead(coOp);
        texts = CoOpTexts.Of(db, coOp);
    }

    /// <summary>What a statement says of the co-op.</summary>
    internal static StatementCoOp Letterhead(CoOp coOp) => new()
    {
        Name = coOp.Name,
        AddressLines = coOp.Address.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        Country = coOp.Regime == TaxRegime.UkRegisteredSociety ? StatementCountry.UnitedKingdom : StatementCountry.UnitedStates,
        Currency = coOp.Currency,
        ContactName = coOp.ContactName,
        ContactEmail = NullIfEmpty(coOp.ContactEmail),
        ContactPhone = NullIfEmpty(coOp.ContactPhone),
        BrandColour = coOp.BrandColour,
        Logo = coOp.LogoPng is { Length: > 0 } logo ? (ReadOnlyMemory<byte>?)logo : null,
    };

    /// <summary>The language of a member's statement: the words the member's, the terms those of the law that the co-op is under.</summary>
    internal static Language LanguageOf(CoOp coOp, string? member) => Language.Of(member ?? coOp.Language, coOp.Regime == TaxRegime.UkRegisteredSociety ? "GB" : coOp.Country);

    /// <summary>The members of the run, in the order of their numbers.</summary>
    public List<(int Id, string Number)> Members(EvergreenDb db)
    {
        // Not "any row of the member": for that SQLite reads the run's rows anew for every member.
        var allocated = db.Allocations.Where(row => row.RunId == run.Id).Select(row => row.MemberId);
        var members = db.Members.AsNoTracking().Where(member => allocated.Contains(member.Id)).Select(member => new { member.Id, member.Number }).AsEnumerable().Select(member => (member.Id, member.Number)).ToList();
        members.Sort((a, b) => MemberNumber.Order.Compare(a.Number, b.Number));
        return members;
    }

    /// <summary>The statements of these members, in their order.</summary>
    public List<(int MemberId, MemberStatement Statement)> Of(EvergreenDb db, IReadOnlyList<int> ids)
    {
        // What a statement prints of a member, and no more.
        var members = db.Members.AsNoTracking().Where(member => ids.Contains(member.Id)).Select(member => new Member
        {
            Id = member.Id, CoOpId = member.CoOpId, Number = member.Number, Kind = member.Kind, Name = member.Name, Language = member.Language, BankAccountLastFour = member.BankAccountLastFour,
            AddressLine1 = member.AddressLine1, AddressLine2 = member.AddressLine2, City = member.City, Region = member.Region, PostalCode = member.PostalCode,
        }).ToDictionary(member => member.Id);
        var poolNumbers = pools.Keys.ToList();
        var stakeAccounts = accountCodes.Where(account => KindOf(account.Value) is not null).Select(account => account.Key).ToList();
        var owners = ids.Select(id => (int?)id).ToList();
        // Pools and accounts are named so that each row is found by its whole key, however many there are.
        var allocations = db.Allocations.AsNoTracking().Where(row => row.RunId == run.Id && poolNumbers.Contains(row.PoolNo) && ids.Contains(row.MemberId)).OrderBy(row => row.PoolNo).ToLookup(row => row.MemberId);
        var consents = db.ConsentFacts.AsNoTracking().Where(fact => ids.Contains(fact.MemberId) && fact.On <= year.EndsOn).ToLookup(fact => fact.MemberId);
        var movements = (from line in db.LedgerLines.AsNoTracking()
                         join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                         where stakeAccounts.Contains(line.AccountId) && owners.Contains(line.MemberId)
                         select new { Member = line.MemberId!.Value, line.AccountId, line.Lot, line.AmountCents, entry.Sequence, entry.Kind, entry.Source, entry.On }).AsEnumerable()
            .Select(line => (line.Member, Movement: new Movement(accountCodes[line.AccountId], line.Lot, new Money(-line.AmountCents), EffectiveYear(line.Kind, line.Source, line.Sequence, line.On), line.Kind == EntryKind.DividendAllocation)))
            .ToLookup(line => line.Member, line => line.Movement);
        return [.. ids.Select(id => (id, Statement(members[id], [.. allocations[id]], [.. consents[id]], [.. movements[id]])))];
    }

    /// <summary>A change of what a member owns, in the year to whose statement it belongs.</summary>
    private readonly record struct Movement(string Account, int? Lot, Money Amount, int? Year, bool FromDividend);

    /// <summary>Redemptions that were taken back within the year in which they were paid, and their reversals: nothing was paid back, and nothing credited. One of an earlier year stands on that year's statement, and its reversal on the later one.</summary>
    private List<(long First, long Last)> RedemptionsUndone(EvergreenDb db) =>
        [.. (from back in db.EquityRedemptionReversals
             join paid in db.EquityRedemptions on new { back.CoOpId, back.Number } equals new { paid.CoOpId, paid.Number }
             where back.CoOpId == coOp.Id
             select new { paid.On, paid.FirstSequence, paid.LastSequence, BackOn = back.On, BackFirst = back.FirstSequence, BackLast = back.LastSequence }).AsEnumerable()
            .Where(one => coOp.YearOf(one.On).Year == coOp.YearOf(one.BackOn).Year).SelectMany(one => new[] { (one.FirstSequence, one.LastSequence), (one.BackFirst, one.BackLast) })];

    /// <summary>The year to whose statement an entry belongs. A reversed run and its reversal cancel each other and belong to none.</summary>
    private int? EffectiveYear(EntryKind kind, long source, long sequence, DateOnly on)
    {
        if (kind == EntryKind.DividendAllocation) return reversedRuns.Contains(source) ? null : yearOfRun[source];
        if (kind is EntryKind.EquityRedemption or EntryKind.Reversal && undone.Exists(redemption => sequence >= redemption.First && sequence <= redemption.Last)) return null;
        if (kind == EntryKind.Reversal && reversals.Any(reversal => sequence >= reversal.First && sequence <= reversal.Last)) return null;
        return coOp.YearOf(on).Year;
    }

    private MemberStatement Statement(Member member, List<Allocation> rows, List<ConsentFact> consents, List<Movement> movements)
    {
        var owned = movements.Where(movement => movement.Year <= run.FiscalYear).ToList();
        var (sentences, earnings) = In(LanguageOf(coOp, member.Language));
        var settlement = Settlement(sentences, member, rows);
        return new MemberStatement
        {
            DocumentNumber = $"{coOp.Code}-{run.Name}-{member.Number}",
            IssuedOn = issuedOn,
            YearStartsOn = year.StartsOn,
            YearEndsOn = year.EndsOn,
            Standing = corrects is null ? StatementStanding.Original : StatementStanding.Corrected,
            StandingReason = corrects is { } earlier ? sentences.Replaces(earlier.Run, earlier.Reason) : null,
            Language = sentences.Language,
            CoOp = letterhead,
            Member = new StatementMember(member.Number, member.Name, AddressLines(member)),
            Earnings = earnings,
            Pools = [.. rows.Select(row => Pool(sentences, row))],
            Settlement = settlement,
            Account = Account(owned),
            StakeOverTheYears = Stakes(owned),
            Redemption = texts.Redemption(sentences.Language).Words is { Length: > 0 } said ? said : sentences.NoRedemption,
            Notice = Notice(sentences, settlement, rows, consents),
        };
    }

    private (StatementSentences Sentences, IReadOnlyList<EarningsStep> Earnings) In(Language language)
    {
        if (spoken.TryGetValue(language, out var known)) return known;
        var sentences = new StatementSentences(coOp, year, policy, language);
        return spoken[language] = (sentences, sentences.Earnings(working));
    }

    private StatementPool Pool(StatementSentences sentences, Allocation row)
    {
        var pool = pools[row.PoolNo];
        var units = DividendWorksheet.Parse(row.Units);
        var total = DividendWorksheet.Parse(pool.TotalUnits);
        var scale = DividendWorksheet.Parse(pool.UnitsScale);
        return new StatementPool(pool.Name, new Money(pool.AmountCents), sentences.Unit(pool.Unit), sentences.Figure(Grouped(UnitsText.Of(units, scale))), sentences.Figure(Grouped(UnitsText.Of(total, scale))), new Ratio(units, total), sentences.Rounding(row, pool.LeftoverCents), new Money(row.DividendCents));
    }

    private DividendSettlement Settlement(StatementSentences sentences, Member member, List<Allocation> rows)
    {
        Money Sum(Func<Allocation, long> part) => new(rows.Where(row => row.DividendCents >= 0).Sum(part));
        var notSent = new Money(rows.Where(row => row.Treatment is not (CashTreatment.Paid or CashTreatment.Payroll)).Sum(row => row.PayableCents));
        var withheld = Sum(row => row.WithheldCents);
        var cash = Sum(row => row.CashCents);
        var payable = cash - withheld - notSent;
        return new DividendSettlement
        {
            Dividend = new Money(rows.Sum(row => row.DividendCents)),
            Cash = cash,
            Withheld = withheld,
            NotSent = notSent,
            Payable = payable,
            HowPaid = payable.IsZero ? "" : sentences.HowPaid(member, rows, issuedOn),
            BelowMinimum = sentences.BelowMinimum(rows),
            Qualified = Sum(row => row.QualifiedCents),
            Nonqualified = Sum(row => row.NonqualifiedCents),
            AddedToShares = Sum(row => row.CapitalCents),
            LossCharged = new Money(-rows.Where(row => row.DividendCents < 0).Sum(row => row.DividendCents)),
        };
    }

    private IReadOnlyList<NoticeParagraph> Notice(StatementSentences sentences, DividendSettlement settlement, List<Allocation> rows, List<ConsentFact> consents)
    {
        var language = sentences.Language;
        if (settlement.Dividend.IsNegative) return [NoticeWording.Loss(language, sentences.Write(settlement.LossCharged))];
        if (coOp.Regime == TaxRegime.SubchapterT)
        {
            var ground = MemberHistory.WrittenCovers(consents, year) ? ConsentGround.Written : ConsentGround.Bylaw;
            return NoticeWording.ForUnitedStates(language, settlement, ground, sentences.Write);
        }
        var interest = new Money(rows.Where(row => pools[row.PoolNo].Unit == "share-interest").Sum(row => row.CashCents));
        var labour = new Money(rows.Where(row => row.Treatment == CashTreatment.Payroll).Sum(row => row.CashCents));
        var divi = settlement.Dividend - interest - labour;
        var paragraphs = new List<NoticeParagraph>();
        if (divi.IsPositive) paragraphs.Add(NoticeWording.Divi(language, sentences.Write(divi)));
        if (interest.IsPositive) paragraphs.Add(NoticeWording.ShareInterest(language, sentences.Write(interest)));
        if (labour.IsPositive) paragraphs.Add(NoticeWording.LabourShare(language, sentences.Write(labour)));
        return paragraphs;
    }

    private IReadOnlyList<AccountLot> Account(List<Movement> owned) =>
        [.. owned.GroupBy(movement => (movement.Account, movement.Lot)).OrderBy(lot => KindOf(lot.Key.Account)).ThenBy(lot => lot.Key.Lot).Select(lot =>
        {
            var opening = Sum(lot.Where(movement => movement.Year < run.FiscalYear));
            var ofYear = lot.Where(movement => movement.Year == run.FiscalYear).ToList();
            var losses = -Sum(ofYear.Where(movement => movement.FromDividend && movement.Amount.IsNegative));
            var redeemed = -Sum(ofYear.Where(movement => !movement.FromDividend && movement.Amount.IsNegative));
            var credited = Sum(ofYear.Where(movement => movement.Amount.IsPositive));
            return new AccountLot(KindOf(lot.Key.Account)!.Value, lot.Key.Lot, opening, credited, losses, redeemed, opening + credited - losses - redeemed);
        }).Where(lot => lot != new AccountLot(lot.Kind, lot.FiscalYear, Money.Zero, Money.Zero, Money.Zero, Money.Zero, Money.Zero))];

    private IReadOnlyList<StakeAtYearEnd> Stakes(List<Movement> owned)
    {
        if (owned.Count == 0) return [];
        var first = Math.Max(owned.Min(movement => movement.Year!.Value), run.FiscalYear - YearsInChart + 1);
        return [.. Enumerable.Range(first, run.FiscalYear - first + 1).Select(at => new StakeAtYearEnd(at,
            Sum(owned.Where(movement => movement.Year <= at && KindOf(movement.Account) is StakeKind.MembershipShare or StakeKind.PreferredShare)),
            Sum(owned.Where(movement => movement.Year <= at && KindOf(movement.Account) is not (StakeKind.MembershipShare or StakeKind.PreferredShare)))))];
    }

    private (string Run, string Reason)? Corrects(EvergreenDb db)
    {
        var earlier = (from other in db.DividendRuns
                       join reversal in db.DividendReversals on other.Id equals reversal.RunId
                       where other.CoOpId == coOp.Id && other.FiscalYear == run.FiscalYear && other.Number < run.Number
                       orderby other.Number descending
                       select new { other.FiscalYear, other.Number, reversal.Reason, Issued = db.StatementIssues.Any(issue => issue.RunId == other.Id) }).AsEnumerable().FirstOrDefault(other => other.Issued);
        return earlier is null ? null : ($"{earlier.FiscalYear}-{earlier.Number}", earlier.Reason);
    }

    private static StakeKind? KindOf(string account) => account switch
    {
        AccountCodes.MembershipShares => StakeKind.MembershipShare,
        AccountCodes.PreferredShares => StakeKind.PreferredShare,
        AccountCodes.QualifiedNotices => StakeKind.QualifiedNotice,
        AccountCodes.NonqualifiedNotices => StakeKind.NonqualifiedNotice,
        AccountCodes.AccountInterest => StakeKind.Interest,
        _ => null,
    };

    internal static IReadOnlyList<string> AddressLines(Member member)
    {
        var city = string.Join(" ", new[] { string.Join(", ", new[] { member.City, member.Region }.Where(part => !string.IsNullOrEmpty(part))), member.PostalCode }.Where(part => !string.IsNullOrEmpty(part)));
        return [.. new[] { member.AddressLine1, member.AddressLine2, city }.Where(line => !string.IsNullOrEmpty(line)).Select(line => line!)];
    }

    private static string Grouped(string number)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        if (point < 0) return number;
        var whole = System.Numerics.BigInteger.Parse(number.AsSpan(0, point), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return whole.ToString("N0", CultureInfo.InvariantCulture) + number[point..];
    }

    private static Money Sum(IEnumerable<Movement> movements) => StatementSentences.Sum(movements.Select(movement => movement.Amount));

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}

using System.Runtime.InteropServices;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Equity;

/// <summary>Rows of equity: one entry each, in the order of the file, and never a lot below zero. Whatever the books must say of rows is asked for a batch of them at a time, so that memory grows with the register alone.</summary>
internal sealed class EquityIntake(ImportSitting sitting) : Intake
{
    private const int Batch = 5_000, MostTwins = 10_000, AskedForAtOnce = 500;

    private static readonly CanonicalFile File = CanonicalFile.Equity;
    private static readonly int SourceId = File["source_id"], MemberNumberColumn = File["member_number"], AccountColumn = File["account"], FiscalYear = File["fiscal_year"], PostedOn = File["posted_on"], Amount = File["amount"];

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Queued(EquityRow Row, long Place, bool Wrong);

    private readonly EvergreenDb db = sitting.Db;
    private readonly MemberIndex members = new(sitting.Db, sitting.CoOp.Id);
    private readonly Dictionary<int, List<StatusChange>> leavers = Leavers(sitting);
    private readonly RowVerdicts verdicts = new();
    private readonly Queue<long> heldTooLittle = new();
    private readonly Queue<(Money Limit, Money Held)> heldTooMuch = new();
    private readonly List<Queued> queue = [];

    public override bool MustLookAgain => verdicts.Any;

    public override void Take(CanonicalRows rows)
    {
        for (long place = 0; rows.Read(); place++)
        {
            if (Make(rows) is { } row) Decide(rows, row, place);
            sitting.Progress(rows);
            if (queue.Count >= Batch) Post();
        }
        Post();
        if (sitting.LookingAgain || !verdicts.Any) WarnOfRowsThatSayTheSame(rows);
    }

    /// <summary>The row as it would be kept; null where it was rejected.</summary>
    private EquityRow? Make(CanonicalRows rows)
    {
        if (members.Find(rows.Utf8(MemberNumberColumn)) is not { } member)
        {
            rows.Reject(MemberNumberColumn, EquityFaults.MemberUnknown);
            return null;
        }
        var account = AccountOf(rows.Text(AccountColumn));
        return new()
        {
            SourceId = sitting.Import.SourceId, SourceRef = rows.Text(SourceId), CoOpId = sitting.CoOp.Id, ImportId = sitting.Import.Id, Row = rows.Line, Sequence = 0, MemberId = member,
            AccountCode = account, FiscalYear = IsNotice(account) ? rows.Year(FiscalYear) : null, On = rows.Date(PostedOn)!.Value, AmountCents = rows.Amount(Amount)!.Value.Cents,
        };
    }

    /// <summary>Takes the row for good until the books were asked; where some were not, the file is looked at again, and then each is decided as what it is.</summary>
    private void Decide(CanonicalRows rows, EquityRow row, long place)
    {
        var year = sitting.CoOp.YearOf(row.On).Year;
        var wrong = Wrong(row, year);
        if (!sitting.LookingAgain) queue.Add(new(row, place, wrong is not null));
        else if (verdicts[place] != RowVerdict.New)
        {
            if (verdicts[place] == RowVerdict.Repeated) sitting.Skip(rows, row.AmountCents);
            else if (verdicts[place] == RowVerdict.Differs) rows.Reject(SourceId, BookFaults.OtherContent(DescribeThere(row.SourceRef)));
            else if (verdicts[place] == RowVerdict.BelowZero) rows.Reject(Amount, EquityFaults.BelowZero(new Money(heldTooLittle.Dequeue())));
            else if (verdicts[place] == RowVerdict.AboveLimit) rows.Reject(Amount, AboveLimit());
            else rows.Reject(wrong!.Value.Column, wrong.Value.Fault);
            return;
        }
        if (leavers.TryGetValue(row.MemberId, out var history) && MemberHistory.StatusAsOf(history, row.On) is MemberStatus.Left or MemberStatus.Deceased) rows.Warn(MemberNumberColumn, EquityFaults.MemberLeft);
        if (!IsNotice(row.AccountCode) && rows.Has(FiscalYear)) rows.Warn(FiscalYear, EquityFaults.VintageOfShare);
        sitting.Accept(rows, year, row.AmountCents);
    }

    private Fault AboveLimit()
    {
        var (limit, held) = heldTooMuch.Dequeue();
        return EquityFaults.AboveLimit(limit, held);
    }

    /// <summary>Why the row cannot be posted, unless it is in the books already.</summary>
    private (int Column, Fault Fault)? Wrong(EquityRow row, int year)
    {
        if (row.AmountCents == 0) return (Amount, EquityFaults.Zero);
        if (sitting.Closed.Containing(row.On) is { } closed) return (PostedOn, BookFaults.YearClosed(closed));
        return row.FiscalYear > year ? (FiscalYear, EquityFaults.VintageInFuture(year)) : null;
    }

    private void Post()
    {
        if (queue.Count == 0) return;
        var good = Good();
        queue.Clear();
        if (good.Count == 0) return;
        var posted = LedgerGuard.Append(db, sitting.CoOp, good.ConvertAll(Entry), sitting.Now);
        BulkWriter.Insert(db, good.Select((row, i) => new EquityRow
        {
            SourceId = row.SourceId, SourceRef = row.SourceRef, CoOpId = row.CoOpId, ImportId = row.ImportId, Row = row.Row, Sequence = posted.FirstSequence + i, MemberId = row.MemberId,
            AccountCode = row.AccountCode, FiscalYear = row.FiscalYear, On = row.On, AmountCents = row.AmountCents,
        }));
    }

    /// <summary>Those of the queued rows that go in, in the order of the file. What the books say of the others is noted.</summary>
    private List<EquityRow> Good()
    {
        var there = There();
        // Only what is taken back can be too much.
        var lots = LotBalances.Of(db, sitting.CoOp.Id, queue.Where(queued => queued.Row.AmountCents < 0).Select(queued => queued.Row.MemberId));
        var shares = ShareLimits.Of(db, sitting.CoOp, sitting.Today, queue.Where(queued => WithdrawableShares.Accounts.Contains(queued.Row.AccountCode)).Select(queued => queued.Row.MemberId));
        var good = new List<EquityRow>(queue.Count);
        foreach (var (row, place, wrong) in queue)
        {
            if (there.TryGetValue(row.SourceRef, out var before)) verdicts[place] = ContentOf(before) == ContentOf(row) ? RowVerdict.Repeated : RowVerdict.Differs;
            else if (wrong) verdicts[place] = RowVerdict.Wrong;
            else if (shares is not null && !shares.MayAdd(row.MemberId, row.AccountCode, row.AmountCents, out var holds))
            {
                verdicts[place] = RowVerdict.AboveLimit;
                heldTooMuch.Enqueue((shares.Limit, holds));
            }
            else if (!lots.TryAdd(row.MemberId, row.AccountCode, row.FiscalYear, row.AmountCents, out var held))
            {
                verdicts[place] = RowVerdict.BelowZero;
                heldTooLittle.Enqueue(held.Cents);
            }
            else
            {
                shares?.Add(row.MemberId, row.AccountCode, row.AmountCents);
                there.Add(row.SourceRef, row);
                good.Add(row);
            }
        }
        return good;
    }

    /// <summary>The rows of the books that bear the id of a queued one: from imports before, or from further up in this file.</summary>
    private Dictionary<string, EquityRow> There()
    {
        var there = new Dictionary<string, EquityRow>(StringComparer.Ordinal);
        var source = sitting.Import.SourceId;
        foreach (var refs in queue.Select(queued => queued.Row.SourceRef).Distinct(StringComparer.Ordinal).Chunk(AskedForAtOnce))
            foreach (var row in db.EquityRows.AsNoTracking().Where(row => row.SourceId == source && refs.Contains(row.SourceRef)).ToList()) there.Add(row.SourceRef, row);
        return there;
    }

    /// <summary>Beside each row that says the same as an earlier one of its source stands the first that said so. Read in the order of what the rows say, two that say the same follow one another.</summary>
    /// <remarks>
    /// Who is concerned is found by one pass over the source's rows. Asked for as "rows of members that this import touches", PostgreSQL, which knows nothing yet of an import that is being written,
    /// expects one row and compares each with each.
    /// </remarks>
    private void WarnOfRowsThatSayTheSame(CanonicalRows rows)
    {
        var (source, import) = (sitting.Import.SourceId, sitting.Import.Id);
        var ofSource = db.EquityRows.AsNoTracking().Where(row => row.SourceId == source);
        // No import is later than the one that is being written.
        var concerned = ofSource.GroupBy(row => new { row.MemberId, row.AccountCode, row.FiscalYear, row.On, row.AmountCents }).Where(same => same.Count() > 1 && same.Max(row => row.ImportId) == import)
            .Select(same => same.Key.MemberId).Distinct().ToList();
        var twins = new List<(long Row, string SourceRef, string Other)>();
        foreach (var some in concerned.Order().Chunk(AskedForAtOnce))
        {
            EquityRow? first = null;
            foreach (var row in ofSource.Where(row => some.Contains(row.MemberId)).OrderBy(row => row.MemberId).ThenBy(row => row.AccountCode).ThenBy(row => row.FiscalYear).ThenBy(row => row.On).ThenBy(row => row.AmountCents).ThenBy(row => row.Sequence))
            {
                if (first is null || ContentOf(first) != ContentOf(row)) first = row;
                else if (row.ImportId == import) twins.Add((row.Row, row.SourceRef, first.SourceRef));
                if (twins.Count == MostTwins) WarnOf(rows, twins);
            }
        }
        WarnOf(rows, twins);
    }

    private static void WarnOf(CanonicalRows rows, List<(long Row, string SourceRef, string Other)> twins)
    {
        foreach (var (row, sourceRef, other) in twins.OrderBy(twin => twin.Row)) rows.WarnOf(row, SourceId, sourceRef, EquityFaults.PossiblyTwice(other));
        twins.Clear();
    }

    /// <summary>Shares are paid in to the bank; notices brought forward stand against the net assets of which they were retained.</summary>
    private EntryDraft Entry(EquityRow row) => new(EntryKind.EquityContribution, row.ImportId, row.Row, row.On, $"Import {sitting.Import.Number}, line {row.Row}: {row.SourceRef}", null,
        new EntryLine(IsNotice(row.AccountCode) ? AccountCodes.NetAssets : AccountCodes.Bank, null, null, row.AmountCents),
        new EntryLine(row.AccountCode, row.MemberId, row.FiscalYear, -row.AmountCents));

    private string DescribeThere(string sourceRef)
    {
        var row = db.EquityRows.AsNoTracking().Single(row => row.SourceId == sitting.Import.SourceId && row.SourceRef == sourceRef);
        var number = db.Members.Where(member => member.Id == row.MemberId).Select(member => member.Number).Single();
        var import = row.ImportId == sitting.Import.Id ? "earlier in this file" : $"import {db.Imports.Where(i => i.Id == row.ImportId).Select(i => i.Number).Single()}";
        return $"{row.On:yyyy-MM-dd}, member {number}, {NameOf(row.AccountCode)}{(row.FiscalYear is { } year ? $" of {year}" : "")}, {new Money(row.AmountCents)} ({import})";
    }

    private static (int, string, int?, DateOnly, long) ContentOf(EquityRow row) => (row.MemberId, row.AccountCode, row.FiscalYear, row.On, row.AmountCents);

    internal static bool IsNotice(string account) => account is AccountCodes.QualifiedNotices or AccountCodes.NonqualifiedNotices;

    private static string AccountOf(string name) => name switch
    {
        "membership_share" => AccountCodes.MembershipShares,
        "preferred" => AccountCodes.PreferredShares,
        "qualified_notice" => AccountCodes.QualifiedNotices,
        _ => AccountCodes.NonqualifiedNotices,
    };

    internal static string NameOf(string account) => account switch
    {
        AccountCodes.MembershipShares => "membership_share",
        AccountCodes.PreferredShares => "preferred",
        AccountCodes.QualifiedNotices => "qualified_notice",
        _ => "nonqualified_notice",
    };

    private static Dictionary<int, List<StatusChange>> Leavers(ImportSitting sitting)
    {
        var gone = sitting.Db.StatusChanges.Where(change => change.CoOpId == sitting.CoOp.Id && (change.Status == MemberStatus.Left || change.Status == MemberStatus.Deceased)).Select(change => change.MemberId);
        return sitting.Db.StatusChanges.AsNoTracking().Where(change => change.CoOpId == sitting.CoOp.Id && gone.Contains(change.MemberId)).AsEnumerable().GroupBy(change => change.MemberId).ToDictionary(member => member.Key, member => member.ToList());
    }
}

using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Equity;

/// <summary>Rows of equity: one entry each, in the order of the file, and never a lot below zero. Memory grows with the contributions on the books.</summary>
internal sealed class EquityIntake(ImportSitting sitting) : Intake
{
    private const int Batch = 5_000;

    private static readonly CanonicalFile File = CanonicalFile.Equity;
    private static readonly int SourceId = File["source_id"], MemberNumberColumn = File["member_number"], AccountColumn = File["account"], FiscalYear = File["fiscal_year"], PostedOn = File["posted_on"], Amount = File["amount"];

    private readonly EvergreenDb db = sitting.Db;
    private readonly MemberIndex members = new(sitting.Db, sitting.CoOp.Id);
    private readonly LotBalances lots = LotBalances.Of(sitting.Db, sitting.CoOp.Id);
    private readonly Dictionary<string, EquityRow> known =
        sitting.Db.EquityRows.AsNoTracking().Where(row => row.SourceId == sitting.Import.SourceId).ToDictionary(row => row.SourceRef, StringComparer.Ordinal);
    private readonly Dictionary<(int, string, int?, DateOnly, long), string> contents = [];
    private readonly Dictionary<int, List<StatusChange>> leavers = Leavers(sitting);
    private readonly List<EquityRow> queue = [];

    public override void Take(CanonicalRows rows)
    {
        foreach (var row in known.Values) contents.TryAdd(ContentOf(row), row.SourceRef);
        while (rows.Read())
        {
            if (Make(rows) is { } row && Decide(rows, row))
            {
                queue.Add(row);
                if (queue.Count >= Batch) Post();
            }
            sitting.Progress(rows);
        }
        Post();
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

    private bool Decide(CanonicalRows rows, EquityRow row)
    {
        if (known.TryGetValue(row.SourceRef, out var before))
        {
            if (ContentOf(before) == ContentOf(row)) sitting.Skip(rows, row.AmountCents);
            else rows.Reject(SourceId, BookFaults.OtherContent(Describe(before)));
            return false;
        }
        if (row.AmountCents == 0) return Rejected(rows, Amount, EquityFaults.Zero);
        if (sitting.Closed.Containing(row.On) is { } closed) return Rejected(rows, PostedOn, BookFaults.YearClosed(closed));
        var year = sitting.CoOp.YearOf(row.On).Year;
        if (row.FiscalYear > year) return Rejected(rows, FiscalYear, EquityFaults.VintageInFuture(year));
        if (!lots.TryAdd(row.MemberId, row.AccountCode, row.FiscalYear, row.AmountCents, out var held)) return Rejected(rows, Amount, EquityFaults.BelowZero(held));
        if (leavers.TryGetValue(row.MemberId, out var history) && MemberHistory.StatusAsOf(history, row.On) is MemberStatus.Left or MemberStatus.Deceased) rows.Warn(MemberNumberColumn, EquityFaults.MemberLeft);
        if (!IsNotice(row.AccountCode) && rows.Has(FiscalYear)) rows.Warn(FiscalYear, EquityFaults.VintageOfShare);
        if (!contents.TryAdd(ContentOf(row), row.SourceRef)) rows.Warn(SourceId, EquityFaults.PossiblyTwice(contents[ContentOf(row)]));
        known.Add(row.SourceRef, row);
        sitting.Accept(rows, year, row.AmountCents);
        return true;
    }

    private static bool Rejected(CanonicalRows rows, int column, Fault fault)
    {
        rows.Reject(column, fault);
        return false;
    }

    private void Post()
    {
        if (queue.Count == 0) return;
        var posted = LedgerGuard.Append(db, sitting.CoOp, queue.Select(Entry).ToList(), sitting.Now);
        BulkWriter.Insert(db, queue.Select((row, i) => new EquityRow
        {
            SourceId = row.SourceId, SourceRef = row.SourceRef, CoOpId = row.CoOpId, ImportId = row.ImportId, Row = row.Row, Sequence = posted.FirstSequence + i, MemberId = row.MemberId,
            AccountCode = row.AccountCode, FiscalYear = row.FiscalYear, On = row.On, AmountCents = row.AmountCents,
        }));
        queue.Clear();
    }

    /// <summary>Shares are paid in to the bank; notices brought forward stand against the net assets of which they were retained.</summary>
    private EntryDraft Entry(EquityRow row) => new(EntryKind.EquityContribution, row.ImportId, row.Row, row.On, $"Import {sitting.Import.Number}, line {row.Row}: {row.SourceRef}", null,
        new EntryLine(IsNotice(row.AccountCode) ? AccountCodes.NetAssets : AccountCodes.Bank, null, null, row.AmountCents),
        new EntryLine(row.AccountCode, row.MemberId, row.FiscalYear, -row.AmountCents));

    private string Describe(EquityRow row)
    {
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

using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>Compares each row of an equity file with the entry that was made of it: import, line, source id, day, member, account, vintage and amount.</summary>
internal sealed class EquityRowCheck(EvergreenDb db, CoOp coOp, Findings findings)
{
    private const int Named = 20;

    public void Run()
    {
        var unlike = from row in db.EquityRows.AsNoTracking()
                     where row.CoOpId == coOp.Id
                         && !(from entry in db.LedgerEntries
                              join line in db.LedgerLines on new { entry.CoOpId, entry.Sequence } equals new { line.CoOpId, line.Sequence }
                              join account in db.Accounts on line.AccountId equals account.Id
                              join import in db.Imports on entry.Source equals (long)import.Id
                              where entry.CoOpId == row.CoOpId && entry.Sequence == row.Sequence && entry.Kind == EntryKind.EquityContribution && entry.Item == row.Row && entry.On == row.On
                                  && import.Id == row.ImportId && import.SourceId == row.SourceId && entry.Narration == "Import " + import.Number + ", line " + row.Row + ": " + row.SourceRef
                                  && line.MemberId == row.MemberId && line.Lot == row.FiscalYear && line.AmountCents == -row.AmountCents && account.Code == row.AccountCode
                              select entry.Sequence).Any()
                     orderby row.Sequence
                     select new { row.Sequence, row.Row };
        foreach (var row in unlike.Take(Named).ToList()) findings.Add($"{coOp.Code}: line {row.Row} of an equity file is noted for entry {row.Sequence}, which says something else.");

        var without = from entry in db.LedgerEntries
                      join import in db.Imports on entry.Source equals (long)import.Id
                      where entry.CoOpId == coOp.Id && entry.Kind == EntryKind.EquityContribution && import.Kind == ImportKind.Equity
                          && !db.LedgerEntries.Any(reversal => reversal.CoOpId == entry.CoOpId && reversal.Reverses == entry.Sequence) && !db.EquityRows.Any(row => row.CoOpId == entry.CoOpId && row.Sequence == entry.Sequence)
                      orderby entry.Sequence
                      select entry.Sequence;
        foreach (var sequence in without.Take(Named).ToList()) findings.Add($"{coOp.Code}: entry {sequence} came from an equity file, but its row is gone.");
    }
}

using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>Compares each closed year with its figures and with its entry in the ledger.</summary>
internal sealed class ClosingCheck(EvergreenDb db, CoOp coOp, Findings findings)
{
    public void Run()
    {
        var closings = db.YearClosings.AsNoTracking().Where(closing => closing.CoOpId == coOp.Id).OrderBy(closing => closing.FiscalYear).ToList();
        var figures = db.SurplusLines.Where(line => line.CoOpId == coOp.Id).GroupBy(line => line.FiscalYear).Select(year => new { Year = year.Key, Cents = year.Sum(line => line.AmountCents) }).ToDictionary(year => year.Year, year => year.Cents);
        var entries = (from line in db.LedgerLines
                       join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                       join account in db.Accounts on line.AccountId equals account.Id
                       where entry.CoOpId == coOp.Id && entry.Kind == EntryKind.YearClosing && account.Code == AccountCodes.NetIncome
                       group line.AmountCents by new { entry.Source, entry.On } into closing
                       select new { Year = (int)closing.Key.Source, closing.Key.On, Cents = closing.Sum() }).ToList();
        foreach (var closing in closings)
        {
            var year = coOp.Year(closing.FiscalYear);
            if ((closing.StartsOn, closing.EndsOn) != (year.StartsOn, year.EndsOn)) findings.Add($"{coOp.Code}: the closing of {closing.FiscalYear} covers {closing.StartsOn:yyyy-MM-dd} to {closing.EndsOn:yyyy-MM-dd}, the year {year.StartsOn:yyyy-MM-dd} to {year.EndsOn:yyyy-MM-dd}.");
            var sum = figures.GetValueOrDefault(closing.FiscalYear);
            if (sum != closing.NetIncomeCents) findings.Add($"{coOp.Code}: {closing.FiscalYear} was closed with a net income of {new Money(closing.NetIncomeCents)}, its figures sum to {new Money(sum)}.");
            var entered = entries.Where(entry => entry.Year == closing.FiscalYear && entry.On == closing.EndsOn).Sum(entry => entry.Cents);
            if (entered != -closing.NetIncomeCents) findings.Add($"{coOp.Code}: {closing.FiscalYear} was closed with a net income of {new Money(closing.NetIncomeCents)}, the ledger has {new Money(-entered)} on its last day.");
        }
        foreach (var entry in entries.Where(entry => closings.All(closing => closing.FiscalYear != entry.Year))) findings.Add($"{coOp.Code}: the ledger has the net income of {entry.Year}, which was not closed.");
    }
}

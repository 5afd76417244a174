using Evergreen.Application.Access;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Layout;
using Evergreen.Web.Office.Lists;
using Evergreen.Web.Office.Members;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Office.Ledger;

/// <summary>The ledger as the office reads it: its accounts, the entries of each, and one entry with what it came from.</summary>
[Area("Office")]
[Route("office/{coop}/ledger")]
[Requires(Permission.SeeLedger)]
public sealed class LedgerController(Desk desk) : Controller
{
    [HttpGet("")]
    public IActionResult Accounts() => View("Accounts", new ListAccounts(desk.Books).Run(desk.CoOp.Code).Value);

    [HttpGet("accounts" + HandedOut.Ending)]
    public IActionResult AccountsFile(string format) => this.HandOut(format, $"{desk.CoOp.Code}-accounts", "Accounts", ["Account", "Name", "Debit", "Credit"],
        new ListAccounts(desk.Books).Run(desk.CoOp.Code).Value.Rows.Select(row => (IReadOnlyList<Cell>)[row.Code, row.Name, row.Balance.IsNegative ? null : (Money?)row.Balance, row.Balance.IsNegative ? (Money?)(-row.Balance) : null]));

    [HttpGet("accounts/{account}")]
    public IActionResult Account(string account, string? sort, string? after)
    {
        var page = new AccountEntries(desk.Books).Run(new(desk.CoOp.Code, account, sort, after));
        return page.IsRefused ? NotFound() : View("Account", page.Value);
    }

    [HttpGet("accounts/{account}/entries" + HandedOut.Ending)]
    public IActionResult AccountFile(string account, string? sort, string format)
    {
        var entries = new AccountEntries(desk.Books);
        if (entries.Run(new(desk.CoOp.Code, account)).IsRefused) return NotFound();
        var rows = HandedOut.All(after =>
        {
            var page = entries.Run(new(desk.CoOp.Code, account, sort, after)).Value;
            return (page.Rows, page.Next);
        });
        return this.HandOut(format, $"{desk.CoOp.Code}-account-{account}", $"Account {account}", ["Entry", "Date", "What", "Amount"], rows.Select(row => (IReadOnlyList<Cell>)[(long?)row.Sequence, (DateOnly?)row.On, MemberWords.Narration(row.Narration), (Money?)row.Amount]));
    }

    [HttpGet("entries/{entry:long}")]
    public IActionResult Entry(long entry)
    {
        var page = new ShowEntry(desk.Books).Run(desk.CoOp.Code, entry);
        return page.IsRefused ? NotFound() : View("Entry", page.Value);
    }
}

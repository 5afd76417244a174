using System.CommandLine;
using System.Globalization;
using Evergreen.Application.CoOps;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.CoOps;

/// <summary><c>evergreen co-op list</c></summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var command = new Command("list", "The co-ops of this database.");
        command.SetAction(parse => new Door(parse).Read(books => (Outcome<ListCoOps.Row[]>)new ListCoOps(books).Run().ToArray(), Say));
        return command;
    }

    private static Reply Say(ListCoOps.Row[] rows) => new(
        new { CoOps = rows.Select(row => new { row.CoOp.Code, row.CoOp.Name, row.CoOp.Country, row.CoOp.Currency, row.CoOp.FiscalYearEndMonth, row.CoOp.Regime, row.Members, row.LastYearClosed }) },
        screen =>
        {
            if (rows.Length == 0) screen.Line("No co-op yet. Found one: evergreen co-op create NAME --code CODE …");
            else
            {
                var sheet = new Sheet().Words("Code", "Name", "Year ends").Figures("Members", "Closed up to");
                foreach (var row in rows) sheet.Row(row.CoOp.Code, row.CoOp.Name, row.CoOp.Year(2026).EndsOn.ToString("d MMMM", CultureInfo.InvariantCulture), row.Members.ToString("N0", CultureInfo.InvariantCulture), row.LastYearClosed?.ToString(CultureInfo.InvariantCulture) ?? "–");
                screen.Table(sheet);
            }
        });
}

using System.Globalization;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Dividends;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Evergreen.Web.Api.Wire;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Api.Dividends;

/// <summary>What a run divides by one measure.</summary>
/// <param name="Unit">What it is divided over: <c>hours</c>, <c>purchases</c> …</param>
public sealed record RunPoolEntry(int No, string Code, string Name, string Unit, string Amount);

/// <summary>A dividend run.</summary>
/// <param name="Name">Such as 2025-1.</param>
/// <param name="State"><c>calculated</c>, <c>approved</c>, <c>posted</c>, <c>paid</c> or <c>reversed</c>.</param>
/// <param name="Allocated">What all members are allocated together; negative where they bear a loss.</param>
/// <param name="Members">How many are allocated something.</param>
public sealed record RunEntry(string Name, int FiscalYear, string State, string NetIncome, string Allocated, string Cash, string Currency, int Members, DateOnly? PostedOn, IReadOnlyList<RunPoolEntry> Pools)
{
    internal static RunEntry Of(RunsByYear.Row row, string currency) => new(row.Run.Name, row.Run.FiscalYear, row.State, new Money(row.Run.NetIncomeCents).ToString(), new Money(row.Run.AllocatedCents).ToString(),
        new Money(row.Run.CashCents).ToString(), currency, row.Run.MembersAllocated, row.PostedOn, [.. row.Pools.Select(pool => new RunPoolEntry(pool.No, pool.Code, pool.Name, pool.Unit, pool.Amount.ToString()))]);
}

/// <summary>One member's part of one pool.</summary>
/// <param name="Pool">Code of the pool.</param>
/// <param name="Withheld">Backup withholding, taken from the cash.</param>
/// <param name="Qualified">Kept under a qualified notice.</param>
/// <param name="Nonqualified">Kept under a nonqualified notice.</param>
/// <param name="Shares">Kept as shares, without a notice.</param>
/// <param name="Treatment">What becomes of the cash: <c>paid</c>, <c>retained</c>, <c>donated</c>, <c>rolled-forward</c>, <c>store-credit</c>, <c>pooled</c> or <c>payroll</c>.</param>
public sealed record AllocationEntry(string Member, string Pool, string Dividend, string Cash, string Withheld, string Qualified, string Nonqualified, string Shares, string Currency, string Treatment)
{
    internal static AllocationEntry Of(RunsByYear.Part part, string currency) => new(part.Member, part.Pool, new Money(part.Allocation.DividendCents).ToString(), new Money(part.Allocation.CashCents).ToString(),
        new Money(part.Allocation.WithheldCents).ToString(), new Money(part.Allocation.QualifiedCents).ToString(), new Money(part.Allocation.NonqualifiedCents).ToString(), new Money(part.Allocation.CapitalCents).ToString(), currency, part.Allocation.Treatment switch
        {
            CashTreatment.Retained => "retained",
            CashTreatment.Donated => "donated",
            CashTreatment.RolledForward => "rolled-forward",
            CashTreatment.StoreCredit => "store-credit",
            CashTreatment.Pooled => "pooled",
            CashTreatment.Payroll => "payroll",
            _ => "paid",
        });
}

/// <summary>Dividend runs and what they allocate.</summary>
[Area("Api")]
public sealed class RunsController(ApiDesk desk, RunsByYear read) : ApiController(desk)
{
    /// <summary>Lists the runs, the latest first.</summary>
    [HttpGet("/api/v1/runs")]
    [RequiresScope(AppScopes.RunsRead)]
    [ProducesResponseType<Page<RunEntry>>(StatusCodes.Status200OK)]
    public IActionResult List([FromQuery] PageQuery page)
    {
        if (ReadPage(page, 2, out var limit, out var after) is { } problem) return problem;
        if (!TryRead(after, out var year, out var number)) return new ProblemResult(KnownProblem.QueryInvalid, errors: [new("after", "Send what the page before gave as its next, unchanged.")]);
        var found = read.Run(Desk.CoOp, limit, after is null ? null : new(year, number));
        return Tagged(new Page<RunEntry>([.. found.Rows.Select(row => RunEntry.Of(row, Desk.CoOp.Currency))], found.Next is { } next ? Cursor.Of(next.FiscalYear, next.Number) : null));
    }

    /// <summary>Shows one run.</summary>
    /// <param name="run">Its name, such as 2025-1.</param>
    [HttpGet("/api/v1/runs/{run}")]
    [RequiresScope(AppScopes.RunsRead)]
    [ProducesResponseType<RunEntry>(StatusCodes.Status200OK)]
    [Refuses("run-unknown")]
    public IActionResult Show(string run) => read.One(Desk.CoOp, run) is { IsRefused: false } found ? Tagged(RunEntry.Of(found.Value, Desk.CoOp.Currency)) : new ProblemResult(KnownProblem.RunUnknown);

    /// <summary>Lists what a run allocates, by member and pool.</summary>
    /// <param name="run">Its name, such as 2025-1.</param>
    [HttpGet("/api/v1/runs/{run}/allocations")]
    [RequiresScope(AppScopes.RunsRead)]
    [ProducesResponseType<Page<AllocationEntry>>(StatusCodes.Status200OK)]
    [Refuses("run-unknown")]
    public IActionResult Allocations(string run, [FromQuery] PageQuery page)
    {
        if (ReadPage(page, 2, out var limit, out var after) is { } problem) return problem;
        if (!TryRead(after, out var member, out var pool)) return new ProblemResult(KnownProblem.QueryInvalid, errors: [new("after", "Send what the page before gave as its next, unchanged.")]);
        var found = read.Allocations(Desk.CoOp, run, limit, after is null ? null : new(member, pool));
        if (found.IsRefused) return new ProblemResult(KnownProblem.RunUnknown);
        return Tagged(new Page<AllocationEntry>([.. found.Value.Rows.Select(row => AllocationEntry.Of(row, Desk.CoOp.Currency))], found.Value.Next is { } next ? Cursor.Of(next.MemberId, next.PoolNo) : null));
    }

    private static bool TryRead(string[]? after, out int first, out int second)
    {
        (first, second) = (0, 0);
        return after is null || (int.TryParse(after[0], NumberStyles.None, CultureInfo.InvariantCulture, out first) && int.TryParse(after[1], NumberStyles.None, CultureInfo.InvariantCulture, out second));
    }
}

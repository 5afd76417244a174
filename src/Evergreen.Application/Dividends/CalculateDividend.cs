using System.Globalization;
using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>Calculates a year's dividend and keeps it as a run: a proposal, of which nothing is in the ledger. The same inputs again give the run that is there.</summary>
public sealed class CalculateDividend(Books books)
{
    public sealed record Request(string? CoOp, int Year, string By, bool DryRun = false);
    public sealed record Result(DividendRun Run, Working Working, IReadOnlyList<RunPool> Pools, IReadOnlyList<string> Findings, bool AlreadyThere);

    /// <param name="progress">Told the stage, how much of it is done and how much there is.</param>
    /// <exception cref="OperationCanceledException">Asked to stop before the commit. Nothing was kept.</exception>
    public Outcome<Result> Run(Request request, Action<string, int, int>? progress = null, CancellationToken stop = default) => books.Write(request.DryRun, db => Calculate(db, request, new JobSteps(progress, stop)));

    /// <summary>What stands against it that one need not calculate for.</summary>
    internal static Refusal? Against(EvergreenDb db, CoOp coOp, int year)
    {
        if (!db.YearClosings.Any(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == year)) return Refusals.YearNotClosed(year);
        if (FindRun.Posted(db, coOp.Id, year) is { } posted) return Refusals.AnotherRunPosted(posted.Name, year);
        return AdoptPolicy.Latest(db, coOp.Id, year) is null ? Refusals.NoPolicy(year) : null;
    }

    private Outcome<Result> Calculate(EvergreenDb db, Request request, JobSteps steps)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        if (Against(db, coOp, request.Year) is { } against) return against;
        var version = AdoptPolicy.Latest(db, coOp.Id, request.Year)!;

        steps.At("Working out every member's share");
        var calculated = Propose(db, coOp, request.Year, version);
        if (calculated.IsRefused) return calculated.Refusal!;
        var proposal = calculated.Value;
        var inputs = proposal.Inputs.Sha256();
        var latest = db.DividendRuns.AsNoTracking().Where(run => run.CoOpId == coOp.Id && run.FiscalYear == request.Year).OrderByDescending(run => run.Number).FirstOrDefault();
        if (latest?.InputsSha256 == inputs && !db.DividendReversals.Any(reversal => reversal.RunId == latest.Id))
            return new Result(latest, proposal.Working, Pools(db, latest.Id), Findings(latest), AlreadyThere: true);

        var run = new DividendRun
        {
            CoOpId = coOp.Id, FiscalYear = request.Year, Number = (latest?.Number ?? 0) + 1, PolicyVersionId = version.Id, CalculatedAt = books.Now, CalculatedBy = request.By,
            InputsSha256 = inputs, ResultSha256 = proposal.Sha256(), NetIncomeCents = proposal.Working.NetIncome.Cents,
            AllocatedCents = proposal.Working.Pools.Sum(pool => pool.Allocated.Cents),
            CashCents = proposal.Pools.Sum(pool => pool.Rows.Sum(row => row.Cash.Cents)),
            MembersAllocated = proposal.Pools.Count == 1 ? proposal.Pools[0].Rows.Count : proposal.Pools.SelectMany(pool => pool.Rows).Select(row => row.Member.Id).Distinct().Count(),
            WorkingJson = WorkingJson.Write(proposal.Working),
        };
        db.DividendRuns.Add(run);
        db.SaveChanges();
        var pools = proposal.Pools.Select((pool, index) => new RunPool
        {
            RunId = run.Id, PoolNo = index + 1, Code = pool.Policy.Code, Name = pool.Policy.Name, Unit = pool.Policy.UnitCode,
            TotalUnits = pool.TotalUnits.ToString(CultureInfo.InvariantCulture), UnitsScale = pool.UnitsScale.ToString(CultureInfo.InvariantCulture),
            AmountCents = pool.Working.Allocated.Cents + pool.Working.Residue.Cents, LeftoverCents = pool.LeftoverCents, ResidueCents = pool.Working.Residue.Cents,
        }).ToList();
        db.RunPools.AddRange(pools);
        AuditTrail.Add(db, coOp.Id, run.CalculatedAt, request.By, "dividends.calculate", $"run {run.Name}", RunSeal.Note(run, version.Sha256, pools));
        db.SaveChanges();
        BulkWriter.Insert(db, steps.Counted("Writing down the members' amounts", Rows(run.Id, proposal), proposal.Pools.Sum(pool => pool.Rows.Count)));
        return new Result(run, proposal.Working, pools, Findings(run), AlreadyThere: false);

        IReadOnlyList<string> Findings(DividendRun kept) => [.. proposal.Findings, .. RunWarnings.OfShares(db, coOp, FindRun.Standing(db, kept), books.Today(coOp))];
    }

    /// <summary>Gathers and works out, without keeping anything: the code behind calculating, approving and what-if.</summary>
    internal static Outcome<DividendProposal> Propose(EvergreenDb db, CoOp coOp, int year, PolicyVersion version)
    {
        var policy = PolicyDocument.Read(version.Json);
        if (policy.IsRefused) return policy.Refusal!;
        return DividendCalculation.Run(new GatherInputs(db, coOp, coOp.Year(year), policy.Value, version.Sha256).Run());
    }

    internal static List<RunPool> Pools(EvergreenDb db, int runId) => db.RunPools.AsNoTracking().Where(pool => pool.RunId == runId).OrderBy(pool => pool.PoolNo).ToList();

    private static IEnumerable<Allocation> Rows(int runId, DividendProposal proposal)
    {
        for (var pool = 0; pool < proposal.Pools.Count; pool++)
        {
            foreach (var row in proposal.Pools[pool].Rows)
                yield return new Allocation
                {
                    RunId = runId, PoolNo = pool + 1, MemberId = row.Member.Id, Units = row.Units.ToString(CultureInfo.InvariantCulture), FloorCents = row.FloorCents, ExtraCent = row.ExtraCent,
                    DividendCents = row.Dividend.Cents, CashCents = row.Cash.Cents, QualifiedCents = row.Qualified.Cents, NonqualifiedCents = row.Nonqualified.Cents, CapitalCents = row.Capital.Cents,
                    WithheldCents = row.Withheld.Cents, Treatment = row.Treatment,
                };
        }
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Evergreen.Application.Storage;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>One hash over everything that a run says. It is noted when the run is calculated, and with the approval it stands in the narration of the run's first entry, and so in the chain.</summary>
internal static class RunSeal
{
    /// <summary>What the audit trail notes of a calculation.</summary>
    public static string Note(DividendRun run, string policySha256, IEnumerable<RunPool> pools) => $"inputs {run.InputsSha256}, sealed {OfCalculation(run, policySha256, pools)}";

    /// <summary>What ends the narration of the first entry of a posting.</summary>
    public static string Narrated(EvergreenDb db, DividendRun run, DividendApproval approval) => $", sealed sha256 {OfPosting(db, run, approval)}";

    /// <remarks>The allocations are in it by their own hash.</remarks>
    private static string OfCalculation(DividendRun run, string policySha256, IEnumerable<RunPool> pools) => Hash(
    [
        Text(run.Id), Text(run.CoOpId), Text(run.FiscalYear), Text(run.Number), Text(run.PolicyVersionId), policySha256, Text(run.CalculatedAt), run.CalculatedBy, run.InputsSha256, run.ResultSha256,
        Text(run.NetIncomeCents), Text(run.AllocatedCents), Text(run.CashCents), Text(run.MembersAllocated), run.WorkingJson,
        .. pools.SelectMany(pool => new[]
        {
            Text(pool.PoolNo), pool.Code, pool.Name, pool.Unit, pool.TotalUnits, pool.UnitsScale, Text(pool.AmountCents), Text(pool.LeftoverCents), Text(pool.ResidueCents),
        }),
    ]);

    private static string OfPosting(EvergreenDb db, DividendRun run, DividendApproval approval)
    {
        var policy = db.PolicyVersions.Where(version => version.Id == run.PolicyVersionId).Select(version => version.Sha256).SingleOrDefault() ?? "";
        return Hash([OfCalculation(run, policy, CalculateDividend.Pools(db, run.Id)), approval.By, Text(approval.At), approval.Resolution]);
    }

    private static string Hash(string[] parts) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);
}

using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Dividends;

/// <summary>Adopts a dividend policy for a year. The same document again changes nothing; another one is a new version.</summary>
public sealed class AdoptPolicy(Books books)
{
    /// <param name="Seen">The version that stood there when the form was opened, 0 where none did: what somebody else adopted in between is not taken over unseen. Null for whoever opened no form.</param>
    public sealed record Request(string? CoOp, int Year, string Json, string By, bool DryRun = false, int? Seen = null);
    public sealed record Result(int Year, int Version, string Sha256, bool AlreadyThere);

    public Outcome<Result> Run(Request request) => books.Write(request.DryRun, db => Adopt(db, request));

    /// <param name="origin">Where the document comes from, for the audit trail.</param>
    internal Outcome<Result> Adopt(EvergreenDb db, Request request, string? origin = null)
    {
        var policy = PolicyDocument.Read(request.Json);
        if (policy.IsRefused) return policy.Refusal!;
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        if (policy.Value.Fault(coOp.Regime, coOp.Year(request.Year)) is { } fault) return Refusals.PolicyFault(fault);
        if (FindRun.Posted(db, coOp.Id, request.Year) is { } posted) return Refusals.PolicyYearPosted(request.Year, posted);
        var latest = Latest(db, coOp.Id, request.Year);
        var sha256 = PolicyDocument.Sha256(request.Json);
        if (latest?.Sha256 == sha256) return new Result(request.Year, latest.Version, sha256, AlreadyThere: true);
        if (request.Seen is { } seen && latest is not null && latest.Version != seen) return Refusals.PolicyChangedMeanwhile(latest);
        var version = new PolicyVersion { CoOpId = coOp.Id, FiscalYear = request.Year, Version = (latest?.Version ?? 0) + 1, Json = request.Json, Sha256 = sha256, At = books.Now, By = request.By };
        db.PolicyVersions.Add(version);
        AuditTrail.Add(db, coOp.Id, version.At, request.By, "dividends.policy", $"policy {request.Year} version {version.Version}", origin is null ? sha256 : $"{sha256} {origin}");
        return new Result(request.Year, version.Version, sha256, AlreadyThere: false);
    }

    internal static PolicyVersion? Latest(EvergreenDb db, int coOpId, int year, int? asOf = null) =>
        db.PolicyVersions.AsNoTracking().Where(version => version.CoOpId == coOpId && version.FiscalYear == year && (asOf == null || version.Version == asOf)).OrderByDescending(version => version.Version).FirstOrDefault();
}

using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application;

/// <summary>Takes an import back, until a posted run has used it. The import itself stays, marked; the same file may then be imported again.</summary>
/// <remarks>Stands above the street because it undoes the work of three of its houses.</remarks>
public sealed class WithdrawImport(Books books)
{
    public sealed record Request(string? CoOp, int Number, string By, string Reason, bool DryRun = false)
    {
        /// <summary>Done in the transaction of the withdrawal, as its last.</summary>
        internal Action<EvergreenDb, ImportWithdrawal>? AndThen { get; init; }
    }

    /// <param name="progress">Told the stage, how much of it is done and how much there is.</param>
    /// <exception cref="OperationCanceledException">Asked to stop before the commit. Nothing was taken back.</exception>
    public Outcome<ImportWithdrawal> Run(Request request, Action<string, int, int>? progress = null, CancellationToken stop = default)
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) return Imports.Refusals.WithdrawalReasonMissing();
        ImportWithdrawal? made = null;
        return books.Write(request.DryRun, db =>
        {
            var outcome = Withdraw(db, request, new JobSteps(progress, stop));
            made = outcome.IsRefused ? null : outcome.Value;
            return outcome;
        }, db => LookUp(db, request, made));
    }

    private Outcome<ImportWithdrawal> Withdraw(EvergreenDb db, Request request, JobSteps steps)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        if (db.Imports.SingleOrDefault(import => import.CoOpId == coOp.Id && import.Number == request.Number) is not { } import) return Imports.Refusals.ImportUnknown(request.Number);
        if (import.WithdrawnAt is { } at) return Imports.Refusals.ImportWithdrawn(import, at);
        var today = books.Today(coOp);
        var withdrawn = import.Kind switch
        {
            ImportKind.Members => MembersWithdrawal.Run(db, coOp, import, steps),
            ImportKind.Equity => EquityWithdrawal.Run(db, coOp, import, books.Now, today, request.Reason.Trim(), steps),
            _ => PatronageWithdrawal.Run(db, coOp, import, steps),
        };
        if (withdrawn.IsRefused) return withdrawn;
        (import.WithdrawnAt, import.WithdrawnBy, import.WithdrawnReason) = (books.Now, request.By, request.Reason.Trim());
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "import.withdraw", $"import {import.Number}", request.Reason.Trim());
        request.AndThen?.Invoke(db, withdrawn.Value);
        return withdrawn;
    }

    private static Outcome<ImportWithdrawal>? LookUp(EvergreenDb db, Request request, ImportWithdrawal? made)
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return null;
        var reason = request.Reason.Trim();
        var import = db.Imports.SingleOrDefault(i => i.CoOpId == coOp.Value.Id && i.Number == request.Number && i.WithdrawnAt != null && i.WithdrawnReason == reason);
        if (import is null) return null;
        return made ?? new ImportWithdrawal(import.Number, import.Kind);
    }
}

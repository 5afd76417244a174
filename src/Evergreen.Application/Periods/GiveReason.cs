using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Periods;

/// <summary>Gives the reason why a line of the figures does not come from business with patrons, where the file had none. A reason that was given stays.</summary>
public sealed class GiveReason(Books books)
{
    public sealed record Request(string? CoOp, int Year, string Line, string Reason, string By, bool DryRun = false);

    public Outcome<SurplusLine> Run(Request request) => books.Write<SurplusLine>(request.DryRun, db =>
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) return Refusals.NoReason();
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        if (!db.YearClosings.Any(closing => closing.CoOpId == coOp.Value.Id && closing.FiscalYear == request.Year)) return Refusals.YearOpen(request.Year);
        var lines = db.SurplusLines.Where(line => line.CoOpId == coOp.Value.Id && line.FiscalYear == request.Year && line.Line == request.Line && !line.FromPatronage).OrderBy(line => line.No).ToList();
        if (lines.Count == 0) return Refusals.LineUnknown(request.Line, request.Year);
        var line = lines.FirstOrDefault(line => string.IsNullOrEmpty(line.Reason));
        if (line is null) return lines[0].Reason == request.Reason.Trim() ? lines[0] : Refusals.ReasonGiven(request.Line, lines[0].Reason!);
        line.Reason = request.Reason.Trim();
        AuditTrail.Add(db, coOp.Value.Id, books.Now, request.By, "year.reason", $"year {request.Year}, line {line.No}", line.Reason);
        return line;
    });
}

using System.Security.Cryptography;
using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Periods;

/// <summary>Closes the books of a year with its figures: net income goes to the ledger on the last day, and no entry may bear a date in the year from then on.</summary>
public sealed class CloseFiscalYear(Books books)
{
    /// <param name="FiguresPath">A file in the form of <c>surplus.csv</c>: line, amount, sourced, pool, reason.</param>
    /// <param name="ExpectTotal">Net income as the bookkeeper knows it; the lines must sum to it to the cent.</param>
    public sealed record Request(string? CoOp, int Year, string FiguresPath, string By, Money? ExpectTotal = null, bool DryRun = false)
    {
        /// <summary>What the file holds, where it came by a form; read from the path where null.</summary>
        public byte[]? Figures { get; init; }
    }

    public sealed record Result(YearClosing Closing, IReadOnlyList<SurplusLine> Lines, IReadOnlyList<string> Warnings, bool AlreadyThere);

    public Outcome<Result> Run(Request request)
    {
        byte[] bytes;
        try
        {
            bytes = request.Figures ?? File.ReadAllBytes(request.FiguresPath);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Refusals.FileMissing(request.FiguresPath);
        }
        var read = FiguresFile.Read(Path.GetFileName(request.FiguresPath), bytes);
        if (read.IsRefused) return read.Refusal!;
        if (read.Value.Problems.Count > 0) return Refusals.FiguresWrong(string.Join('\n', read.Value.Problems));
        if (read.Value.Figures.Count == 0) return Refusals.NoFigures();
        var total = read.Value.Total;
        if (request.ExpectTotal is { } expected && expected != total) return Refusals.TotalDiffers(expected, total);
        return books.Write(request.DryRun, db => Close(db, request, read.Value.Figures, total, Convert.ToHexStringLower(SHA256.HashData(bytes))));
    }

    private Outcome<Result> Close(EvergreenDb db, Request request, IReadOnlyList<Figure> figures, Money total, string sha256)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        var year = coOp.Year(request.Year);
        var before = db.YearClosings.AsNoTracking().SingleOrDefault(closing => closing.CoOpId == coOp.Id && closing.FiscalYear == request.Year);
        if (before is not null)
        {
            var there = db.SurplusLines.AsNoTracking().Where(line => line.CoOpId == coOp.Id && line.FiscalYear == request.Year).OrderBy(line => line.No).ToList();
            return before.FiguresSha256 == sha256 || AreThose(there, figures) ? new Result(before, there, [], AlreadyThere: true) : Refusals.AlreadyClosed(request.Year, before.By);
        }
        if (books.Today(coOp) <= year.EndsOn) return Refusals.YearNotOver(request.Year, year.EndsOn);

        if (!total.IsZero)
            LedgerGuard.Append(db, coOp, [new EntryDraft(EntryKind.YearClosing, request.Year, 0, year.EndsOn, $"Net income of FY{request.Year}", null,
                new EntryLine(AccountCodes.NetAssets, null, null, total.Cents), new EntryLine(AccountCodes.NetIncome, null, request.Year, -total.Cents))], books.Now);
        var closing = new YearClosing { CoOpId = coOp.Id, FiscalYear = request.Year, StartsOn = year.StartsOn, EndsOn = year.EndsOn, At = books.Now, By = request.By, NetIncomeCents = total.Cents, FiguresSha256 = sha256 };
        db.YearClosings.Add(closing);
        var lines = figures.Select((figure, index) => new SurplusLine
        {
            CoOpId = coOp.Id, FiscalYear = request.Year, No = index + 1, Line = figure.Line, AmountCents = figure.Amount.Cents, FromPatronage = figure.FromPatronage, Pool = figure.Pool, Reason = figure.Reason,
        }).ToList();
        db.SaveChanges();
        db.SurplusLines.AddRange(lines);
        AuditTrail.Add(db, coOp.Id, closing.At, request.By, "year.close", $"year {request.Year}", $"figures {sha256}");
        return new Result(closing, lines, [.. Warnings(db, coOp, request.Year, lines)], AlreadyThere: false);
    }

    // An export holds the same lines in other bytes, and the reasons that were given after the closing.
    private static bool AreThose(List<SurplusLine> there, IReadOnlyList<Figure> figures) =>
        figures.SequenceEqual(there.Select(line => new Figure(line.Line, line.Amount, line.FromPatronage, line.Pool, line.Reason)));

    private static IEnumerable<string> Warnings(EvergreenDb db, CoOp coOp, int year, List<SurplusLine> lines)
    {
        foreach (var line in lines.Where(line => !line.FromPatronage && line.Reason is null))
            yield return $"The non-patronage line '{line.Line}' has no reason yet. A run cannot be approved before it is given: evergreen year reason {year} \"{line.Line}\" \"why\"";
        foreach (var twice in lines.GroupBy(line => line.Line, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return $"The line '{twice.Key}' stands there {twice.Count()} times.";
        var period = coOp.Year(year);
        var held = db.HeldRows.Count(row => row.CoOpId == coOp.Id && row.ResolvedAt == null && row.On >= period.StartsOn && row.On <= period.EndsOn);
        if (held > 0) yield return $"{held} imported rows of the year are held because their members are unknown: evergreen import held";
    }
}

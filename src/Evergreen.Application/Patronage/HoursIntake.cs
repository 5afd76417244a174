using System.Linq.Expressions;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

internal sealed class HoursIntake(ImportSitting sitting) : PatronageIntake<HoursWorked>(sitting, Measure.Hours, "hours kind")
{
    private static readonly CanonicalFile File = CanonicalFile.Hours;
    private static readonly int WorkDate = File["work_date"], Start = File["period_start"], End = File["period_end"], PaidOn = File["paid_on"], HoursColumn = File["hours"], Wages = File["wages"];

    protected override int SourceColumn { get; } = File["source_id"];
    protected override int MemberColumn { get; } = File["member_number"];
    protected override int CategoryColumn { get; } = File["hours_kind"];
    protected override string? EmptyCategory => "regular";

    protected override (DateOnly On, int Column) Dated(CanonicalRows rows)
    {
        var column = rows.Has(WorkDate) ? WorkDate : Sitting.CoOp.HoursDatedBy == HoursDating.PaidOn ? PaidOn : End;
        return (rows.Date(column)!.Value, column);
    }

    /// <remarks>A period over the year end is listed; it belongs whole to the year that the co-op's choice names and is never split in silence.</remarks>
    protected override void LookAt(CanonicalRows rows, int year)
    {
        if (rows.Date(Start) is { } start && Sitting.CoOp.YearOf(start).Year is var first && Sitting.CoOp.YearOf(rows.Date(End)!.Value).Year != first)
            rows.Warn(Start, RowWarnings.Straddles(first, year));
    }

    protected override long Quantity(CanonicalRows rows) => rows.Hours(HoursColumn)!.Value.Hundredths;

    protected override HoursWorked Make(CanonicalRows rows, string sourceRef, int? member, DateOnly on, int category) => new()
    {
        SourceId = Import.SourceId,
        SourceRef = sourceRef,
        CoOpId = Import.CoOpId,
        MemberId = member,
        On = on,
        PeriodStart = rows.Date(Start),
        PeriodEnd = rows.Date(End),
        PaidOn = rows.Date(PaidOn),
        HoursHundredths = rows.Hours(HoursColumn)!.Value.Hundredths,
        WagesCents = rows.Amount(Wages)?.Cents,
        CategoryId = category,
        ImportId = Import.Id,
        Row = rows.Line,
    };

    protected override HeldRow Hold(HoursWorked row, string number) => HeldPatronage.Of(row, number);
    protected override void Count(PatronageSums sums, HoursWorked row, int year) => sums.Add(row, year, 1);
    protected override string RefOf(HoursWorked row) => row.SourceRef;
    protected override (int? Member, int Category, int Import) About(HoursWorked row) => (row.MemberId, row.CategoryId, row.ImportId);
    protected override Expression<Func<HoursWorked, bool>> ByRef(int source, string[] refs) => row => row.SourceId == source && refs.Contains(row.SourceRef);
    protected override Expression<Func<HoursWorked, string>> Ref => row => row.SourceRef;
    protected override Expression<Func<HoursWorked, bool>> TakenBetween(int import, DateOnly from, DateOnly to) => row => row.ImportId == import && row.On >= from && row.On <= to;

    protected override int HashOf(HoursWorked row, int salt) => HashCode.Combine(HashCode.Combine(salt, row.PeriodStart), row.MemberId, row.On, row.HoursHundredths, row.CategoryId, row.WagesCents, row.PeriodEnd, row.PaidOn);
    protected override IQueryable<HoursWorked> OwnRows => Sitting.Db.Set<HoursWorked>().AsNoTracking().Where(row => row.SourceId == Import.SourceId && row.ImportId == Import.Id && row.MemberId != null);
    protected override Expression<Func<HoursWorked, bool>> OfImports(int[] imports) => row => imports.Contains(row.ImportId);

    protected override IQueryable<Twin> Twins(IQueryable<HoursWorked> rows, IQueryable<HoursWorked> others) =>
        from row in rows
        from other in others
        where other.MemberId != null && other.MemberId == row.MemberId && other.On == row.On && other.HoursHundredths == row.HoursHundredths && other.CategoryId == row.CategoryId
            && other.WagesCents == row.WagesCents && other.PeriodStart == row.PeriodStart && other.PeriodEnd == row.PeriodEnd && other.PaidOn == row.PaidOn && (other.ImportId != row.ImportId || other.Row < row.Row)
        group other.SourceRef by new { row.Row, row.SourceRef } into twin
        orderby twin.Key.Row
        select new Twin(twin.Key.Row, twin.Key.SourceRef, twin.Min()!);

    protected override string Describe(HoursWorked row, string? member, string? category) =>
        Joined(row.PeriodStart is { } start ? $"{start:yyyy-MM-dd} to {row.PeriodEnd:yyyy-MM-dd}, paid {row.PaidOn:yyyy-MM-dd}" : $"{row.On:yyyy-MM-dd}", member is null ? "no member" : $"member {member}",
            $"{new Hours(row.HoursHundredths)} hours", category, row.WagesCents is { } wages ? $"wages {new Money(wages)}" : null);
}

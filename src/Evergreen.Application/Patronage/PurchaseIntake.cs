using System.Linq.Expressions;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

internal sealed class PurchaseIntake(ImportSitting sitting) : PatronageIntake<Purchase>(sitting, Measure.Purchases, "department")
{
    private static readonly CanonicalFile File = CanonicalFile.Purchases;
    private static readonly int Amount = File["amount"], Eligible = File["eligible"], Store = File["store"], Volume = File["volume"];
    private readonly Words stores = new();
    private readonly OtherFile other = new(sitting.Db, sitting.Import);

    protected override int SourceColumn { get; } = File["source_id"];
    protected override int MemberColumn { get; } = File["member_number"];
    protected override int CategoryColumn { get; } = File["department"];

    protected override (DateOnly On, int Column) Dated(CanonicalRows rows)
    {
        var column = File["purchased_on"];
        return (rows.Date(column)!.Value, column);
    }

    protected override Fault? NotOn(CanonicalRows rows, DateOnly on) => other.Told(on, stores.Of(rows.Utf8(Store)));
    protected override long Quantity(CanonicalRows rows) => rows.Amount(Amount)!.Value.Cents;

    protected override Purchase Make(CanonicalRows rows, string sourceRef, int? member, DateOnly on, int category) => new()
    {
        SourceId = Import.SourceId,
        SourceRef = sourceRef,
        CoOpId = Import.CoOpId,
        MemberId = member,
        On = on,
        AmountCents = rows.Amount(Amount)!.Value.Cents,
        VolumeHundredths = rows.Hours(Volume)?.Hundredths,
        CategoryId = category,
        Eligibility = rows.Flag(Eligible) switch { true => RowEligibility.Eligible, false => RowEligibility.NotEligible, null => RowEligibility.ByDepartment },
        Store = stores.Of(rows.Utf8(Store)),
        ImportId = Import.Id,
        Row = rows.Line,
    };

    protected override HeldRow Hold(Purchase row, string number) => HeldPatronage.Of(row, number);
    protected override void Count(PatronageSums sums, Purchase row, int year) => sums.Add(row, year, 1);
    protected override string RefOf(Purchase row) => row.SourceRef;
    protected override (int? Member, int Category, int Import) About(Purchase row) => (row.MemberId, row.CategoryId, row.ImportId);
    protected override Expression<Func<Purchase, bool>> ByRef(int source, string[] refs) => row => row.SourceId == source && refs.Contains(row.SourceRef);
    protected override Expression<Func<Purchase, string>> Ref => row => row.SourceRef;
    protected override Expression<Func<Purchase, bool>> TakenBetween(int import, DateOnly from, DateOnly to) => row => row.ImportId == import && row.On >= from && row.On <= to;

    protected override int HashOf(Purchase row, int salt) => HashCode.Combine(salt, row.MemberId, row.On, row.AmountCents, row.CategoryId, row.Eligibility, row.Store, row.VolumeHundredths);
    protected override IQueryable<Purchase> OwnRows => Sitting.Db.Set<Purchase>().AsNoTracking().Where(row => row.SourceId == Import.SourceId && row.ImportId == Import.Id && row.MemberId != null);
    protected override Expression<Func<Purchase, bool>> OfImports(int[] imports) => row => imports.Contains(row.ImportId);

    protected override IQueryable<Twin> Twins(IQueryable<Purchase> rows, IQueryable<Purchase> others) =>
        from row in rows
        from other in others
        where other.MemberId != null && other.MemberId == row.MemberId && other.On == row.On && other.AmountCents == row.AmountCents && other.CategoryId == row.CategoryId
            && other.Eligibility == row.Eligibility && other.Store == row.Store && other.VolumeHundredths == row.VolumeHundredths && (other.ImportId != row.ImportId || other.Row < row.Row)
            // The lines of one receipt, R1/1 and R1/2, may well say the same.
            && !(row.SourceRef.Contains("/") && other.SourceId == row.SourceId && other.SourceRef.Substring(0, other.SourceRef.IndexOf("/") + 1) == row.SourceRef.Substring(0, row.SourceRef.IndexOf("/") + 1))
        group other.SourceRef by new { row.Row, row.SourceRef } into twin
        orderby twin.Key.Row
        select new Twin(twin.Key.Row, twin.Key.SourceRef, twin.Min()!);

    protected override string Describe(Purchase row, string? member, string? category) =>
        Joined($"{row.On:yyyy-MM-dd}", member is null ? "no member" : $"member {member}", new Money(row.AmountCents).ToString(), category, row.Store,
            row.VolumeHundredths is { } volume ? $"volume {new Hours(volume)}" : null, row.Eligibility == RowEligibility.ByDepartment ? null : row.Eligibility == RowEligibility.Eligible ? "eligible" : "not eligible");
}

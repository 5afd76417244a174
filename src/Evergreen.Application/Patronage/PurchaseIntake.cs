using System.Linq.Expressions;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Patronage;

namespace Evergreen.Application.Patronage;

internal sealed class PurchaseIntake(ImportSitting sitting) : PatronageIntake<Purchase>(sitting, Measure.Purchases, "department")
{
    private static readonly CanonicalFile File = CanonicalFile.Purchases;
    private static readonly int Amount = File["amount"], Eligible = File["eligible"], Store = File["store"], Volume = File["volume"];
    private readonly Words stores = new();

    protected override int SourceColumn { get; } = File["source_id"];
    protected override int MemberColumn { get; } = File["member_number"];
    protected override int CategoryColumn { get; } = File["department"];

    protected override (DateOnly On, int Column) Dated(CanonicalRows rows)
    {
        var column = File["purchased_on"];
        return (rows.Date(column)!.Value, column);
    }

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
    protected override Expression<Func<Purchase, bool>> TakenInYear(int import, DateOnly from, DateOnly to) => row => row.ImportId == import && row.On >= from && row.On <= to;

    protected override string Describe(Purchase row, string? member, string? category) =>
        Joined($"{row.On:yyyy-MM-dd}", member is null ? "no member" : $"member {member}", new Money(row.AmountCents).ToString(), category, row.Store,
            row.VolumeHundredths is { } volume ? $"volume {new Hours(volume)}" : null, row.Eligibility == RowEligibility.ByDepartment ? null : row.Eligibility == RowEligibility.Eligible ? "eligible" : "not eligible");
}

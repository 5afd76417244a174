using System.Text.Json;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Patronage;

namespace Evergreen.Application.Patronage;

/// <summary>A checked row that waits for its member: what its <see cref="HeldRow.RowJson"/> says, and the real row made of it later.</summary>
internal static class HeldPatronage
{
    internal sealed record PurchaseRest(int Category, RowEligibility Eligibility, string? Store, long? Volume);
    internal sealed record HoursRest(int Category, DateOnly? PeriodStart, DateOnly? PeriodEnd, DateOnly? PaidOn, long? Wages);

    public static HeldRow Of(Purchase row, string number) => new()
    {
        CoOpId = row.CoOpId, ImportId = row.ImportId, Kind = ImportKind.Purchases, Row = row.Row, SourceId = row.SourceId, SourceRef = row.SourceRef, MemberNumber = number, On = row.On,
        Quantity = row.AmountCents, RowJson = JsonSerializer.Serialize(new PurchaseRest(row.CategoryId, row.Eligibility, row.Store, row.VolumeHundredths), JsonSerializerOptions.Web),
    };

    public static HeldRow Of(HoursWorked row, string number) => new()
    {
        CoOpId = row.CoOpId, ImportId = row.ImportId, Kind = ImportKind.Hours, Row = row.Row, SourceId = row.SourceId, SourceRef = row.SourceRef, MemberNumber = number, On = row.On,
        Quantity = row.HoursHundredths, RowJson = JsonSerializer.Serialize(new HoursRest(row.CategoryId, row.PeriodStart, row.PeriodEnd, row.PaidOn, row.WagesCents), JsonSerializerOptions.Web),
    };

    public static Purchase ToPurchase(HeldRow held, int? member)
    {
        var rest = JsonSerializer.Deserialize<PurchaseRest>(held.RowJson, JsonSerializerOptions.Web)!;
        return new()
        {
            SourceId = held.SourceId, SourceRef = held.SourceRef, CoOpId = held.CoOpId, MemberId = member, On = held.On, AmountCents = held.Quantity, VolumeHundredths = rest.Volume,
            CategoryId = rest.Category, Eligibility = rest.Eligibility, Store = rest.Store, ImportId = held.ImportId, Row = held.Row,
        };
    }

    public static HoursWorked ToHours(HeldRow held, int? member)
    {
        var rest = JsonSerializer.Deserialize<HoursRest>(held.RowJson, JsonSerializerOptions.Web)!;
        return new()
        {
            SourceId = held.SourceId, SourceRef = held.SourceRef, CoOpId = held.CoOpId, MemberId = member, On = held.On, PeriodStart = rest.PeriodStart, PeriodEnd = rest.PeriodEnd, PaidOn = rest.PaidOn,
            HoursHundredths = held.Quantity, WagesCents = rest.Wages, CategoryId = rest.Category, ImportId = held.ImportId, Row = held.Row,
        };
    }
}

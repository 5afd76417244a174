using Evergreen.Application.Patronage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Web.Api.Wire;

namespace Evergreen.Web.Api.Patronage;

/// <summary>Hours of one member: of a day (<c>workedOn</c>), or of a pay period (<c>periodStart</c>, <c>periodEnd</c> and <c>paidOn</c>).</summary>
/// <param name="Id">Payroll's own id, 1 to 100 characters. It is the key of the row: however often it comes, it counts once.</param>
/// <param name="Hours">Such as "7.50"; a correction has a minus.</param>
/// <param name="Member">The member's number, as text with its leading zeros; left out for labour of no member.</param>
/// <param name="Kind">A kind of hours by its code; <c>regular</c> where it is left out, and one that is new comes into being.</param>
/// <param name="Wages">What was paid for them, where the co-op divides by wages.</param>
/// <param name="Currency">Checked against the co-op's; may be left out.</param>
public sealed record HoursPost(string Id, string Hours, string? Member = null, DateOnly? WorkedOn = null, DateOnly? PeriodStart = null, DateOnly? PeriodEnd = null, DateOnly? PaidOn = null, string? Kind = null, string? Wages = null, string? Currency = null)
{
    internal HoursLine Read(Fields fields)
    {
        var period = PeriodStart is not null && PeriodEnd is not null && PaidOn is not null;
        if (WorkedOn is not null ? PeriodStart is not null || PeriodEnd is not null || PaidOn is not null : !period) fields.Mistake("workedOn", "Give either the day worked, or the whole pay period: periodStart, periodEnd and paidOn.");
        if (PeriodEnd < PeriodStart) fields.Mistake("periodEnd", "The period ends before it starts.");
        return new(fields.Text("id", Id, 100)!, fields.Text("member", Member, 50), WorkedOn, PeriodStart, PeriodEnd, PaidOn, fields.Hours("hours", Hours), fields.Text("kind", Kind, 100), fields.AmountOrNone("wages", Wages), fields.Currency(Currency));
    }
}

/// <summary>Rows of hours in one call, 1 to 500. Each is answered for itself; the good ones are kept though others are refused.</summary>
public sealed record HoursBatch(IReadOnlyList<HoursPost> Lines);

/// <summary>Hours that are in the books.</summary>
/// <param name="Member">Number of the record they count for.</param>
/// <param name="Currency">Of the wages.</param>
public sealed record HoursEntry(string Id, string Hours, string? Member = null, DateOnly? WorkedOn = null, DateOnly? PeriodStart = null, DateOnly? PeriodEnd = null, DateOnly? PaidOn = null, string? Kind = null, string? Wages = null, string? Currency = null)
{
    internal static HoursEntry Of(HoursLine line, string currency) =>
        new(line.Id, line.Hours.ToString(), line.Member, line.WorkedOn, line.PeriodStart, line.PeriodEnd, line.PaidOn, line.Kind, line.Wages?.ToString(), line.Wages is null ? null : currency);
}

/// <summary>Hours that are in the books, with where they came from.</summary>
/// <param name="Source">The payroll or file they came from. An id is unique within its source.</param>
/// <param name="On">The date that puts them into a fiscal year.</param>
/// <param name="Member">Number of the record they count for; left out for labour of no member.</param>
/// <param name="Currency">Of the wages.</param>
public sealed record ListedHours(string Source, string Id, DateOnly On, string Hours, string? Member = null, DateOnly? PeriodStart = null, DateOnly? PeriodEnd = null, DateOnly? PaidOn = null, string? Kind = null, string? Wages = null, string? Currency = null)
{
    internal static ListedHours Of(HoursRow row, string currency) => new(row.Source, row.Hours.SourceRef, row.Hours.On, row.Hours.Hours.ToString(), row.Member, row.Hours.PeriodStart, row.Hours.PeriodEnd, row.Hours.PaidOn, row.Kind,
        row.Hours.WagesCents is { } wages ? new Money(wages).ToString() : null, row.Hours.WagesCents is null ? null : currency);
}

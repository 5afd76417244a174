using System.Linq.Expressions;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Patronage;

namespace Evergreen.Application.Patronage;

/// <summary>Takes in hours as payroll posts them, one row or many to a call. Payroll's id is the key: however often a row comes, it is in the books once.</summary>
/// <remarks>Kept for the life of the program: calls that come together are stored together.</remarks>
public sealed class RecordHours(Books books)
{
    private readonly PostedRows<HoursLine, HoursWorked> rows = new(books, new Kind());

    public Task<Outcome<KeyedAnswer>> Run(PostRequest<HoursLine> request) => rows.Run(request);

    private sealed class Kind : PostedKind<HoursLine, HoursWorked>
    {
        public override ImportKind Import => ImportKind.Hours;
        public override Measure Measure => Measure.Hours;
        public override string Column => "hours";
        public override string Category => "hours kind";
        public override string? EmptyCategory => "regular";
        public override string Verb => "hours.record";
        public override string One => "hours";
        public override string IdOf(HoursLine line) => line.Id;
        public override string? MemberOf(HoursLine line) => line.Member;
        public override string? CategoryOf(HoursLine line) => line.Kind;
        public override string? CurrencyOf(HoursLine line) => line.Currency;
        public override long Quantity(HoursWorked row) => row.HoursHundredths;
        public override string RefOf(HoursWorked row) => row.SourceRef;
        public override void Count(PatronageSums sums, HoursWorked row, int year) => sums.Add(row, year, 1);
        public override Expression<Func<HoursWorked, bool>> ByRef(EvergreenDb db, int source, string[] refs) => row => row.SourceId == db.ImportSources.Where(one => one.Id == source).Max(one => (int?)one.Id) && refs.Contains(row.SourceRef);

        public override (DateOnly On, string Field) Dated(HoursLine line, CoOp coOp) =>
            line.WorkedOn is { } day ? (day, "workedOn") : coOp.HoursDatedBy == HoursDating.PaidOn ? (line.PaidOn!.Value, "paidOn") : (line.PeriodEnd!.Value, "periodEnd");

        public override HoursWorked Make(HoursLine line, PostedPlace place) => new()
        {
            SourceId = place.Source, SourceRef = line.Id, CoOpId = place.CoOp, MemberId = place.Member, On = place.On, PeriodStart = line.PeriodStart, PeriodEnd = line.PeriodEnd, PaidOn = line.PaidOn,
            HoursHundredths = line.Hours.Hundredths, WagesCents = line.Wages?.Cents, CategoryId = place.Category, ImportId = place.Import, Row = place.Row,
        };

        public override HoursLine AsKept(HoursLine line, string? member, string? category) => line with { Member = member, Kind = category };

        public override IEnumerable<string> Differences(HoursWorked there, HoursWorked row)
        {
            if (there.HoursHundredths != row.HoursHundredths) yield return "hours";
            if (there.MemberId != row.MemberId) yield return "member";
            if (there.On != row.On) yield return "workedOn";
            if (there.PeriodStart != row.PeriodStart) yield return "periodStart";
            if (there.PeriodEnd != row.PeriodEnd) yield return "periodEnd";
            if (there.PaidOn != row.PaidOn) yield return "paidOn";
            if (there.CategoryId != row.CategoryId) yield return "kind";
            if (there.WagesCents != row.WagesCents) yield return "wages";
        }

        public override Refusal Differs(HoursWorked there, IReadOnlyList<string> fields) => Refusals.HoursDiffer(there.SourceRef, string.Join(", ", fields));
    }
}

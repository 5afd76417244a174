using System.Linq.Expressions;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Patronage;

namespace Evergreen.Application.Patronage;

/// <summary>Takes in receipts as a till posts them, one or many to a call. The till's receipt id is the key: however often a receipt comes, it is in the books once.</summary>
/// <remarks>Kept for the life of the program: calls that come together are stored together.</remarks>
public sealed class RecordPurchases(Books books)
{
    private readonly PostedRows<PurchaseLine, Purchase> rows = new(books, new Kind());

    public Task<Outcome<KeyedAnswer>> Run(PostRequest<PurchaseLine> request) => rows.Run(request);

    private sealed class Kind : PostedKind<PurchaseLine, Purchase>
    {
        public override ImportKind Import => ImportKind.Purchases;
        public override Measure Measure => Measure.Purchases;
        public override string Column => "amount";
        public override string Category => "department";
        public override string Verb => "purchases.record";
        public override string One => "receipt";
        public override string IdOf(PurchaseLine line) => line.Receipt;
        public override string? MemberOf(PurchaseLine line) => line.Member;
        public override string? CategoryOf(PurchaseLine line) => line.Department;
        public override string? CurrencyOf(PurchaseLine line) => line.Currency;
        public override (DateOnly On, string Field) Dated(PurchaseLine line, CoOp coOp) => (line.On, "on");
        public override long Quantity(Purchase row) => row.AmountCents;
        public override string RefOf(Purchase row) => row.SourceRef;
        public override void Count(PatronageSums sums, Purchase row, int year) => sums.Add(row, year, 1);
        public override Expression<Func<Purchase, bool>> ByRef(EvergreenDb db, int source, string[] refs) => row => row.SourceId == db.ImportSources.Where(one => one.Id == source).Max(one => (int?)one.Id) && refs.Contains(row.SourceRef);

        public override Purchase Make(PurchaseLine line, PostedPlace place) => new()
        {
            SourceId = place.Source, SourceRef = line.Receipt, CoOpId = place.CoOp, MemberId = place.Member, On = place.On, AmountCents = line.Amount.Cents, VolumeHundredths = line.Volume?.Hundredths, CategoryId = place.Category,
            Eligibility = line.Eligible switch { true => RowEligibility.Eligible, false => RowEligibility.NotEligible, null => RowEligibility.ByDepartment },
            Store = line.Store, ImportId = place.Import, Row = place.Row,
        };

        public override PurchaseLine AsKept(PurchaseLine line, string? member, string? category) => line with { Member = member, Department = category };

        public override IEnumerable<string> Differences(Purchase there, Purchase row)
        {
            if (there.AmountCents != row.AmountCents) yield return "amount";
            if (there.MemberId != row.MemberId) yield return "member";
            if (there.On != row.On) yield return "on";
            if (there.CategoryId != row.CategoryId) yield return "department";
            if (there.Eligibility != row.Eligibility) yield return "eligible";
            if (there.Store != row.Store) yield return "store";
            if (there.VolumeHundredths != row.VolumeHundredths) yield return "volume";
        }

        public override Refusal Differs(Purchase there, IReadOnlyList<string> fields) =>
            fields[0] == "amount" ? Refusals.PurchaseDiffersInAmount(there.SourceRef, there.Amount) : Refusals.PurchaseDiffers(there.SourceRef, string.Join(", ", fields));
    }
}

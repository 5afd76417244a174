using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Domain.Tax;

namespace Evergreen.Application.Statements;

/// <summary>A member's own tax forms, as far as the co-op has released them: of each year the one that holds.</summary>
public sealed class MyTaxForms(Books books)
{
    /// <param name="Record">Number of the record that it was made for.</param>
    /// <param name="IsCorrected">Whether it replaces one that was released before.</param>
    public sealed record Row(int CalendarYear, int MemberId, string Record, PatronageBoxes Boxes, DateOnly ReleasedOn, string PayerTaxId, bool IsCorrected);

    /// <summary>Newest year first.</summary>
    public IReadOnlyList<Row> Run(CoOp coOp, int memberId) => books.Read(db => Rows(db, coOp, memberId));

    internal static List<Row> Rows(EvergreenDb db, CoOp coOp, int memberId)
    {
        var records = MemberIdentities.Numbers(db, MemberIdentities.Of(db, memberId));
        var ids = records.Keys.ToList();
        var rows = Newest(db, db.TaxForms.Where(form => form.CoOpId == coOp.Id && ids.Contains(form.MemberId)), records);
        return [.. rows.OrderByDescending(row => row.CalendarYear).ThenBy(row => row.Record, MemberNumber.Order)];
    }

    /// <summary>Of each record and year the form that holds.</summary>
    internal static IEnumerable<Row> Newest(EvergreenDb db, IQueryable<TaxForm> forms, IReadOnlyDictionary<int, string> numbers) =>
        (from form in forms
         join release in db.TaxFormReleases on new { form.CoOpId, form.CalendarYear, form.Number } equals new { release.CoOpId, release.CalendarYear, release.Number }
         select new { Form = form, release.On, release.PayerTaxId }).AsEnumerable().GroupBy(one => (one.Form.CalendarYear, one.Form.MemberId)).Select(all =>
        {
            var newest = all.MaxBy(one => one.Form.Number)!;
            return new Row(all.Key.CalendarYear, all.Key.MemberId, numbers[all.Key.MemberId], newest.Form.Boxes, newest.On, newest.PayerTaxId, all.Count() > 1);
        });
}

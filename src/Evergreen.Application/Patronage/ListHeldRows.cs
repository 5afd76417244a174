using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <param name="Quantity">Amount of a purchase; hours, in hundredths as money is.</param>
public sealed record HeldLine(long Id, int Import, ImportKind Kind, long Row, string SourceRef, string MemberNumber, DateOnly On, Money Quantity);

/// <summary>The rows that wait for a person because their member number is not in the register.</summary>
public sealed class ListHeldRows(Books books)
{
    public Outcome<IReadOnlyList<HeldLine>> Run(string? coOp) => books.Read<Outcome<IReadOnlyList<HeldLine>>>(db =>
    {
        var found = FindCoOp.Run(db, coOp);
        if (found.IsRefused) return found.Refusal!;
        return (from row in db.HeldRows
                join import in db.Imports on row.ImportId equals import.Id
                where row.CoOpId == found.Value.Id && row.ResolvedAt == null
                orderby row.MemberNumber, row.On, row.Id
                select new { row.Id, import.Number, row.Kind, row.Row, row.SourceRef, row.MemberNumber, row.On, row.Quantity })
            .AsEnumerable().Select(row => new HeldLine(row.Id, row.Number, row.Kind, row.Row, row.SourceRef, row.MemberNumber, row.On, new Money(row.Quantity))).ToList();
    });
}

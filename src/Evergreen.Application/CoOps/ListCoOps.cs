using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.CoOps;

/// <summary>The co-ops of a database, by code, each with how many members it has on its register.</summary>
public sealed class ListCoOps(Books books)
{
    public sealed record Row(CoOp CoOp, int Members, int? LastYearClosed);

    public IReadOnlyList<Row> Run() => books.Read(db =>
    {
        var members = db.Members.GroupBy(member => member.CoOpId).Select(group => new { group.Key, Count = group.Count() }).ToDictionary(count => count.Key, count => count.Count);
        var closed = db.YearClosings.GroupBy(closing => closing.CoOpId).Select(group => new { group.Key, Last = group.Max(closing => closing.FiscalYear) }).ToDictionary(last => last.Key, last => last.Last);
        return db.CoOps.AsNoTracking().OrderBy(coOp => coOp.Code).AsEnumerable()
            .Select(coOp => new Row(coOp, members.GetValueOrDefault(coOp.Id), closed.TryGetValue(coOp.Id, out var year) ? year : null)).ToList();
    });
}

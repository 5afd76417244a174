using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Keeps a list's filter under a name, for its owner or for everyone; the same name again replaces it.</summary>
public sealed class SaveFilter(Books books)
{
    private const int LongestName = 100, LongestQuery = 2_000;

    public sealed record Request(string? CoOp, string List, string? Name, string Query, bool Shared, string By);

    public Outcome<SavedFilter> Run(Request request) => books.Write<SavedFilter>(dryRun: false, db =>
    {
        var coOp = FindCoOp.Run(db, request.CoOp);
        if (coOp.IsRefused) return coOp.Refusal!;
        if (Particulars.Trim(request.Name) is not { Length: <= LongestName } name) return Refusals.FilterNameMissing();
        var query = request.Query.TrimStart('?');
        if (query.Length > LongestQuery) return Refusals.TextTooLong(query, LongestQuery);
        var filter = new SavedFilter { CoOpId = coOp.Value.Id, List = request.List, Owner = request.By, Name = name, Query = query, Shared = request.Shared };
        db.SavedFilters.Where(one => one.CoOpId == filter.CoOpId && one.List == filter.List && one.Owner == filter.Owner && one.Name == name).ExecuteDelete();
        db.SavedFilters.Add(filter);
        return filter;
    });

    public Outcome<int> Remove(string? coOpCode, int id, string by) => books.Write<int>(dryRun: false, db =>
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        return db.SavedFilters.Where(one => one.CoOpId == coOp.Value.Id && one.Id == id && one.Owner == by).ExecuteDelete() == 1 ? id : Refusals.FilterUnknown();
    });

    /// <summary>The person's own filters and those that are shared, by name.</summary>
    public Outcome<IReadOnlyList<SavedFilter>> Of(string? coOpCode, string list, string by) => books.Read<Outcome<IReadOnlyList<SavedFilter>>>(db =>
    {
        var coOp = FindCoOp.Run(db, coOpCode);
        if (coOp.IsRefused) return coOp.Refusal!;
        return db.SavedFilters.Where(one => one.CoOpId == coOp.Value.Id && one.List == list && (one.Shared || one.Owner == by)).OrderBy(one => one.Name).ThenBy(one => one.Id).ToList();
    });
}

using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>The place of a row in its list.</summary>
/// <param name="On">Its date, where the list is one member's; then by source and id.</param>
public sealed record PatronageKey(DateOnly? On, int Source, string Id);

/// <param name="Members">Ids of one person's records; null for the whole co-op.</param>
public sealed record PatronageRequest(CoOp CoOp, int Limit, PatronageKey? After = null, IReadOnlyList<int>? Members = null);

/// <param name="Source">The till or file that it came from.</param>
/// <param name="Member">Number of the record it counts for; null for business with no member.</param>
public sealed record PurchaseRow(PatronageKey Key, string Source, Purchase Purchase, string? Member, string? Department);

/// <inheritdoc cref="PurchaseRow"/>
public sealed record HoursRow(PatronageKey Key, string Source, HoursWorked Hours, string? Member, string? Kind);

/// <summary>Purchases and hours row by row: all of a co-op by source and id, or one member's by date. Each list follows an index, however long it is.</summary>
public sealed class PatronageById(Books books)
{
    public Slice<PurchaseRow, PatronageKey> Purchases(PatronageRequest request) => books.Read(db =>
    {
        var names = Sources(db, request.CoOp.Id, ImportKind.Purchases);
        var (rows, after) = (db.Purchases.Where(row => row.CoOpId == request.CoOp.Id), request.After);
        if (request.Members is { } members)
        {
            var ids = members.Select(id => (int?)id).ToArray();
            rows = rows.Where(row => ids.Contains(row.MemberId));
            if (after is { On: { } on }) rows = rows.Where(row => row.On > on || (row.On == on && (row.SourceId > after.Source || (row.SourceId == after.Source && row.SourceRef.CompareTo(after.Id) > 0))));
            rows = rows.OrderBy(row => row.On).ThenBy(row => row.SourceId).ThenBy(row => row.SourceRef);
        }
        else
        {
            var ids = names.Keys.ToArray();
            rows = rows.Where(row => ids.Contains(row.SourceId));
            if (after is not null) rows = rows.Where(row => row.SourceId > after.Source || (row.SourceId == after.Source && row.SourceRef.CompareTo(after.Id) > 0));
            rows = rows.OrderBy(row => row.SourceId).ThenBy(row => row.SourceRef);
        }
        var page = rows.Take(request.Limit + 1).ToList();
        var (numbers, categories) = (Numbers(db, page.Select(row => row.MemberId)), Categories(db, request.CoOp.Id, Measure.Purchases));
        return Slice<PurchaseRow, PatronageKey>.Of(page.ConvertAll(row => new PurchaseRow(new(request.Members is null ? null : row.On, row.SourceId, row.SourceRef), names[row.SourceId], row, Number(numbers, row.MemberId), categories.GetValueOrDefault(row.CategoryId))), request.Limit, row => row.Key);
    });

    public Slice<HoursRow, PatronageKey> Hours(PatronageRequest request) => books.Read(db =>
    {
        var names = Sources(db, request.CoOp.Id, ImportKind.Hours);
        var (rows, after) = (db.HoursWorked.Where(row => row.CoOpId == request.CoOp.Id), request.After);
        if (request.Members is { } members)
        {
            var ids = members.Select(id => (int?)id).ToArray();
            rows = rows.Where(row => ids.Contains(row.MemberId));
            if (after is { On: { } on }) rows = rows.Where(row => row.On > on || (row.On == on && (row.SourceId > after.Source || (row.SourceId == after.Source && row.SourceRef.CompareTo(after.Id) > 0))));
            rows = rows.OrderBy(row => row.On).ThenBy(row => row.SourceId).ThenBy(row => row.SourceRef);
        }
        else
        {
            var ids = names.Keys.ToArray();
            rows = rows.Where(row => ids.Contains(row.SourceId));
            if (after is not null) rows = rows.Where(row => row.SourceId > after.Source || (row.SourceId == after.Source && row.SourceRef.CompareTo(after.Id) > 0));
            rows = rows.OrderBy(row => row.SourceId).ThenBy(row => row.SourceRef);
        }
        var page = rows.Take(request.Limit + 1).ToList();
        var (numbers, kinds) = (Numbers(db, page.Select(row => row.MemberId)), Categories(db, request.CoOp.Id, Measure.Hours));
        return Slice<HoursRow, PatronageKey>.Of(page.ConvertAll(row => new HoursRow(new(request.Members is null ? null : row.On, row.SourceId, row.SourceRef), names[row.SourceId], row, Number(numbers, row.MemberId), kinds.GetValueOrDefault(row.CategoryId))), request.Limit, row => row.Key);
    });

    /// <summary>What a program itself posted under an id.</summary>
    public PurchaseRow? Purchase(CoOp coOp, string client, string receipt) => books.Read(db =>
    {
        if (Own(db, coOp.Id, ImportKind.Purchases, client) is not { } source || db.Purchases.SingleOrDefault(row => row.SourceId == source && row.SourceRef == receipt) is not { } row) return null;
        return new PurchaseRow(new(null, source, receipt), PostedSource.Name(client), row, Number(Numbers(db, [row.MemberId]), row.MemberId), Categories(db, coOp.Id, Measure.Purchases).GetValueOrDefault(row.CategoryId));
    });

    /// <inheritdoc cref="Purchase"/>
    public HoursRow? Hours(CoOp coOp, string client, string id) => books.Read(db =>
    {
        if (Own(db, coOp.Id, ImportKind.Hours, client) is not { } source || db.HoursWorked.SingleOrDefault(row => row.SourceId == source && row.SourceRef == id) is not { } row) return null;
        return new HoursRow(new(null, source, id), PostedSource.Name(client), row, Number(Numbers(db, [row.MemberId]), row.MemberId), Categories(db, coOp.Id, Measure.Hours).GetValueOrDefault(row.CategoryId));
    });

    private static int? Own(EvergreenDb db, int coOpId, ImportKind kind, string client)
    {
        var name = PostedSource.Name(client);
        return db.ImportSources.Where(source => source.CoOpId == coOpId && source.Kind == kind && source.Name == name).Select(source => (int?)source.Id).SingleOrDefault();
    }

    private static Dictionary<int, string> Sources(EvergreenDb db, int coOpId, ImportKind kind) => db.ImportSources.Where(source => source.CoOpId == coOpId && source.Kind == kind).ToDictionary(source => source.Id, source => source.Name);
    private static Dictionary<int, string> Categories(EvergreenDb db, int coOpId, Measure measure) => db.PatronageCategories.Where(category => category.CoOpId == coOpId && category.Measure == measure).ToDictionary(category => category.Id, category => category.Code);
    private static string? Number(Dictionary<int, string> numbers, int? id) => id is { } known ? numbers[known] : null;

    private static Dictionary<int, string> Numbers(EvergreenDb db, IEnumerable<int?> members)
    {
        var ids = members.OfType<int>().Distinct().ToArray();
        return db.Members.Where(member => ids.Contains(member.Id)).ToDictionary(member => member.Id, member => member.Number);
    }
}

/// <summary>A program's rows have a source of their own, so that its ids never meet those of a file.</summary>
internal static class PostedSource
{
    private const string Prefix = "app ";

    public static string Name(string client) => Prefix + client;
    public static string ClientOf(string source) => source[Prefix.Length..];

    public static readonly PreparedQuery<Func<EvergreenDb, int, ImportKind, string, ImportSource?>> Known = new(() => EF.CompileQuery((EvergreenDb db, int coOp, ImportKind kind, string name) =>
        db.ImportSources.AsNoTracking().SingleOrDefault(source => source.CoOpId == coOp && source.Kind == kind && source.Name == name)));

    public static readonly PreparedQuery<Func<EvergreenDb, int, bool>> HoldsRows = new(() => EF.CompileQuery((EvergreenDb db, int source) =>
        db.HeldRows.Any(row => row.SourceId == source && row.ResolvedAt == null)));

    public static readonly PreparedQuery<Func<EvergreenDb, int, IEnumerable<MemberMerge>>> Merged = new(() => EF.CompileQuery((EvergreenDb db, int coOp) =>
        db.MemberMerges.AsNoTracking().Where(merge => merge.CoOpId == coOp)));
}

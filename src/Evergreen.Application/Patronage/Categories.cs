using System.Text;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>Departments or kinds of hours by their code; one that is new comes into being, and the report says so.</summary>
internal sealed class Categories
{
    private static readonly PreparedQuery<Func<EvergreenDb, int, Measure, IEnumerable<PatronageCategory>>> There = new(() => EF.CompileQuery((EvergreenDb db, int coOp, Measure measure) =>
        db.PatronageCategories.AsNoTracking().Where(category => category.CoOpId == coOp && category.Measure == measure)));

    private readonly EvergreenDb db;
    private readonly int coOpId;
    private readonly Measure measure;
    private readonly Action<string> created;
    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<byte>> byBytes;

    /// <param name="created">Told the code of each that comes into being.</param>
    public Categories(EvergreenDb db, int coOpId, Measure measure, Action<string> created)
    {
        (this.db, this.coOpId, this.measure, this.created) = (db, coOpId, measure, created);
        ids = There.For(db)(db, coOpId, measure).ToDictionary(category => category.Code, category => category.Id, Utf8Keys.Comparer);
        byBytes = ids.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <param name="whenEmpty">The code that an empty field stands for; null gives zero, no category.</param>
    public int IdOf(ReadOnlySpan<byte> code, string? whenEmpty)
    {
        if (code.IsEmpty) return whenEmpty is null ? 0 : ids.TryGetValue(whenEmpty, out var known) ? known : Create(whenEmpty);
        return byBytes.TryGetValue(code, out var id) ? id : Create(Encoding.UTF8.GetString(code));
    }

    /// <inheritdoc cref="IdOf(ReadOnlySpan{byte}, string?)"/>
    public int IdOf(string? code, string? whenEmpty) => (string.IsNullOrEmpty(code) ? whenEmpty : code) is not { } named ? 0 : ids.TryGetValue(named, out var known) ? known : Create(named);

    /// <returns>The id of a category that is there; −1 of one that is not. Nothing comes into being.</returns>
    public int Known(string? code, string? whenEmpty) => (string.IsNullOrEmpty(code) ? whenEmpty : code) is not { } named ? 0 : ids.GetValueOrDefault(named, -1);

    public string? CodeOf(int id) => ids.FirstOrDefault(category => category.Value == id).Key;

    private int Create(string code)
    {
        var category = new PatronageCategory { CoOpId = coOpId, Measure = measure, Code = code };
        db.PatronageCategories.Add(category);
        db.SaveChanges();
        created(code);
        return ids[code] = category.Id;
    }
}

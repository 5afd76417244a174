using System.Text;
using Evergreen.Application.Imports;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>Departments or kinds of hours by their code; one that is new comes into being, and the report says so.</summary>
internal sealed class Categories
{
    private readonly ImportSitting sitting;
    private readonly Measure measure;
    private readonly string title;
    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<byte>> byBytes;

    public Categories(ImportSitting sitting, Measure measure, string title)
    {
        (this.sitting, this.measure, this.title) = (sitting, measure, title);
        ids = sitting.Db.PatronageCategories.AsNoTracking().Where(category => category.CoOpId == sitting.CoOp.Id && category.Measure == measure).ToDictionary(category => category.Code, category => category.Id, Utf8Keys.Comparer);
        byBytes = ids.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <param name="whenEmpty">The code that an empty field stands for; null gives zero, no category.</param>
    public int IdOf(ReadOnlySpan<byte> code, string? whenEmpty)
    {
        if (code.IsEmpty) return whenEmpty is null ? 0 : ids.TryGetValue(whenEmpty, out var known) ? known : Create(whenEmpty);
        return byBytes.TryGetValue(code, out var id) ? id : Create(Encoding.UTF8.GetString(code));
    }

    public string? CodeOf(int id) => ids.FirstOrDefault(category => category.Value == id).Key;

    private int Create(string code)
    {
        var category = new PatronageCategory { CoOpId = sitting.CoOp.Id, Measure = measure, Code = code };
        sitting.Db.PatronageCategories.Add(category);
        sitting.Db.SaveChanges();
        sitting.Created.Add($"{title} {code}");
        return ids[code] = category.Id;
    }
}

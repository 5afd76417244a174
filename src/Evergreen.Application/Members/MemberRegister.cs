using Evergreen.Application.CoOps;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>The register of members as of a date: number, name, status, classes and consent as they were on that day.</summary>
public sealed class MemberRegister(Books books)
{
    /// <param name="ConsentFrom">First day of the fiscal year's patronage that the consent in force on that day covers; null where none is.</param>
    public sealed record Entry(string Number, string Name, MemberStatus? Status, IReadOnlyList<string> Classes, DateOnly? ConsentFrom);

    /// <param name="member">One member's number; the whole register where it is null.</param>
    public Outcome<IReadOnlyList<Entry>> AsOf(string? coOpCode, DateOnly date, string? member = null) => books.Read<Outcome<IReadOnlyList<Entry>>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        var members = db.Members.Where(one => one.CoOpId == coOp.Id && (member == null || one.Number == member)).Select(one => new { one.Id, one.Number, one.Name }).ToList();
        if (member is not null && members.Count == 0) return Refusals.Unknown(member);
        members.Sort((a, b) => MemberNumber.Order.Compare(a.Number, b.Number));
        var only = member is null ? (int?)null : members[0].Id;
        var statuses = db.StatusChanges.Where(fact => fact.CoOpId == coOp.Id && fact.On <= date && (only == null || fact.MemberId == only)).ToLookup(fact => fact.MemberId);
        var classes = db.ClassChanges.Where(fact => fact.CoOpId == coOp.Id && fact.On <= date && (only == null || fact.MemberId == only)).ToLookup(fact => fact.MemberId);
        var consents = db.ConsentFacts.Where(fact => fact.CoOpId == coOp.Id && fact.On <= date && (only == null || fact.MemberId == only)).ToLookup(fact => fact.MemberId);
        var codes = db.MemberClasses.Where(one => one.CoOpId == coOp.Id).ToDictionary(one => one.Id, one => one.Code);
        var year = coOp.YearOf(date);
        return members.Select(one => new Entry(one.Number, one.Name, MemberHistory.StatusAsOf(statuses[one.Id], date),
            [.. MemberHistory.ClassesAsOf(classes[one.Id], date).Select(id => codes[id]).Order(StringComparer.Ordinal)], MemberHistory.ConsentIn(year, consents[one.Id], statuses[one.Id]).RangeOn(date)?.From)).ToList();
    });

    /// <summary>The register by number, name or status; with a minus sign in front the other way round. Those of one name or status follow by number.</summary>
    /// <remarks>How a member stood on a day is worked out from the facts up to it, so the order is made of what was worked out.</remarks>
    public static IReadOnlyList<Entry> Sorted(IReadOnlyList<Entry> entries, string? sort)
    {
        var sorted = sort?.TrimStart('-') switch
        {
            "name" => entries.OrderBy(entry => entry.Name, StringComparer.Ordinal),
            "status" => entries.OrderBy(entry => MemberList.StatusWord(entry.Status), StringComparer.Ordinal),
            _ => entries.OrderBy(entry => entry.Number, MemberNumber.Order),
        };
        var byNumber = sorted.ThenBy(entry => entry.Number, MemberNumber.Order);
        return sort?.StartsWith('-') == true ? [.. byNumber.Reverse()] : [.. byNumber];
    }

    /// <summary>The register as of a date as a file.</summary>
    public Outcome<long> Export(string? coOp, DateOnly date, Stream to, bool asWorkbook, string? sort = null, Func<string, bool>? shows = null)
    {
        var all = AsOf(coOp, date);
        if (all.IsRefused) return all.Refusal!;
        var entries = Sorted(all.Value, sort);
        (string Title, Func<Entry, Cell> Of)[] columns =
        [
            ("Number", entry => entry.Number), ("Name", entry => entry.Name),
            .. Columns.Where(column => shows?.Invoke(column.Key) ?? true).Select(column => (column.Title, (Func<Entry, Cell>)(entry => CellOf(entry, column.Key)))),
        ];
        var table = new HandedOutTable($"Register {date:yyyy-MM-dd}", Array.ConvertAll(columns, column => column.Title), entries.Select(entry => (IReadOnlyList<Cell>)Array.ConvertAll(columns, column => column.Of(entry))));
        if (asWorkbook) table.WriteXlsx(to);
        else table.WriteCsv(to);
        return entries.Count;
    }

    /// <summary>What is told of each beside number and name.</summary>
    public static IReadOnlyList<(string Key, string Title)> Columns { get; } = [("status", "Status"), ("classes", "Classes"), ("consent", "Consent covers from")];

    private static Cell CellOf(Entry entry, string column) => column switch
    {
        "status" => MemberList.StatusWord(entry.Status),
        "classes" => string.Join("; ", entry.Classes),
        _ => entry.ConsentFrom,
    };
}

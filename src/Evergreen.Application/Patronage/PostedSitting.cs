using System.Globalization;
using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Audit;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Patronage;

/// <summary>The calls of one program in one transaction. What the database must say of all of them is asked once; then they are taken in their order, and written together.</summary>
internal sealed class PostedSitting<TLine, TRow>(EvergreenDb db, PostedKind<TLine, TRow> kind, DateTime now, DateOnly today) where TRow : class
{
    private readonly Dictionary<string, KeptAnswer> answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TRow> there = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Id, string Number)> members = new(StringComparer.Ordinal);
    private readonly HashSet<string> held = new(StringComparer.Ordinal);
    private readonly List<TRow> rows = [];
    private readonly List<KeptAnswer> given = [];
    private readonly List<AuditRecord> records = [];
    private CoOp coOp = null!;
    private ClosedYears closed = null!;
    private Categories categories = null!;
    private PatronageSums sums = null!;
    private ImportSource? source;
    private PostedDay? day;
    private string by = "";

    public void Take(IReadOnlyList<PostedCall<TLine>> calls)
    {
        var first = calls[0].Request;
        var found = FindCoOp.Run(db, first.CoOp);
        if (found.IsRefused)
        {
            foreach (var call in calls) call.Outcome = found.Refusal!;
            return;
        }
        (coOp, by) = (found.Value, first.By);
        Ask(calls, first.Call.Client);
        foreach (var call in calls) call.Outcome = Answer(call.Request);
        Write();
    }

    private void Ask(IReadOnlyList<PostedCall<TLine>> calls, string client)
    {
        foreach (var keys in calls.Select(call => call.Request.Call.Key).Distinct(StringComparer.Ordinal).Chunk(500))
            foreach (var answer in db.KeptAnswers.AsNoTracking().Where(answer => answer.ClientId == db.KeptAnswers.Where(any => any.ClientId == client).Max(any => any.ClientId) && keys.Contains(answer.Key)).OrderBy(answer => answer.Key)) answers[answer.Key] = answer;
        var lines = calls.Where(call => !answers.ContainsKey(call.Request.Call.Key)).SelectMany(call => call.Request.Lines).ToList();
        if (lines.Count == 0) return;
        closed = new ClosedYears(db, coOp.Id);
        categories = new Categories(db, coOp.Id, kind.Measure, code => Day().Created($"{kind.Category} {code}"));
        sums = new PatronageSums(db, coOp.Id);
        var name = PostedSource.Name(client);
        source = PostedSource.Known.For(db)(db, coOp.Id, kind.Import, name);
        if (source is null) source = new ImportSource { CoOpId = coOp.Id, Kind = kind.Import, Name = name };
        else AskForRows(lines, source.Id);
        foreach (var numbers in lines.Select(kind.MemberOf).OfType<string>().Distinct(StringComparer.Ordinal).Chunk(500))
            foreach (var member in db.Members.AsNoTracking().Where(member => member.CoOpId == coOp.Id && numbers.Contains(member.Number)).Select(member => new { member.Id, member.Number }).OrderBy(member => member.Id)) members[member.Number] = (member.Id, member.Number);
        LeadMergedOn();
    }

    private void AskForRows(List<TLine> lines, int sourceId)
    {
        var anyHeld = PostedSource.HoldsRows.For(db)(db, sourceId);
        foreach (var refs in lines.Select(kind.IdOf).Distinct(StringComparer.Ordinal).Chunk(500))
        {
            foreach (var row in db.Set<TRow>().AsNoTracking().Where(kind.ByRef(db, sourceId, refs)).ToList()) there[kind.RefOf(row)] = row;
            if (anyHeld) held.UnionWith(db.HeldRows.Where(row => row.SourceId == sourceId && row.ResolvedAt == null && refs.Contains(row.SourceRef)).Select(row => row.SourceRef));
        }
    }

    /// <summary>The number of a record that was merged into another still stands on cards; what comes under it counts for the other.</summary>
    private void LeadMergedOn()
    {
        var merged = PostedSource.Merged.For(db)(db, coOp.Id).ToDictionary(merge => merge.OtherId, merge => merge.KeptId);
        if (merged.Count == 0) return;
        foreach (var (number, member) in members.Where(member => merged.ContainsKey(member.Value.Id)).ToList())
        {
            var id = member.Id;
            while (merged.TryGetValue(id, out var next)) id = next;
            members[number] = (id, db.Members.Where(kept => kept.Id == id).Select(kept => kept.Number).Single());
        }
    }

    private Outcome<KeyedAnswer> Answer(PostRequest<TLine> request)
    {
        if (answers.TryGetValue(request.Call.Key, out var before))
            return before.Asked == request.Call.Asked ? new KeyedAnswer(before.Status, before.Body, Replayed: true) : Refusals.KeyReused();
        var written = rows.Count;
        var posted = request.Lines.Select(Take).ToList();
        var (status, body) = request.Answer(coOp, posted);
        if (request.Single && posted[0].Refusal is not null) return new KeyedAnswer(status, body, Replayed: false);
        var answer = new KeptAnswer { ClientId = request.Call.Client, Key = request.Call.Key, Asked = request.Call.Asked, At = now, Status = status, Body = body, ImportId = day?.Import.Id };
        answers[answer.Key] = answer;
        given.Add(answer);
        if (rows.Count > written) records.Add(RecordOf(request, rows.Count - written));
        return new KeyedAnswer(status, body, request.Single && posted[0].Replayed);
    }

    private PostedLine<TLine> Take(TLine line)
    {
        if (kind.CurrencyOf(line) is { } currency && currency != coOp.Currency) return Refuse(line, Refusals.CurrencyDiffers(currency, coOp.Currency), "currency");
        var (on, dateField) = kind.Dated(line, coOp);
        // A till east of the server may be a day ahead of it.
        if (on > today.AddDays(1) || on.Year < 1900) return Refuse(line, Refusals.DateAhead(on), dateField);
        (int Id, string Number)? member = null;
        if (kind.MemberOf(line) is { } number)
        {
            if (!members.TryGetValue(number, out var known)) return Refuse(line, Refusals.PostedMemberUnknown(number), "member");
            member = known;
        }
        var id = kind.IdOf(line);
        if (held.Contains(id)) return Refuse(line, Refusals.RowHeld(id));
        var before = there.GetValueOrDefault(id);
        if (before is null && closed.Containing(on) is { } year) return Refuse(line, Refusals.PeriodClosed(year), dateField);
        if (before is not null) return Compare(line, before, member, on);
        var category = categories.IdOf(kind.CategoryOf(line), kind.EmptyCategory);
        var opened = Day();
        var row = kind.Make(line, new PostedPlace(coOp.Id, source!.Id, opened.Import.Id, opened.NextRow, member?.Id, category, on));
        var inYear = coOp.YearOf(on).Year;
        opened.Accept(inYear, kind.Quantity(row));
        kind.Count(sums, row, inYear);
        rows.Add(row);
        there[id] = row;
        return new PostedLine<TLine>(kind.AsKept(line, member?.Number, categories.CodeOf(category)), Replayed: false, null, []);
    }

    private PostedLine<TLine> Compare(TLine line, TRow before, (int Id, string Number)? member, DateOnly on)
    {
        var category = categories.Known(kind.CategoryOf(line), kind.EmptyCategory);
        var differing = kind.Differences(before, kind.Make(line, new PostedPlace(coOp.Id, source!.Id, 0, 0, member?.Id, category, on))).ToList();
        return differing.Count == 0 ? new PostedLine<TLine>(kind.AsKept(line, member?.Number, categories.CodeOf(category)), Replayed: true, null, []) : new PostedLine<TLine>(line, false, kind.Differs(before, differing), differing);
    }

    private static PostedLine<TLine> Refuse(TLine line, Refusal refusal, params string[] fields) => new(line, false, refusal, fields);

    private PostedDay Day()
    {
        if (day is not null) return day;
        if (source!.Id == 0)
        {
            db.ImportSources.Add(source);
            db.SaveChanges();
        }
        day = PostedDay.Open(db, coOp, source, now, by, kind.Column);
        if (!day.IsNew) return day;
        // Once a day and program: answers that nobody will ask for again make room.
        var old = now.AddDays(-KeptAnswer.Days);
        var client = PostedSource.ClientOf(source.Name);
        db.KeptAnswers.Where(answer => answer.ClientId == client && answer.At < old).ExecuteDelete();
        return day;
    }

    private void Write()
    {
        if (rows.Count > 0)
        {
            BulkWriter.Insert(db, rows);
            sums.Write();
            day!.Close();
            AuditTrail.Add(db, records);
        }
        if (given.Count > 0) BulkWriter.Insert(db, given);
    }

    private AuditRecord RecordOf(PostRequest<TLine> request, int count) => AuditTrail.Of(coOp.Id, now, request.By, kind.Verb,
        request.Single ? $"{kind.One} {kind.IdOf(request.Lines[0])}" : $"{count.ToString(CultureInfo.InvariantCulture)} rows", $"import {day!.Import.Number.ToString(CultureInfo.InvariantCulture)}");
}

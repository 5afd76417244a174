using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Everything that happened to a member, the newest first: what people did, what imports brought, what reached the ledger, what was handed out.</summary>
/// <remarks>One member's events are few; they are put together in memory and read a page at a time.</remarks>
public sealed class MemberTimeline(Books books)
{
    public const int PageSize = 50;
    private const string NoteVerb = "members.note";

    /// <summary>One field that was changed.</summary>
    public sealed record Change(string Field, string? Before, string? After);

    /// <param name="Kind">Verb of the audit, or <c>import</c>, <c>ledger</c>, <c>statement</c>, <c>note</c>.</param>
    /// <param name="From">From where it was done, such as a network address; null where nobody wrote that down.</param>
    /// <param name="Record">Number of the record it happened to; another one than the member's own where that was merged into it.</param>
    public sealed record Event(DateTime At, string Kind, string What, string? By, string? From, IReadOnlyList<Change> Changes, string Record)
    {
        /// <summary>What it is told of in full, as the records name it: <c>entry 12</c>, <c>import 3</c>, <c>run 2025-1</c>; null where nothing else tells of it.</summary>
        public string? About { get; init; }
    }

    /// <summary>Which events are asked for; all that is set must fit.</summary>
    /// <param name="What">Their kind, or all of a kind: <c>members.</c></param>
    /// <param name="By">Who did it, exactly.</param>
    /// <param name="Since">First day, in UTC.</param>
    /// <param name="Until">Last day, in UTC.</param>
    public sealed record Filter(string? What = null, string? By = null, DateOnly? Since = null, DateOnly? Until = null)
    {
        internal bool Fits(Event one) =>
            (string.IsNullOrWhiteSpace(What) || (What.EndsWith('.') ? one.Kind.StartsWith(What, StringComparison.Ordinal) : one.Kind == What)) && (string.IsNullOrWhiteSpace(By) || one.By == By.Trim())
            && (Since is not { } first || DateOnly.FromDateTime(one.At) >= first) && (Until is not { } last || DateOnly.FromDateTime(one.At) <= last);
    }

    /// <param name="Count">Events that fit, on all pages.</param>
    /// <param name="Next">Pass it on to read further; null at the end.</param>
    /// <param name="Kinds">Every kind that the member's events have, to choose from.</param>
    /// <param name="People">Everyone who did something.</param>
    public sealed record Page(CoOp CoOp, string Number, string Name, IReadOnlyList<Event> Events, int Count, string? Next, IReadOnlyList<string> Kinds, IReadOnlyList<string> People);

    public Outcome<Page> Run(string? coOpCode, string number, string? after = null, Filter? filter = null) => books.Read<Outcome<Page>>(db =>
    {
        var found = FindMember.Run(db, coOpCode, number);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var ids = MemberIdentities.Of(db, member.Id);
        var records = MemberIdentities.Numbers(db, ids);
        var all = records.SelectMany(record => Of(db, coOp, record.Key, record.Value)).ToList();
        var events = all.Where((filter ?? new Filter()).Fits).OrderByDescending(one => one.At).ThenBy(one => one.Kind, StringComparer.Ordinal).ThenBy(one => one.What, StringComparer.Ordinal).ThenBy(one => one.Record, StringComparer.Ordinal).ToList();
        // Nothing that happened is ever changed, so what came before a page is found again by how much of it there is behind it.
        var from = int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var behind) ? Math.Clamp(events.Count - behind, 0, events.Count) : 0;
        var left = events.Count - from - PageSize;
        return new Page(coOp, member.Number, member.Name, events.GetRange(from, Math.Min(PageSize, events.Count - from)), events.Count, left > 0 ? left.ToString(CultureInfo.InvariantCulture) : null,
            [.. all.Select(one => one.Kind).Distinct().Order(StringComparer.Ordinal)], [.. all.Select(one => one.By).OfType<string>().Distinct().Order(StringComparer.Ordinal)]);
    });

    private static IEnumerable<Event> Of(EvergreenDb db, CoOp coOp, int id, string number)
    {
        var edits = db.MemberEdits.Where(edit => edit.MemberId == id).OrderBy(edit => edit.Id).ToList();
        var byHand = edits.Where(edit => edit.ImportId is null).ToLookup(edit => edit.At);
        var subject = $"member {number}";
        var done = db.AuditRecords.Where(record => record.CoOpId == coOp.Id && record.Subject == subject && record.Verb != NoteLook.Verb).OrderBy(record => record.Id).ToList();
        WhoActed.Tell(db, done);
        foreach (var record in done.Where(record => record.Verb != NoteVerb))
        {
            var changes = record.Verb is "members.edit" or "members.bank" or "members.tax-id" or "members.household" ? Changes(byHand[record.At].Where(edit => edit.By == record.By && Belongs(edit.Field, record.Verb))) : [];
            yield return new Event(record.At, record.Verb, changes.Count > 0 ? Words(record.Verb) : $"{Words(record.Verb)}{(record.Detail is null ? "" : $": {record.Detail}")}", record.By, record.From, changes, number);
        }
        // A note is shown by its text; what the audit says of it besides is from where it was written.
        var written = done.Where(record => record.Verb == NoteVerb).ToLookup(record => (record.At, record.By), record => record.From);
        foreach (var note in db.MemberNotes.Where(note => note.MemberId == id).ToList()) yield return new Event(note.At, "note", note.Text, note.By, written[(note.At, note.By)].FirstOrDefault(), [], number);
        foreach (var one in Imported(db, coOp, id, number, edits)) yield return one;
        foreach (var one in Ledger(db, coOp, id, number)) yield return one;
        foreach (var copy in (from copy in db.StatementCopies
                              join issue in db.StatementIssues on copy.RunId equals issue.RunId
                              join run in db.DividendRuns on copy.RunId equals run.Id
                              where copy.MemberId == id
                              select new { issue.At, issue.By, run.FiscalYear, run.Number }).ToList())
            yield return new Event(copy.At, "statement", $"Statement of {copy.FiscalYear}, run {copy.FiscalYear}-{copy.Number}, issued", copy.By, null, [], number) { About = $"run {copy.FiscalYear}-{copy.Number}" };
    }

    /// <summary>What imports recorded about the member: one event an import.</summary>
    private static IEnumerable<Event> Imported(EvergreenDb db, CoOp coOp, int id, string number, List<MemberEdit> edits)
    {
        var facts = new List<(int Import, string Fact)>();
        facts.AddRange(db.StatusChanges.Where(fact => fact.MemberId == id && fact.ImportId != null).OrderBy(fact => fact.On).AsEnumerable().Select(fact => (fact.ImportId!.Value, $"{MemberList.StatusWord(fact.Status).ToLowerInvariant()} from {fact.On:yyyy-MM-dd}")));
        facts.AddRange(db.ClassChanges.Where(fact => fact.MemberId == id && fact.ImportId != null).OrderBy(fact => fact.On).ThenBy(fact => fact.Id).Select(fact => new { fact.ImportId, fact.Entered, fact.On, Code = db.MemberClasses.Where(one => one.Id == fact.ClassId).Select(one => one.Code).Single() }).AsEnumerable()
            .Select(fact => (fact.ImportId!.Value, $"{(fact.Entered ? "enters" : "leaves")} {fact.Code} on {fact.On:yyyy-MM-dd}")));
        facts.AddRange(db.ConsentFacts.Where(fact => fact.MemberId == id && fact.ImportId != null).OrderBy(fact => fact.On).AsEnumerable().Select(fact => (fact.ImportId!.Value, $"{fact.Kind.ToString().ToLowerInvariant()} consent{(fact.Ended ? " ends" : "")} on {fact.On:yyyy-MM-dd}")));
        var made = db.Members.Where(member => member.Id == id).Select(member => member.ImportId).Single();
        var touched = facts.Select(fact => fact.Import).Concat(edits.Select(edit => edit.ImportId).OfType<int>()).Concat(made is { } first ? [first] : []).Distinct().ToArray();
        var imports = db.Imports.Where(import => touched.Contains(import.Id)).OrderBy(import => import.Id).Select(import => new { import.Id, import.Number, import.At, import.By }).ToList();
        var subjects = imports.ConvertAll(import => $"import {import.Number}");
        var sent = db.AuditRecords.Where(record => record.CoOpId == coOp.Id && subjects.Contains(record.Subject) && record.Verb.StartsWith("import.")).OrderBy(record => record.Id).ToList();
        WhoActed.Tell(db, sent);
        var whence = sent.ToLookup(record => (record.Subject, record.At), record => record.From);
        foreach (var import in imports)
        {
            var told = facts.Where(fact => fact.Import == import.Id).Select(fact => fact.Fact).ToList();
            yield return new Event(import.At, "import", $"{(made == import.Id ? "Came in with" : "Changed by")} import {import.Number}{(told.Count == 0 ? "" : $": {string.Join(", ", told)}")}", import.By, whence[($"import {import.Number}", import.At)].FirstOrDefault(), Changes(edits.Where(edit => edit.ImportId == import.Id)), number) { About = $"import {import.Number}" };
        }
    }

    private static IEnumerable<Event> Ledger(EvergreenDb db, CoOp coOp, int id, string number)
    {
        var accounts = db.Accounts.Where(account => account.CoOpId == coOp.Id).Select(account => account.Id).ToArray();
        var lines = (from line in db.LedgerLines
                     join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                     where accounts.Contains(line.AccountId) && line.MemberId == id
                     select new { entry.Sequence, entry.Kind, entry.Source, entry.Item, entry.Reverses, entry.RecordedAt, entry.On, entry.Narration, line.AmountCents }).ToList();
        var acts = EntryActs.Of(db, coOp.Id, [.. lines.DistinctBy(line => line.Sequence).Select(line => new EntryActs.Entry(line.Sequence, line.Kind, line.Source, line.Item, line.Reverses, line.RecordedAt))]);
        foreach (var entry in lines.GroupBy(line => line.Sequence))
        {
            var amount = -new Money(entry.Sum(line => line.AmountCents));
            // The first entry of a posting bears a seal behind its narration, which says nothing to a reader.
            var narration = entry.First().Narration;
            var seal = narration.IndexOf(", sealed sha256 ", StringComparison.Ordinal);
            yield return new Event(entry.First().RecordedAt, "ledger", $"Entry {entry.Key} of {entry.First().On:yyyy-MM-dd}: {(seal > 0 ? narration[..seal] : narration)}, {(amount.IsNegative ? "" : "+")}{amount.ToGroupedString()} {coOp.Currency}", acts.GetValueOrDefault(entry.Key)?.By, acts.GetValueOrDefault(entry.Key)?.From, [], number) { About = $"entry {entry.Key}" };
        }
    }

    private static IReadOnlyList<Change> Changes(IEnumerable<MemberEdit> edits) => [.. edits.Select(edit => new Change(edit.Field.Replace('_', ' '), edit.Before, edit.After))];

    private static bool Belongs(string field, string verb) => verb switch
    {
        "members.bank" => field.StartsWith("bank_", StringComparison.Ordinal),
        "members.tax-id" => field.StartsWith("tax_", StringComparison.Ordinal),
        "members.household" => field == "household_of",
        _ => !field.StartsWith("bank_", StringComparison.Ordinal) && !field.StartsWith("tax_", StringComparison.Ordinal) && field != "household_of",
    };

    /// <summary>A kind of event, in words.</summary>
    public static string Say(string kind) => kind switch
    {
        "import" => "Imports",
        "ledger" => "Entries in the ledger",
        "statement" => "Statements",
        "note" => "Notes",
        _ => AuditVerbs.Say(kind),
    };

    private static string Words(string verb) => verb switch
    {
        "members.enrol" => "Enrolled",
        "members.edit" => "Record changed",
        "members.bank" => "Bank details changed",
        "members.tax-id" => "Tax number changed",
        "members.household" => "Household",
        "members.document" => "Document kept",
        "members.document-read" => "Document read",
        "members.letter" => "Letter written",
        "members.merge" => "Merged",
        "member.status" => "Status",
        "member.class" => "Class",
        "member.consent" => "Consent",
        "members.request" => "The member asked",
        "members.request-answer" => "Answered",
        "members.request-back" => "The member took back",
        "members.bank-asked" => "The member gave new bank details",
        "members.bank-stopped" => "New bank details stopped",
        "members.mail-asked" => "The member gave a new mail address, to be confirmed",
        "members.beneficiary" => "Beneficiary",
        "member.delivery" => "Papers",
        "secrets.read" => "Number shown in full",
        _ => AuditVerbs.Say(verb),
    };
}

using System.Collections.Frozen;
using Evergreen.Application.Storage;
using Evergreen.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Audit;

/// <summary>What other programs may be told of: some of the verbs in the audit, under a name of their own that stays when a verb is renamed.</summary>
public static class AnnouncedVerbs
{
    /// <param name="Sentence">When it is told, in words that follow "when".</param>
    public sealed record Kind(string Type, string Verb, string Sentence);

    public static IReadOnlyList<Kind> Kinds { get; } =
    [
        new("member.joined", "members.enrol", "someone became a member"),
        new("member.changed", "members.edit", "a member's particulars were changed"),
        new("member.status-changed", "member.status", "a member went on leave, came back, left or died"),
        new("member.class-changed", "member.class", "a member's class was changed"),
        new("member.merged", "members.merge", "two records of one member were made one"),
        new("import.withdrawn", "import.withdraw", "an import was withdrawn from the books"),
        new("year.closed", "year.close", "the books of a year were closed"),
        new("dividend.calculated", "dividends.calculate", "a dividend was calculated"),
        new("dividend.approved", "dividends.approve", "a dividend was approved"),
        new("dividend.posted", "dividends.post", "a dividend was posted"),
        new("dividend.paid", "dividends.pay", "the cash of a dividend was paid out"),
        new("dividend.reversed", "dividends.reverse", "a dividend was reversed"),
        new("statements.issued", "statements.issue", "the statements of a run were issued"),
    ];

    private static readonly FrozenDictionary<string, Kind> ByVerb = Kinds.ToFrozenDictionary(kind => kind.Verb, StringComparer.Ordinal);

    extension(EvergreenDb db)
    {
        public DbSet<Announcement> Announcements => db.Set<Announcement>();
    }

    /// <summary>Written with the audit record, in its transaction.</summary>
    internal static void Add(EvergreenDb db, AuditRecord record)
    {
        if (record.CoOpId is { } coOp && ByVerb.TryGetValue(record.Verb, out var kind))
            db.Announcements.Add(new Announcement { CoOpId = coOp, At = record.At, Type = kind.Type, Subject = record.Subject });
    }
}

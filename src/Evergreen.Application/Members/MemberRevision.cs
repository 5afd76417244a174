using Evergreen.Application.Storage;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Changes of one member made together: the version goes up once, and each field's old and new content is kept.</summary>
internal sealed class MemberRevision(EvergreenDb db, Member member, string by, DateTime at, int? importId = null)
{
    /// <summary>The field that says that the record was erased; it also keeps imports from filling it again.</summary>
    public const string Erased = "erased";

    private readonly List<MemberEdit> made = [];

    public IReadOnlyList<MemberEdit> Made => made;

    /// <summary>Whether fields whose names begin so were changed behind a version.</summary>
    public static bool HasSince(EvergreenDb db, int memberId, int version, string fields) => db.MemberEdits.Any(edit => edit.MemberId == memberId && edit.Version > version && edit.Field.StartsWith(fields));

    public void Note(string field, string? before, string? after)
    {
        if (made.Count == 0) member.Version++;
        var edit = new MemberEdit { CoOpId = member.CoOpId, MemberId = member.Id, Version = member.Version, At = at, By = by, Field = field, Before = before, After = after, ImportId = importId };
        made.Add(edit);
        db.MemberEdits.Add(edit);
    }
}

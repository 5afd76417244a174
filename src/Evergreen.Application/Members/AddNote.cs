using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Writes a note down beside a member.</summary>
public sealed class AddNote(Books books)
{
    /// <summary>In characters.</summary>
    public const int Longest = 4_000;

    public sealed record Request(string? CoOp, string Member, string? Text, string By);

    public Outcome<MemberNote> Run(Request request) => books.Write<MemberNote>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        if (Particulars.Trim(request.Text) is not { } text) return Refusals.NoteEmpty();
        if (text.Length > Longest) return Refusals.NoteTooLong(Longest);
        var note = new MemberNote { CoOpId = found.Value.CoOp.Id, MemberId = found.Value.Member.Id, At = books.Now, By = request.By, Text = text };
        db.MemberNotes.Add(note);
        AuditTrail.Add(db, note.CoOpId, note.At, request.By, "members.note", $"member {found.Value.Member.Number}");
        return note;
    });
}

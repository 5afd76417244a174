using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Changes a member's name, addresses, e-mail, phone and language. Whoever changes them says which version was read; what others changed since is never written over.</summary>
public sealed class EditMember(Books books)
{
    /// <param name="Version">The version that the form was filled from.</param>
    public sealed record Request(string? CoOp, string Member, int Version, Particulars Particulars, string By);

    /// <param name="Edits">Nothing where nothing was different.</param>
    public sealed record Result(int Version, IReadOnlyList<MemberEdit> Edits);

    public Outcome<Result> Run(Request request) => books.Write<Result>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, read) = found.Value;
        if (read.Version != request.Version) return Refusals.ChangedMeanwhile(read.Number, request.Version, read.Version);
        var clean = request.Particulars.Checked();
        if (clean.IsRefused) return clean.Refusal!;
        var member = db.Members.Single(one => one.Id == read.Id);
        var edits = new MemberRevision(db, member, request.By, books.Now);
        if (clean.Value.Kind != member.Kind)
        {
            edits.Note("kind", member.Kind.ToString().ToLowerInvariant(), clean.Value.Kind.ToString().ToLowerInvariant());
            member.Kind = clean.Value.Kind;
        }
        for (var i = 0; i < MemberFields.All.Count; i++)
        {
            var (field, text) = (MemberFields.All[i], clean.Value.Texts[i]);
            if (field.Get(member) == text) continue;
            edits.Note(field.Column, field.Get(member), text);
            field.Set(member, text);
        }
        if (edits.Made.Count > 0) AuditTrail.Add(db, coOp.Id, books.Now, request.By, "members.edit", $"member {member.Number}", string.Join(", ", edits.Made.Select(edit => edit.Field)));
        return new Result(member.Version, edits.Made);
    });

    /// <summary>What was changed behind a version, the oldest first: for a form whose version is no longer the last.</summary>
    public Outcome<IReadOnlyList<MemberEdit>> Since(string? coOp, string member, int version) => books.Read<Outcome<IReadOnlyList<MemberEdit>>>(db =>
    {
        var found = FindMember.Run(db, coOp, member);
        return found.IsRefused ? found.Refusal! : db.MemberEdits.Where(edit => edit.MemberId == found.Value.Member.Id && edit.Version > version).OrderBy(edit => edit.Version).ThenBy(edit => edit.Id).ToList();
    });
}

using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>
/// Makes the code of a letter for a member who has no second factor and wants to be paid elsewhere. It goes by post to the address of the register, or over the counter; the member types it beside the new details, just
/// after signing in. A letter before it that was not used ends.
/// </summary>
public sealed class MakeBankLetter(Books books)
{
    public const int CodeCharacters = 20;

    private static readonly string[] PostalFields = ["address_line1", "address_line2", "city", "region", "postal_code", "country"];

    public sealed record Request(string? CoOp, string Member, string By, string From);

    /// <param name="Code">For the letter; told this once.</param>
    public sealed record Result(CoOp CoOp, Member Member, string Code, DateTime UntilAt);

    public Outcome<Result> Run(Request request) => books.Write<Result>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        if (db.MemberSignIns.SingleOrDefault(link => link.MemberId == member.Id && link.EndedAt == null) is not { } link) return Refusals.NoSignIn(member.Number);
        var user = db.SignIns.Single(user => user.Id == link.UserId);
        if (user.DisabledAt is not null) return Access.Refusals.PersonUnknown();
        if (BankLetter.HasSecondFactor(db, user)) return Refusals.HasSecondFactor(member.Number);
        if (Held(db, coOp, member) is { } until) return Refusals.PostalAddressNew(until);
        var (now, code, page) = (books.Now, SecretCode.Typed(CodeCharacters), $"/my/{coOp.Code}/me/bank");
        db.Set<MailLink>().Where(earlier => earlier.UserId == user.Id && earlier.Kind == MailLinkKind.BankLetter && earlier.ReturnUrl == page && earlier.UsedAt == null).ExecuteUpdate(set => set.SetProperty(earlier => earlier.UsedAt, now));
        db.Add(new MailLink { UserId = user.Id, Kind = MailLinkKind.BankLetter, CodeDigest = BankLetter.Digest(member.Id, code), Stamp = user.SecurityStamp ?? "", MadeAt = now, ReturnUrl = page });
        Entry.Record(db, now, request.By, "members.bank-letter", $"member {member.Number}", request.From, coOpId: coOp.Id);
        return new Result(coOp, member, code, now + MailLink.LetterValid);
    });

    /// <summary>Whoever got into the account could have the letter sent to themselves. So a postal address that was changed from there waits as long as bank details do.</summary>
    private DateOnly? Held(EvergreenDb db, CoOp coOp, Member member)
    {
        var (own, since) = ($"member {member.Number}", books.Now.AddDays(-coOp.BankHoldDays));
        var changed = db.MemberEdits.Where(edit => edit.MemberId == member.Id && edit.By == own && edit.At > since && PostalFields.Contains(edit.Field)).OrderByDescending(edit => edit.At).Select(edit => (DateTime?)edit.At).FirstOrDefault();
        return changed is { } at ? DateOnly.FromDateTime(at.AddDays(coOp.BankHoldDays)).AddDays(1) : null;
    }
}

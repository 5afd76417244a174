using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>What a member may see and change of the own record: particulars, where to be paid, how papers come, whom they named.</summary>
public sealed class MyDetails(Books books)
{
    /// <param name="Account">The last characters only.</param>
    public sealed record Bank(string? Scheme, string? Routing, string? Account, string? AccountType);

    /// <param name="WaitingMail">A new mail address whose link was not opened yet.</param>
    /// <param name="Waiting">The change that waits, with the last characters only.</param>
    public sealed record Content(CoOp CoOp, string Number, Particulars Particulars, int Version, string? WaitingMail, Bank InForce, (Bank Bank, DateOnly InForceOn, DateTime At)? Waiting,
        DeliveryWay Way, IReadOnlyList<DeliveryChoice> Choices, IReadOnlyList<Beneficiary> Beneficiaries, MemberStatus? Status);

    public Outcome<Content> Run(string? coOpCode, string number) => books.Read<Outcome<Content>>(db =>
    {
        var found = FindMember.Run(db, coOpCode, number);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var today = DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime);
        var mail = db.MailAddressChanges.Where(change => change.MemberId == member.Id && change.ConfirmedAt == null && change.DroppedAt == null).OrderByDescending(change => change.Id).FirstOrDefault();
        var open = db.BankChanges.SingleOrDefault(change => change.MemberId == member.Id && change.SettledAt == null && change.StoppedAt == null);
        var choices = db.DeliveryChoices.Where(choice => choice.MemberId == member.Id).OrderByDescending(choice => choice.On).ThenByDescending(choice => choice.Id).ToList();
        return new Content(coOp, member.Number, Particulars.Of(member), member.Version, mail?.StandsAt(books.Now) == true ? mail.NewAddress : null,
            new Bank(member.BankScheme, member.BankRouting, MemberSecrets.Mask(member.BankAccountLastFour), member.BankAccountType),
            open is null ? null : (new Bank(open.Scheme, open.Routing, MemberSecrets.Mask(open.AccountLastFour), open.AccountType), open.InForceOn, open.At),
            DeliveryChoice.AsOf(choices, today), choices, db.Beneficiaries.Where(one => one.MemberId == member.Id).OrderBy(one => one.WithdrawnAt != null).ThenBy(one => one.Id).ToList(),
            MemberHistory.StatusAsOf(db.StatusChanges.Where(change => change.MemberId == member.Id).ToList(), today));
    });
}

using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Equity;

/// <summary>A member asks to be paid back a part of the shares. The office answers by the co-op's rules; nothing is paid by asking.</summary>
public sealed class AskToWithdrawShares(Books books)
{
    public sealed record Request(string? CoOp, string Member, Money? Amount, string? Words, string By);

    public Outcome<MemberRequest> Run(Request request) => books.Write<MemberRequest>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        if (request.Amount is not { IsPositive: true } amount) return Refusals.WithdrawAmount();
        var shares = SharesOf(db, coOp.Id, MemberIdentities.Of(db, member.Id));
        if (amount > shares) return Refusals.WithdrawTooMuch(shares, coOp.Currency);
        if (FiledRequests.Open(db, member.Id).Any(one => one.Kind == RequestKind.WithdrawShares)) return Members.Refusals.AskedAlready();
        var words = FiledRequests.Words(request.Words);
        return words.IsRefused ? words.Refusal! : FiledRequests.Add(db, member, new MemberRequest
        {
            CoOpId = coOp.Id, MemberId = member.Id, Number = FiledRequests.NextNumber(db, coOp), Kind = RequestKind.WithdrawShares, At = books.Now, By = request.By, AmountCents = amount.Cents, Words = words.Value,
        });
    });

    /// <summary>What the member holds in shares that can be asked back.</summary>
    internal static Money SharesOf(EvergreenDb db, int coOpId, IReadOnlyList<int> memberIds)
    {
        var account = MemberBalances.AccountId(db, coOpId, AccountCodes.MembershipShares);
        return -new Money(db.LedgerLines.Where(line => line.AccountId == account && line.MemberId != null && memberIds.Contains(line.MemberId.Value)).Sum(line => line.AmountCents));
    }
}

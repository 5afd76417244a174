using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Domain.Members;
using Evergreen.Domain.Payments;

namespace Evergreen.Application.Payments;

/// <summary>Where a member is paid, in full: known as long as a file is being made, and kept nowhere.</summary>
internal sealed record PaymentAccount(string Routing, string Account, bool IsSavings, string Digest);

/// <summary>Opens members' bank details for a payment run.</summary>
internal sealed class PaymentAccounts(FieldCipher cipher)
{
    private const string Scheme = "ach";

    /// <summary>Why no credit can be sent to the member; null where one can.</summary>
    public static LeftOutReason? Lacks(Member member) =>
        member.BankScheme is null || member.BankAccountSealed is null ? LeftOutReason.NoBankDetails
        : member.BankScheme != Scheme || !RoutingNumber.IsValid(member.BankRouting ?? "") ? LeftOutReason.OtherScheme : null;

    /// <summary>Of a member who lacks nothing.</summary>
    public PaymentAccount Open(Member member)
    {
        var account = cipher.Open(MemberSecrets.BankAccount(member.CoOpId, member.Number), member.BankAccountSealed!);
        var isSavings = member.BankAccountType == "savings";
        return new PaymentAccount(member.BankRouting!, account, isSavings, cipher.Digest("payment-account", $"{member.BankRouting}|{account}|{(isSavings ? "savings" : "checking")}"));
    }
}

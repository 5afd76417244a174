using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Where a member is paid, as typed into a form.</summary>
/// <param name="Scheme"><c>ach</c>, <c>sepa</c>, <c>bacs</c>; null where the member is paid by check.</param>
/// <param name="Routing">Routing number, sort code or BIC.</param>
/// <param name="AccountType"><c>checking</c> or <c>savings</c>; of an American account only.</param>
public sealed record BankDetails(string? Scheme, string? Routing, string? Account, string? AccountType)
{
    /// <summary>The same without the blanks and hyphens that people write for reading; or why money would not arrive there.</summary>
    public Outcome<BankDetails> Checked()
    {
        var scheme = Particulars.Trim(Scheme);
        if (scheme is null) return new BankDetails(null, null, null, null);
        var routing = Particulars.Trim(Routing) is { } r ? BankNumber.Plain(r).ToUpperInvariant() : null;
        var account = Particulars.Trim(Account) is { } a ? BankNumber.Plain(a).ToUpperInvariant() : "";
        return scheme switch
        {
            "ach" when !BankNumber.IsAchRouting(routing ?? "") => Refusals.RoutingForm(),
            "ach" when !BankNumber.IsAchAccount(account) => Refusals.AchAccountForm(),
            "ach" => new BankDetails(scheme, routing, account, AccountType == "savings" ? "savings" : "checking"),
            "bacs" when !BankNumber.IsSortCode(routing ?? "") => Refusals.SortCodeForm(),
            "bacs" when !BankNumber.IsBacsAccount(account) => Refusals.BacsAccountForm(),
            "bacs" => new BankDetails(scheme, routing, account, null),
            "sepa" when routing is not null && !BankNumber.IsBic(routing) => Refusals.BicForm(),
            "sepa" when !BankNumber.IsIban(account) => Refusals.IbanForm(),
            "sepa" => new BankDetails(scheme, routing, account, null),
            _ => Refusals.BankSchemeUnknown(scheme),
        };
    }
}

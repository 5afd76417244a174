using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Equity;

/// <summary>Why a verb about members' capital says no.</summary>
public static class Refusals
{
    public static Refusal WithdrawAmount() => new("withdraw-amount", "Give the amount that you want to be paid back, such as 100.00.");
    public static Refusal WithdrawTooMuch(Money held, string currency) => new("withdraw-too-much", $"You hold {held.ToGroupedString()} {currency} in shares. Ask for at most that.");
    public static Refusal ShareLimit(string number, Money holds, Money limit) =>
        new("share-limit", $"Member {number} would hold {holds.ToGroupedString()} in withdrawable shares, and {limit.ToGroupedString()} is the limit. Pay in money what goes beyond it, or pay shares back first.");
    public static Refusal ShareLimitBelowHolding(string number, Money holds) => new("share-limit-below-holding", $"Member {number} holds {holds.ToGroupedString()} in withdrawable shares already. Pay back what goes beyond the limit first.");
    public static Refusal AccountUnknown(string code) => new("ledger-account-unknown", $"There is no account '{code}' in the ledger.");
    public static Refusal EntryUnknown(long sequence) => new("ledger-entry-unknown", $"There is no entry {sequence} in the ledger.");
    public static Refusal NominationBeforeAct(DateOnly on) => new("nomination-before-act", $"Nominations are worked out for deaths from 2014-08-01 on, by the Act of 2014; {on:yyyy-MM-dd} is before it.");
    public static Refusal NominationAfterDeath(string number, DateOnly died) => new("nomination-after-death", $"Member {number} died on {died:yyyy-MM-dd}, and nominations are good as they stood then. Leave the day out.");
    public static Refusal NominationsErased(string number) => new("nominations-erased", $"What member {number} wrote was erased with the record, nominations too; who was named cannot be told any more.");
}

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
    public static Refusal JournalYearAndDays() => new("journal-year-and-days", "Name a year, or a first and a last day, but not both.");
    public static Refusal JournalDays(DateOnly first, DateOnly last) => new("journal-days", $"The first day, {first:yyyy-MM-dd}, is after the last, {last:yyyy-MM-dd}.");
    public static Refusal EntryUnknown(long sequence) => new("ledger-entry-unknown", $"There is no entry {sequence} in the ledger.");
    public static Refusal RedemptionScope() => new("redemption-scope", "Say what is paid back: notices up to a year (--through), or of one member (--member) an amount (--amount) or all (--all).");
    public static Refusal RedemptionResolution(int longest) => new("redemption-resolution", $"Name the board's resolution in up to {longest} characters: --resolution 2026/07");
    public static Refusal RedemptionKinds() => new("redemption-kinds", "Name the kinds that take part. Up to a year only notices are paid back, for nothing else has a year; shares and interest are paid back to one member.");
    public static Refusal RedemptionDay(DateOnly on, DateOnly from, DateOnly today) => new("redemption-day", $"The bank cannot have been charged on {on:yyyy-MM-dd}: choose a day from {from:yyyy-MM-dd} to today, {today:yyyy-MM-dd}.");
    public static Refusal RedemptionInFuture(DateOnly on, DateOnly today) => new("redemption-in-future", $"Today is {today:yyyy-MM-dd}; the bank cannot have been charged on {on:yyyy-MM-dd}.");
    public static Refusal RedemptionInClosedYear(DateOnly on, int year) => new("period-closed", $"The books of {year} are closed, so nothing can be posted on {on:yyyy-MM-dd}. Choose a date in an open year with --on.");
    public static Refusal NothingToRedeem(DateOnly on) => new("redemption-nothing", $"Nobody concerned holds anything of the kinds that take part, on {on:yyyy-MM-dd} and now.");
    public static Refusal RedemptionUnknown(int number) => new("redemption-unknown", $"There is no redemption {number}. 'evergreen equity redemptions' lists them.");
    public static Refusal RedemptionReason() => new("reversal-reason-missing", "A reversal says why: --reason \"…\"");
    public static Refusal RedemptionOfMerged(int number, string member, string kept) => new("redemption-member-merged", $"Member {member}, whom redemption {number} paid, was merged into {kept} since, and what is put back would stand with the record that ended. Import what came back as equity of member {kept}.");
    public static Refusal NominationBeforeAct(DateOnly on) => new("nomination-before-act", $"Nominations are worked out for deaths from 2014-08-01 on, by the Act of 2014; {on:yyyy-MM-dd} is before it.");
    public static Refusal NominationAfterDeath(string number, DateOnly died) => new("nomination-after-death", $"Member {number} died on {died:yyyy-MM-dd}, and nominations are good as they stood then. Leave the day out.");
    public static Refusal NominationsErased(string number) => new("nominations-erased", $"What member {number} wrote was erased with the record, nominations too; who was named cannot be told any more.");
}

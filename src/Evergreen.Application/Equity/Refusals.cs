using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Equity;

/// <summary>Why a verb about members' capital says no.</summary>
public static class Refusals
{
    public static Refusal WithdrawAmount() => new("withdraw-amount", "Give the amount that you want to be paid back, such as 100.00.");
    public static Refusal WithdrawTooMuch(Money held, string currency) => new("withdraw-too-much", $"You hold {held.ToGroupedString()} {currency} in shares. Ask for at most that.");
    public static Refusal AccountUnknown(string code) => new("ledger-account-unknown", $"There is no account '{code}' in the ledger.");
    public static Refusal JournalYearAndDays() => new("journal-year-and-days", "Name a year, or a first and a last day, but not both.");
    public static Refusal JournalDays(DateOnly first, DateOnly last) => new("journal-days", $"The first day, {first:yyyy-MM-dd}, is after the last, {last:yyyy-MM-dd}.");
    public static Refusal EntryUnknown(long sequence) => new("ledger-entry-unknown", $"There is no entry {sequence} in the ledger.");
}

using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Equity;

/// <summary>Why a verb about members' capital says no.</summary>
public static class Refusals
{
    public static Refusal WithdrawAmount() => new("withdraw-amount", "Give the amount that you want to be paid back, such as 100.00.");
    public static Refusal WithdrawTooMuch(Money held, string currency) => new("withdraw-too-much", $"You hold {held.ToGroupedString()} {currency} in shares. Ask for at most that.");
}

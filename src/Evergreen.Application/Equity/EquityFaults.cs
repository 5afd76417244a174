using System.Globalization;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Equity;

/// <summary>Why a well-shaped row of an equity file cannot go into the ledger, and what to look at in one that does.</summary>
internal static class EquityFaults
{
    public static readonly Fault MemberUnknown = new("member-unknown", "a member of the register", "Equity needs its owner: correct the number, or import the member first.");
    public static readonly Fault Zero = new("amount-zero", "an amount other than zero", "Remove the row, or give its amount.");
    public static readonly Fault MemberLeft = new("member-has-left", "a member who had not left by that day", "The row goes in; see whether the member or the date is right.");
    public static readonly Fault VintageOfShare = new("vintage-unread", "no fiscal year for shares, which have no vintage", "The row goes in without its year; see whether the account is right.");

    public static Fault BelowZero(Money held) => new("lot-below-zero", $"no more taken back than the member holds there: {held}", "Correct the amount, the account or the fiscal year; capital is paid back by a redemption: evergreen equity redeem.");

    public static Fault AboveLimit(Money limit, Money held) => new("share-limit", $"no more than a member may still add to withdrawable shares: {Money.Max(limit - held, Money.Zero)}, for {held} of {limit} are held", "Correct the amount or the member; what goes beyond the limit cannot be taken as shares.");

    public static Fault PossiblyTwice(string other) => new("possibly-twice", $"a row that no other row repeats; '{other}' has the same member, account, year, day and amount", "Nothing needs to be done if both happened.");

    public static Fault VintageInFuture(int year) => new("vintage-after-posting", $"a fiscal year not after that of the posting, {year.ToString(CultureInfo.InvariantCulture)}", "Correct the fiscal year or the date.");
}

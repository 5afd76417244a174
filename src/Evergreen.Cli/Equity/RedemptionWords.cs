using System.Globalization;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;

namespace Evergreen.Cli.Equity;

/// <summary>How redemptions are written on the command line.</summary>
internal static class RedemptionWords
{
    public static readonly (string Text, RedemptionOrder Value)[] Orders = [("oldest-first", RedemptionOrder.OldestFirst), ("newest-first", RedemptionOrder.NewestFirst), ("percentage", RedemptionOrder.Percentage)];

    public static readonly (string Text, CapitalKinds Kind)[] Kinds =
        [("qualified", CapitalKinds.Qualified), ("nonqualified", CapitalKinds.Nonqualified), ("preferred", CapitalKinds.Preferred), ("shares", CapitalKinds.Shares), ("interest", CapitalKinds.Interest)];

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static IEnumerable<string> Of(CapitalKinds kinds) => Kinds.Where(kind => (kinds & kind.Kind) != CapitalKinds.None).Select(kind => kind.Text);

    /// <summary>What was paid back, in a few words.</summary>
    public static string What(EquityRedemption one, string? member)
    {
        var kinds = string.Join(", ", Of(one.Kinds));
        var whose = member is null ? "" : $" of {member}";
        return one.ThroughYear is { } year ? $"{kinds}{whose} up to {year.ToString(CultureInfo.InvariantCulture)}" : one.AskedCents is null ? $"all{whose}: {kinds}" : $"an amount{whose}: {kinds}, {Order(one.Order)}";
    }

    /// <param name="member">Number of the one member.</param>
    public static object Document(EquityRedemption one, string? member) => new
    {
        one.Number, one.By, one.At, one.On, one.Resolution, Through = one.ThroughYear, Member = member, Asked = one.AskedCents is { } cents ? new Money(cents) : (Money?)null, Order = Order(one.Order), Kinds = Of(one.Kinds),
        one.Members, Paid = new Money(one.PaidCents), Nonqualified = new Money(one.NonqualifiedCents), one.FirstSequence, one.LastSequence,
    };

    private static string Order(RedemptionOrder order) => Orders.First(one => one.Value == order).Text;
}

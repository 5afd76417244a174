using Evergreen.Domain.Equity;

namespace Evergreen.Domain.Tests.Equity;

public sealed class EntryDraftTests
{
    private static EntryDraft Draft(params EntryLine[] lines) => new(EntryKind.YearClosing, 2026, 0, new DateOnly(2026, 12, 31), "Closing", null, lines);

    [Test]
    public void AnEntryThatDoesNotBalanceIsNeverMade() =>
        Assert.That(() => Draft(new(AccountCodes.NetAssets, null, null, 100), new(AccountCodes.NetIncome, null, 2026, -99)), Throws.ArgumentException.With.Message.Contains("sum to 1 cents"));

    [Test]
    public void OneLineIsNoEntry() => Assert.That(() => Draft(new EntryLine(AccountCodes.NetAssets, null, null, 0)), Throws.ArgumentException.With.Message.Contains("two or more"));

    [Test]
    public void ASumBeyondSixtyFourBitsDoesNotWrapIntoBalance() =>
        Assert.That(() => Draft(new(AccountCodes.NetAssets, null, null, long.MaxValue), new(AccountCodes.Bank, null, null, long.MaxValue), new(AccountCodes.NetIncome, null, 2026, 2)), Throws.TypeOf<OverflowException>());

    [Test]
    public void ABalancedEntryKeepsItsLines() => Assert.That(Draft(new(AccountCodes.NetAssets, null, null, 100), new(AccountCodes.NetIncome, null, 2026, -100)).Lines, Has.Count.EqualTo(2));
}

using Evergreen.Domain.Equity;

namespace Evergreen.Domain.Tests.Equity;

public sealed class AccountTests
{
    [Test]
    public void EveryCodeStandsOnceInTheChart()
    {
        var codes = typeof(AccountCodes).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToList();
        Assert.That(AccountCodes.Chart.Select(account => account.Code), Is.EqualTo(codes.Order(StringComparer.Ordinal)).And.Unique);
        Assert.That(AccountCodes.Chart.Select(account => account.Name), Is.Unique);
    }
}

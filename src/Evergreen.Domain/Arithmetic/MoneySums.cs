namespace Evergreen.Domain.Arithmetic;

/// <summary>Sums of money, checked like every other addition of it.</summary>
public static class MoneySums
{
    /// <exception cref="OverflowException">The sum leaves the range of <see cref="Money"/>.</exception>
    public static Money Sum<T>(this IEnumerable<T> items, Func<T, Money> amount)
    {
        var sum = Money.Zero;
        foreach (var item in items) sum += amount(item);
        return sum;
    }
}

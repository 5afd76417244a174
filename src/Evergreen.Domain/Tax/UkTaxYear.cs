namespace Evergreen.Domain.Tax;

/// <summary>The years for which the United Kingdom taxes people: 6 April to 5 April. Each is known by the calendar year in which it begins.</summary>
public static class UkTaxYear
{
    public static int Of(DateOnly day) => day >= StartsOn(day.Year) ? day.Year : day.Year - 1;

    public static DateOnly StartsOn(int year) => new(year, 4, 6);

    public static DateOnly EndsOn(int year) => new(year + 1, 4, 5);

    /// <summary>As it is written: <c>2025/26</c>.</summary>
    public static string Name(int year) => $"{year}/{(year + 1) % 100:00}";
}

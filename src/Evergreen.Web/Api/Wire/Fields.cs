using System.Globalization;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Web.Api.Wire;

/// <summary>Reads the fields of a body, and gathers what is wrong with any of them, each with its place.</summary>
/// <param name="at">Pointer to what holds the fields, such as <c>#/lines/3</c>.</param>
internal sealed class Fields(string at)
{
    /// <summary>Largest amount, in cents: ten digits before the point.</summary>
    private const long Most = 999_999_999_999;

    private readonly List<ProblemError> errors = [];

    public IReadOnlyList<ProblemError> Errors => errors;

    public string Place(string name) => $"{at}/{name}";

    public void Mistake(string name, string sentence) => errors.Add(new ProblemError(Place(name), sentence));

    /// <returns>The text as it came; null where there is none.</returns>
    public string? Text(string name, string? text, int most)
    {
        if (text is null) return null;
        if (text.Length == 0 || text.Length > most || text != text.Trim() || text.Any(char.IsControl)) Mistake(name, string.Create(CultureInfo.InvariantCulture, $"Write 1 to {most} characters, with no space at either end and no control character."));
        return text;
    }

    public Money Amount(string name, string text)
    {
        if (!Money.TryParse(text, out var amount) || Math.Abs(amount.Cents) > Most) Mistake(name, "Write an amount such as \"12.34\" or \"-0.50\": digits, a point, at most two decimals.");
        return amount;
    }

    public Money? AmountOrNone(string name, string? text) => text is null ? null : Amount(name, text);

    public Hours Hours(string name, string text)
    {
        if (!Domain.Arithmetic.Hours.TryParse(text, out var hours) || Math.Abs(hours.Hundredths) > Most) Mistake(name, "Write a number such as \"7.50\": digits, a point, at most two decimals.");
        return hours;
    }

    public Hours? HoursOrNone(string name, string? text) => text is null ? null : Hours(name, text);

    public string? Currency(string? text)
    {
        if (text is not null && (text.Length != 3 || text.Any(c => c is < 'A' or > 'Z'))) Mistake("currency", "Write the three capital letters of ISO 4217, such as \"USD\".");
        return text;
    }
}

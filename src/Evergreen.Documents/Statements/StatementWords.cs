using System.Numerics;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Languages;

namespace Evergreen.Documents.Statements;

/// <summary>The words of a statement in one language and country: the same facts are a patronage dividend here and a divi there.</summary>
internal sealed class StatementWords
{
    private static readonly WordBook Book = new(typeof(StatementWords).Assembly, "Evergreen.Documents.Statements.Words");
    private readonly Wording words;

    private StatementWords(Language language) => (Language, words) = (language, Book.Of(language));

    public Language Language { get; }

    public string this[string key] => words[key];
    public string this[string key, params object?[] arguments] => words[key, arguments];

    public static StatementWords Of(Language language) => new(language);

    public string Date(DateOnly date) => Language.Day(date);
    public string Amount(Money amount, string currency) => Language.Amount(amount, currency);
    public string Number(BigInteger number) => Language.Figure(number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
}

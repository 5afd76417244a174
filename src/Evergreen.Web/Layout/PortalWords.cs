using System.Collections.Concurrent;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Languages;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Evergreen.Web.Layout;

/// <summary>The texts of the page being shown, in its language: looked up beside the page's controller, then in the folders above it, then in <c>Layout</c>, and last in <c>Portal</c>, whose frame other pages for members wear too.</summary>
public sealed class PortalWords(PageLanguage page)
{
    /// <summary>Begins an error message that is a key of these texts, with what fills its gaps after bars: <c>@fill-in</c>, <c>@unreadable|abc</c>.</summary>
    public const char KeyMark = '@';

    private static readonly ConcurrentDictionary<string, IReadOnlyList<WordBook>> Shelves = new(StringComparer.Ordinal);
    private IReadOnlyList<Wording>? open;

    public Language Language => page.Language;

    /// <exception cref="MissingWordException">The key stands in none of the page's files.</exception>
    public string this[string key] => Holding(key)[key];

    /// <summary>With its gaps {0}, {1} … filled: dates are written in the language, other values as they are; amounts come from <see cref="Amount"/>.</summary>
    public string this[string key, params object?[] arguments] => Holding(key)[key, arguments];

    /// <summary><c>key.one</c> for one, <c>key</c> for none and many; the number fills {0}.</summary>
    public string Count(string key, long count, params object?[] others) => Holding(key).Count(key, count, others);

    public bool Has(string key) => Open.Any(words => words.Has(key));

    public string Amount(Money amount, string currency) => Language.Amount(amount, currency);
    public string Day(DateOnly day) => page.IsOffice ? DayTagHelper.Text(day) : Language.Day(day);
    public string ShortDay(DateOnly day) => page.IsOffice ? DayTagHelper.Text(day) : Language.ShortDay(day);
    public string Number(long number) => Language.Number(number);
    public string Hours(Hours hours) => Language.Hours(hours);

    /// <summary>A kind of hours: what every payroll has is named in the language, anything else as the co-op names it.</summary>
    public string HoursKind(string name) => Has("hours-kind." + name) ? this["hours-kind." + name] : name;

    /// <summary>Why something was refused: the text <c>refusal.CODE</c>, or the verb's own sentence.</summary>
    public string Refusal(Refusal refusal) => (Open.FirstOrDefault(words => words.Has("refusal." + refusal.Code)) ?? Open[0]).Refusal(refusal);

    /// <summary>What is wrong with a field, as it is shown beside it.</summary>
    public string Wrong(ModelError error)
    {
        if (error.Exception is RefusedException refused) return Refusal(refused.Refusal);
        if (string.IsNullOrEmpty(error.ErrorMessage)) return this["unreadable"];
        if (error.ErrorMessage[0] != KeyMark) return error.ErrorMessage;
        var parts = error.ErrorMessage[1..].Split('|');
        return parts.Length == 1 ? this[parts[0]] : this[parts[0], parts[1..]];
    }

    private IReadOnlyList<Wording> Open => open ??= [.. Shelves.GetOrAdd(page.Place ?? "", Shelf).Select(book => book.Of(Language))];

    private Wording Holding(string key) => Open.FirstOrDefault(words => words.Has(key)) ?? Open[0];

    private static IReadOnlyList<WordBook> Shelf(string place)
    {
        var assembly = typeof(PortalWords).Assembly;
        var parts = place.Length == 0 ? [] : place.Split('.');
        return [.. Enumerable.Range(0, parts.Length).Select(dropped => string.Join('.', parts[..^dropped])).Append("Layout").Append("Portal").Distinct(StringComparer.Ordinal)
            .Select(folder => $"Evergreen.Web.{folder}.Words").Where(name => WordBook.IsIn(assembly, name)).Select(name => new WordBook(assembly, name))];
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Languages;

/// <summary>How a member is spoken to: the words by the member's language, the figures and the law's terms by the co-op's country.</summary>
/// <remarks>Spanish in the United States writes $1,234.56 and "3 de marzo de 2027"; English in the United Kingdom £1,234.56, "3 March 2027" and "divi".</remarks>
public sealed class Language
{
    /// <summary>Switch of <see cref="AppContext"/> that lets <see cref="PseudoTag"/> be chosen: for tests and development only.</summary>
    public const string PseudoSwitch = "Evergreen.PseudoLanguage";

    /// <summary>English in brackets and accents: text that shows without them does not come from a resource.</summary>
    public const string PseudoTag = "qps-ploc";

    private static readonly ConcurrentDictionary<(string Tongue, string Country), Language> Known = new();
    private static readonly WordBook Book = new(typeof(Language).Assembly, "Evergreen.Domain.Languages.Words");

    // ISO 3166-1: where a comma stands before the decimals.
    private static readonly HashSet<string> CommaCountries = new(["ES", "FR", "DE", "IT", "PT", "NL", "BE", "AT", "FI", "SE", "DK", "NO", "PL", "GR"], StringComparer.Ordinal);

    private readonly char point;
    private readonly string thousands;
    private readonly Wording words;

    private Language(string tongue, string country)
    {
        (Tongue, Country) = (tongue, country);
        IsPseudo = tongue == PseudoTag;
        Tag = tongue switch { "es" => "es", PseudoTag => PseudoTag, _ => country == "GB" ? "en-GB" : "en-US" };
        // What is not written for the country is taken from the language, and what is not written for the language from English.
        Cultures = [.. (IsPseudo ? ["en-US"] : (string[])[$"{tongue}-{country}", tongue]).Select(CultureInfo.GetCultureInfo)];
        (point, thousands) = CommaCountries.Contains(country) ? (',', ".") : ('.', ",");
        words = Book.Of(this);
    }

    /// <summary>The languages that every text is written in.</summary>
    public static IReadOnlyList<string> Tongues { get; } = ["en", "es"];

    /// <summary>English for the United States: what is spoken where nothing else was chosen.</summary>
    public static Language English { get; } = Of("en", "US");

    /// <summary>Tag of the language alone: <c>en</c> or <c>es</c>.</summary>
    public string Tongue { get; }

    /// <summary>ISO 3166-1 alpha-2 of the co-op.</summary>
    public string Country { get; }

    /// <summary>BCP 47 tag for pages, mails and files: <c>en-US</c>, <c>en-GB</c> or <c>es</c>.</summary>
    public string Tag { get; }

    public bool IsPseudo { get; }

    /// <summary>Where a text is looked up, nearest first; English comes after them.</summary>
    internal IReadOnlyList<CultureInfo> Cultures { get; }

    /// <param name="tag">The member's language, e.g. <c>es-MX</c>; one that is not written here is answered in English.</param>
    /// <param name="country">ISO 3166-1 alpha-2 of the co-op; its law names the things and its people's habit writes the figures.</param>
    public static Language Of(string? tag, string country) => Known.GetOrAdd((TongueOf(tag) ?? "en", country), key => new Language(key.Tongue, key.Country));

    /// <summary>Which of our languages a tag asks for; null where it is none of them.</summary>
    public static string? TongueOf(string? tag)
    {
        if (tag is null) return null;
        if (string.Equals(tag, PseudoTag, StringComparison.OrdinalIgnoreCase)) return AppContext.TryGetSwitch(PseudoSwitch, out var allowed) && allowed ? PseudoTag : null;
        var tongue = tag.Split('-')[0].ToLowerInvariant();
        return Tongues.Contains(tongue, StringComparer.Ordinal) ? tongue : null;
    }

    /// <summary>A date in full: "March 3, 2027", "3 March 2027", "3 de marzo de 2027".</summary>
    public string Day(DateOnly day) => Written("date", day, "month.");

    /// <summary>A date for tables: "Mar 3, 2027", "3 Mar 2027", "3 mar 2027".</summary>
    public string ShortDay(DateOnly day) => Written("date.short", day, "month.short.");

    /// <summary>The day and minute of a moment in UTC.</summary>
    public string Moment(DateTime at) => $"{ShortDay(DateOnly.FromDateTime(at))}, {at.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)}";

    /// <summary>A whole number with its thousands grouped and a real minus.</summary>
    public string Number(long number) => Grouped(Math.Abs((decimal)number), 0, number < 0, "");

    /// <summary>A figure that was written with commas between thousands and a point before decimals, as the country writes it.</summary>
    public string Figure(string written) => point == '.' ? written : string.Concat(written.Select(sign => sign switch { ',' => '.', '.' => ',', _ => sign }));

    /// <summary>Hours with two decimals.</summary>
    public string Hours(Hours hours) => Grouped(Math.Abs((decimal)hours.Hundredths), 2, hours.Hundredths < 0, "");

    /// <summary>An amount with its currency: the sign where members know one, else the ISO code; a real minus in front.</summary>
    /// <param name="amount">In minor units of the currency, of which it has none, two or three decimals.</param>
    /// <param name="currency">ISO 4217; empty for the bare figure.</param>
    public string Amount(Money amount, string currency)
    {
        var sign = currency switch { "USD" => "$", "GBP" => "\u00A3", "EUR" => "\u20AC", "JPY" => "\u00A5", "" => "", _ => currency + "\u00A0" };
        var comma = point == ',' && sign.Length > 0;
        var figure = Grouped(Math.Abs((decimal)amount.Cents), Decimals(currency), amount.IsNegative, comma ? "" : sign);
        return comma ? $"{figure}\u00A0{sign.TrimEnd('\u00A0')}" : figure;
    }

    /// <summary>How many decimals a currency has: 2, but for the few that ISO 4217 lists with none or three.</summary>
    public static int Decimals(string currency) => currency switch
    {
        "JPY" or "KRW" or "CLP" or "ISK" or "PYG" or "UGX" or "VND" or "XAF" or "XOF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    public override string ToString() => $"{Tongue}-{Country}";

    private string Written(string form, DateOnly day, string month) => words[form, words[string.Create(CultureInfo.InvariantCulture, $"{month}{day.Month}")], day.Day, day.Year];

    private string Grouped(decimal units, int decimals, bool negative, string sign)
    {
        var one = decimals switch { 0 => 1, 2 => 100, _ => 1000 };
        var whole = decimal.Truncate(units / one).ToString("N0", CultureInfo.InvariantCulture);
        if (thousands != ",") whole = whole.Replace(",", thousands, StringComparison.Ordinal);
        var rest = decimals == 0 ? "" : point + ((long)(units % one)).ToString(new string('0', decimals), CultureInfo.InvariantCulture);
        return $"{(negative ? "\u2212" : "")}{sign}{whole}{rest}";
    }
}

using System.Text.RegularExpressions;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Languages;

namespace Evergreen.Application.CoOps;

/// <summary>A letter or mail to members that a co-op may word itself: which placeholders its words may hold, which they need, and the built-in words.</summary>
/// <remarks>What guards an account (new passwords, bank details, mail addresses, erasure) is not among them: its words say what to do when something is wrong.</remarks>
/// <param name="Holds">Placeholders without their braces, beside <see cref="Anywhere"/>.</param>
/// <param name="Needs">Those of them without which the text is of no use.</param>
/// <param name="IsSentence">A sentence of the co-op's details, for members who read another language: it has no subject and holds no placeholders, and the details stand in its place until it is written.</param>
public sealed partial record TextTemplate(string Name, string Title, bool IsLetter, IReadOnlyList<string> Holds, IReadOnlyList<string> Needs, bool IsSentence = false)
{
    public const int LongestSubject = 150, LongestWords = 4000;

    /// <summary>A subject is seen by whoever sees the envelope or the mailbox's list, so it names no person and no code.</summary>
    private static readonly string[] InSubjects = ["co-op", "year"];

    private static readonly WordBook Book = new(typeof(TextTemplate).Assembly, "Evergreen.Application.CoOps.Words");

    /// <summary>Placeholders of every text, with what stands there in the end.</summary>
    public static IReadOnlyList<string> Anywhere { get; } = ["co-op", "contact"];

    private static readonly Dictionary<string, string> Sayings = new(StringComparer.Ordinal)
    {
        ["co-op"] = "the co-op’s name", ["contact"] = "the co-op’s mail address, or its name where it has none", ["name"] = "the name of whom it is written to", ["number"] = "the member number", ["since"] = "the day on which membership began",
        ["end"] = "the day on which membership ended", ["redemption"] = "when retained amounts are paid back, as the co-op’s details say it", ["received"] = "the day on which the application came", ["reason"] = "the reason that the board gave",
        ["address"] = "the address of the page on which the code is typed", ["code"] = "the code", ["until"] = "the last day on which the code is good", ["year"] = "the fiscal year",
    };

    public static IReadOnlyList<TextTemplate> All { get; } =
    [
        new("letter.welcome", "Welcome to a new member", IsLetter: true, ["name", "number", "since"], ["number"]),
        new("letter.exit", "Farewell to a member who left", IsLetter: true, ["name", "number", "end", "redemption"], ["end"]),
        new("letter.declined", "Answer to an application that was declined", IsLetter: true, ["name", "received", "reason"], ["reason"]),
        new("letter.invitation", "Invitation to the portal, by letter", IsLetter: true, ["name", "address", "code", "until"], ["address", "code", "until"]),
        new("mail.invitation", "Invitation to the portal, by mail", IsLetter: false, ["name", "code", "until"], ["code", "until"]),
        new("mail.statement", "Notice that a statement is ready", IsLetter: false, ["year"], ["year"]),
        new("mail.answer", "Notice that a request was answered", IsLetter: false, [], []),
        new(RedemptionWords.Text, "When retained amounts are paid back", IsLetter: false, [], [], IsSentence: true),
    ];

    public static TextTemplate? Find(string name) => All.FirstOrDefault(template => template.Name == name);

    /// <summary>Each placeholder that the words may hold, with what stands there in the end.</summary>
    public IEnumerable<(string Placeholder, string Says)> Placeholders => IsSentence ? [] : Holds.Concat(Anywhere).Select(one => ($"{{{one}}}", Sayings[one]));

    public string BuiltInSubject(Language language) => IsSentence ? "" : Book.Of(language)[$"{Name}.subject"];

    public string BuiltInWords(Language language) => IsSentence ? NoRedemption(language) : Book.Of(language)[$"{Name}.text"];

    /// <summary>What stands there until the co-op words it: the built-in words, or for a sentence of its details what they say.</summary>
    public string Unworded(CoOp coOp, Language language) => IsSentence && coOp.RedemptionSentence.Length > 0 ? coOp.RedemptionSentence : BuiltInWords(language);

    /// <summary>Whether a co-op words it in a language here: a sentence of its details is worded there in the co-op's own.</summary>
    public bool IsWorded(CoOp coOp, string tongue) => Language.Tongues.Contains(tongue) && !(IsSentence && tongue == RedemptionWords.TongueOf(coOp));

    /// <summary>What a co-op typed, as it is kept; or why it cannot be used.</summary>
    public Outcome<(string Subject, string Words)> Checked(string? subject, string? words)
    {
        var head = new string([.. (subject ?? "").Trim().Select(c => char.IsControl(c) ? ' ' : c)]);
        var body = string.Join('\n', (words ?? "").ReplaceLineEndings("\n").Split('\n').Select(line => new string([.. line.Select(c => char.IsControl(c) ? ' ' : c)]).Trim())).Trim('\n');
        if (body.Length == 0) return Refusals.TextEmpty();
        if (IsSentence) return SentenceChecked(body.Replace('\n', ' '));
        if (body.Length > LongestWords) return Refusals.TooLong("The text", LongestWords);
        var may = InSubjects.Where(one => Holds.Contains(one) || Anywhere.Contains(one)).ToList();
        if (head.Length is 0 or > LongestSubject || Foreign(head, may) is not null) return Refusals.TextSubject(LongestSubject, Braced(may));
        if (Foreign(body, [.. Holds, .. Anywhere]) is { } foreign) return Refusals.PlaceholderUnknown(foreign, Braced([.. Holds, .. Anywhere]));
        return Needs.FirstOrDefault(need => !body.Contains($"{{{need}}}", StringComparison.Ordinal)) is { } missing ? Refusals.PlaceholderMissing($"{{{missing}}}", Sayings[missing]) : (head, body);
    }

    private static Outcome<(string Subject, string Words)> SentenceChecked(string sentence) =>
        sentence.Length > EditCoOp.LongestSentence ? Refusals.TooLong("The sentence", EditCoOp.LongestSentence) : Foreign(sentence, []) is { } foreign ? Refusals.PlaceholderUnknown(foreign, "none") : ("", sentence);

    /// <summary>Words with what stands at their placeholders: each once, so that a name in braces stays a name.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) => Gap().Replace(text, gap => values.GetValueOrDefault(gap.Groups["name"].Value, gap.Value));

    /// <summary>What stands at the placeholders of a letter to nobody, for looking at.</summary>
    /// <param name="site">The site's address as members type it.</param>
    public static (string, object)[] Sample(Language language, DateOnly today, string site)
    {
        var words = Book.Of(language);
        return
        [
            ("name", words["sample.name"]), ("number", "1042"), ("since", today), ("end", today), ("received", today.AddDays(-14)), ("reason", words["sample.reason"]), ("address", $"{site}/welcome"), ("code", "ABCDE-FGHJK-MNPQR-STVWX-YZ234"),
            ("until", today.AddDays(45)), ("year", today.Year - 1),
        ];
    }

    /// <summary>What is said of paying back where the co-op's details say nothing.</summary>
    internal static string NoRedemption(Language language) => Book.Of(language)["redemption.none"];

    /// <summary>The first thing in braces that is not among the known, or a brace by itself.</summary>
    private static string? Foreign(string text, IReadOnlyList<string> known)
    {
        if (Gap().Matches(text).FirstOrDefault(gap => !known.Contains(gap.Groups["name"].Value)) is { } unknown) return unknown.Value;
        return Gap().Replace(text, "").FirstOrDefault(c => c is '{' or '}') is var brace and not '\0' ? brace.ToString() : null;
    }

    private static string Braced(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"{{{name}}}"));

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Gap();
}

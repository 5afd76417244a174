using System.Collections.Frozen;

namespace Evergreen.Application.Access;

/// <summary>
/// The passwords that are tried first: a common word or name or two of them, repeated, spelled backwards or with digits for letters, with a year, figures or signs around it;
/// a walk over the keyboard; one thing repeated; figures alone. The words are in <c>common-words.txt</c>; nothing is asked of any network.
/// </summary>
public static class CommonPasswords
{
    private static readonly string[] Keyboard = ["`1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "qwertzuiop", "azertyuiop", "qsdfghjklm", "yxcvbnm", "abcdefghijklmnopqrstuvwxyz"];

    // Columns of the keyboard, read downwards.
    private static readonly string[] Columns = ["1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik,", "9ol.", "0p;/"];

    private static readonly FrozenSet<string> Words = Read();

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("Evergreen.Application.Access.common-words.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>How many words the list holds.</summary>
    public static int Count => Words.Count;

    public static bool IsCommon(string password)
    {
        var lower = password.ToLowerInvariant();
        if (IsRepeated(lower) || IsWalk(lower)) return true;
        return Cores(lower).Any(core => core.Length < 4 || Words.Contains(core) || IsTwo(core) || IsRepeated(core) || IsWalk(core));
    }

    /// <summary>Whether the password is one of these words with figures or signs around it, or two of them.</summary>
    public static bool IsOneOf(string password, IEnumerable<string> words)
    {
        var set = words.Select(word => word.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        return Cores(password.ToLowerInvariant()).Any(core => set.Contains(core) || Enumerable.Range(1, Math.Max(0, core.Length - 1)).Any(cut => set.Contains(core[..cut]) && (set.Contains(core[cut..]) || Words.Contains(core[cut..]))));
    }

    /// <summary>What is left when the figures and signs around a word are taken away, as typed, with letters for the digits inside, and backwards.</summary>
    private static IEnumerable<string> Cores(string lower)
    {
        var bare = Trimmed(lower);
        var letters = string.Concat(lower.Select(Letter));
        foreach (var core in (string[])[bare, letters, Trimmed(letters), string.Concat(bare.Select(Letter))])
        {
            yield return core;
            yield return new string([.. core.Reverse()]);
        }
    }

    private static string Trimmed(string text) => text.Trim([.. text.Where(c => !char.IsLetter(c)).Distinct()]);

    private static char Letter(char c) => c switch { '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', '8' => 'b', '9' => 'g', _ => c };

    private static bool IsTwo(string core)
    {
        for (var cut = 2; cut <= core.Length - 2; cut++)
            if (Words.Contains(Trimmed(core[..cut])) && Words.Contains(Trimmed(core[cut..]))) return core.Length < PasswordRules.Advised;
        return false;
    }

    /// <summary>One to four characters again and again.</summary>
    private static bool IsRepeated(string text) =>
        text.Length >= 4 && Enumerable.Range(1, 4).Any(period => text.Length >= 2 * period && !text.Where((c, i) => i >= period && c != text[i - period]).Any());

    /// <summary>Made of pieces of the keyboard's rows or columns or of the alphabet, forwards or backwards, three keys or more each.</summary>
    private static bool IsWalk(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var longest = Keyboard.Concat(Columns).Max(row => Math.Max(Run(text, at, row), Run(text, at, new string([.. row.Reverse()]))));
            if (longest < 3) return false;
            at += longest;
        }
        return text.Length >= 6;
    }

    private static int Run(string text, int at, string row)
    {
        var start = row.IndexOf(text[at], StringComparison.Ordinal);
        if (start < 0) return 0;
        var length = 0;
        while (at + length < text.Length && start + length < row.Length && text[at + length] == row[start + length]) length++;
        return length;
    }
}

namespace Evergreen.Application.Audit;

/// <summary>Text that someone typed, made fit for a record: one line that reads in one direction, so that nobody can write a second record into a first.</summary>
public static class OneLine
{
    private const char Removed = '\uFFFD';

    /// <returns>The text with each control character, line break and change of reading direction put as U+FFFD.</returns>
    public static string Of(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text : string.Create(text.Length, text, (line, from) =>
    {
        for (var i = 0; i < line.Length; i++) line[i] = IsSafe(from[i]) ? from[i] : Removed;
    });

    private static bool IsSafe(char c) => !char.IsControl(c) && c is not ('\u2028' or '\u2029' or '\u200E' or '\u200F' or '\u061C' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
}

using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli;

/// <summary>Why the door itself says no, before a verb is asked.</summary>
internal static class Refusals
{
    public static Refusal PersonMissing() => new("person-missing", "Say who acts: --as \"Ana Reyes\", or set EVERGREEN_AS.");
    public static Refusal FileMissing(string path) => new("file-missing", $"There is no file {path}.");
    public static Refusal FileTooLarge(string path, int megabytes) => new("file-too-large", $"{path} is larger than {megabytes} MB.");
    public static Refusal FiscalYearEnd(string text) => new("fiscal-year-end", $"'{text}' is not the last day of a month. Write --fiscal-year-end as MM-DD, such as 06-30.");
    public static Refusal PairForm(string option, string text, string example) => new("pair-form", $"{option}: '{text}' is not a pair such as {example}.");
    public static Refusal BooksUnsound(int findings) => new("books-unsound", $"The books are not sound: {findings} findings. Find out who changed them, or restore a copy from before.");
    public static Refusal HealthBad(int things) => new("health-bad", things == 1 ? "1 thing is bad. What helps stands beside it." : $"{things} things are bad. What helps stands beside each.");
}

namespace Evergreen.Cli;

/// <summary>What goes to standard error: one sentence, or one JSON document with code and sentence.</summary>
internal static class Complaint
{
    public const string TraceVariable = "EVERGREEN_TRACE";

    public static void Say(string code, string sentence, bool json, Exception? cause = null)
    {
        Console.Error.WriteLine(json ? JsonText.Write(new { error = new { code, sentence } }, dryRun: false) : $"{sentence} ({code})");
        if (cause is not null && Environment.GetEnvironmentVariable(TraceVariable) == "1") Console.Error.WriteLine(cause);
    }
}

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>In which order forms are sent where one spoils what the next one needs: the steps of a run one after the other, and last whatever shows the sender out.</summary>
internal static class Course
{
    private static readonly string[] Late = ["/details/mail", "/answer", "/notices", "/issue", "/print-file", "/adopt", "/drop", "/undo", "/off", "/withdraw", "/rehearsal/{finding}", "/review", "/approve", "/decline", "/post", "/pay", "/reverse", "/calculate", "/send", "/recovery-codes", "/remove", "/password", "/end", "/end-all", "/sign-out"];

    public static int Place(string pattern) => Array.FindIndex(Late, end => pattern.EndsWith(end, StringComparison.Ordinal)) + (pattern.StartsWith("/account", StringComparison.Ordinal) ? 100 : 0);
}

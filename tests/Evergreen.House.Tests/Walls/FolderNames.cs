namespace Evergreen.House.Tests.Walls;

/// <summary>The folders of a project that stand in no line: each is named, none means "whatever is left".</summary>
public sealed record FolderNames(string Project, string[] Agreed)
{
    /// <summary>Named after what is printed or filed.</summary>
    public static readonly FolderNames Documents = new("Evergreen.Documents", ["Drawing", "Exports", "Fonts", "Notices", "PaymentFiles", "Statements", "TaxFiles"]);

    /// <summary>Named after the capabilities of the house.</summary>
    public static readonly FolderNames CommandLine = new("Evergreen.Cli",
        ["Access", "Audit", "CoOps", "Database", "Demo", "Dividends", "Equity", "Health", "Imports", "Members", "Network", "Patronage", "Payments", "Periods", "Reconciliation", "Serve", "Statements"]);

    public IEnumerable<string> Violations(IEnumerable<string> folders) => folders.Except(Agreed, StringComparer.Ordinal);
}

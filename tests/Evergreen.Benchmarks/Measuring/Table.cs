using System.Globalization;
using System.Text;

namespace Evergreen.Benchmarks.Measuring;

/// <summary>Findings as a table that reads the same on a terminal and in Markdown.</summary>
internal static class Table
{
    private static readonly string[] Head = ["step", "members", "Evergreen s", "plain s", "ratio", "required", "peak MB", "", "note"];

    public static string Of(IReadOnlyList<Finding> findings, bool limits)
    {
        var rows = findings.Select(finding => (string[])[finding.Step, Text("N0", finding.Members), Text("0.00", finding.Seconds), finding.IsCompared ? Text("0.00", finding.LimitSeconds) : "", finding.IsCompared ? Text("0.00", finding.Ratio) : "",
            finding.IsCompared ? $"{(finding.AtLeast ? "at least" : "at most")} {Text("0.##", finding.Required)}" : "", finding.PeakMegabytes == 0 ? "" : Text("0", finding.PeakMegabytes), !limits ? "" : finding.Passes ? "pass" : "FAIL", finding.Note]).Prepend(Head).ToList();
        var widths = Head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        for (var i = 0; i < rows.Count; i++)
        {
            text.Append("| ").AppendJoin(" | ", rows[i].Select((cell, column) => column is >= 1 and <= 4 or 6 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).AppendLine(" |");
            if (i == 0) text.Append('|').AppendJoin('|', widths.Select((width, column) => column is >= 1 and <= 4 or 6 ? new string('-', width + 1) + ":" : new string('-', width + 2))).AppendLine("|");
        }
        return text.ToString();
    }

    private static string Text(string format, IFormattable value) => value.ToString(format, CultureInfo.InvariantCulture);
}

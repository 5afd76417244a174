using System.Text;
using Evergreen.Domain.Imports;

namespace Evergreen.Application.Imports;

/// <summary>An empty file of our own form for each kind, and a filled one to go by.</summary>
public static class ImportTemplate
{
    private static readonly Dictionary<ImportKind, string[][]> Examples = new()
    {
        [ImportKind.Members] =
        [
            ["0042", "person", "Rosalind Okafor", "Rosalind", "Okafor", "", "rosalind@example.org", "+1 216 555 0142", "2217 East 83rd Street", "Apt. 4", "Cleveland", "OH", "44103", "US", "worker", "2024-03-01", "", "SSN", "900000042", "bylaw", "2024-02-20", "en", "ach", "123400008", "0004554178", "checking", ""],
            ["0043", "person", "Li Ng", "Li", "Ng", "", "", "", "12 Harvest Row", "", "Cleveland", "OH", "44105", "US", "worker;customer", "2024-05-15", "", "none", "", "written", "2024-05-10", "en", "none", "", "", "", ""],
            ["0044", "organisation", "", "", "", "Harvest Row Grocery, Inc.", "office@harvestrow.example", "", "1 Market Square", "", "Cleveland", "OH", "44103", "US", "customer", "2025-01-01", "", "EIN", "900000044", "none", "", "en", "none", "", "", "", ""],
        ],
        [ImportKind.Hours] =
        [
            ["PAY-2025-07-0042-R", "0042", "", "2025-06-24", "2025-07-07", "2025-07-18", "79.50", "regular", "1987.50"],
            ["PAY-2025-07-0042-O", "0042", "", "2025-06-24", "2025-07-07", "2025-07-18", "3.25", "overtime", "121.88"],
            ["DAY-2025-07-08-0043", "0043", "2025-07-08", "", "", "", "8.00", "regular", ""],
        ],
        [ImportKind.Purchases] =
        [
            ["R1001", "0042", "2025-07-02", "36.20", "grocery", "", "main", ""],
            ["R1002/1", "0043", "2025-07-02", "12.00", "produce", "", "main", ""],
            ["R1002/2", "0043", "2025-07-02", "18.50", "wine", "false", "main", ""],
            ["R1003", "0042", "2025-07-05", "-4.10", "grocery", "", "main", ""],
            ["R1004", "", "2025-07-05", "7.75", "grocery", "", "main", ""],
        ],
        [ImportKind.Equity] =
        [
            ["OPEN-0042-SHARE", "0042", "membership_share", "", "2025-01-01", "1000.00"],
            ["OPEN-0042-2023", "0042", "qualified_notice", "2023", "2025-01-01", "412.87"],
            ["PAY-2025-0043", "0043", "membership_share", "", "2025-05-15", "25.00"],
        ],
    };

    /// <summary>Writes UTF-8 without a byte order mark, the columns as printed in the contract.</summary>
    /// <param name="filled">With rows to go by.</param>
    public static void Write(ImportKind kind, bool filled, Stream to)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        var csv = new CsvWriter(writer).Header(FindDraft.FormOf(kind).Columns.Select(column => column.Name));
        if (!filled) return;
        foreach (var row in Examples[kind])
        {
            foreach (var field in row) csv.AsRead(field);
            csv.EndRow();
        }
    }

    public static string NameOf(ImportKind kind, bool filled) => $"{FindDraft.FormOf(kind).Name}{(filled ? "-example" : "")}.csv";
}

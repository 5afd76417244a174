using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Tax;

namespace Evergreen.Application.Statements;

/// <summary>The file for the IRS Taxpayer Portal as bytes, and what is read off such bytes again.</summary>
internal static class TaxFileText
{
    /// <summary>The fields of which the sum over all forms is held against the ledger.</summary>
    private static readonly IrisField[] Counted = [IrisField.Box1, IrisField.Box4, IrisField.Box5];

    public static byte[] Bytes(IrisColumns columns, IEnumerable<TaxFileForm> forms)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var csv = new CsvWriter(text);
        csv.Header(columns.Headers);
        foreach (var form in forms)
        {
            foreach (var field in columns.Fields) csv.Text(field is { } one ? form.Values.GetValueOrDefault(one) : null);
            csv.EndRow();
        }
        return new UTF8Encoding(false).GetBytes(text.ToString());
    }

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Reads a file again and counts it anew, holding every row against its form.</summary>
    /// <exception cref="InvalidOperationException">The file does not say what the forms say: no such file leaves.</exception>
    public static PatronageBoxes Count(byte[] bytes, IrisColumns columns, IReadOnlyList<TaxFileForm> forms)
    {
        using var rows = DelimitedReader.Open(new MemoryStream(bytes), new DelimitedOptions { Separator = ',' }).Value;
        if (!rows.Header.SequenceEqual(columns.Headers, StringComparer.Ordinal)) throw new InvalidOperationException("The file's header is not the template's.");
        var sums = new Dictionary<IrisField, Money>();
        var read = 0;
        while (rows.Read())
        {
            if (rows.Fault is not null || rows.FieldCount != columns.Fields.Count || read == forms.Count) throw new InvalidOperationException($"Row {read + 1} of the file cannot be read again.");
            for (var i = 0; i < columns.Fields.Count; i++)
            {
                var (said, field) = (rows.Text(i), columns.Fields[i]);
                if (said != (field is { } one ? forms[read].Values.GetValueOrDefault(one, "") : "")) throw new InvalidOperationException($"Row {read + 1} of the file does not say what its form says: column {i + 1}.");
                if (field is { } box && said.Length > 0 && Counted.Contains(box)) sums[box] = sums.GetValueOrDefault(box) + Money.Parse(said);
            }
            read++;
        }
        if (read != forms.Count || rows.Account.Blanks > 0) throw new InvalidOperationException($"The file has {read} rows, and there are {forms.Count} forms.");
        return new PatronageBoxes(sums.GetValueOrDefault(IrisField.Box1), sums.GetValueOrDefault(IrisField.Box4), sums.GetValueOrDefault(IrisField.Box5));
    }
}

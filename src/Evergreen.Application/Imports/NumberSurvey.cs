using System.Text.RegularExpressions;

namespace Evergreen.Application.Imports;

/// <summary>Proposes how a source writes its numbers, from some of them. The operator confirms it, and it then holds for the whole file.</summary>
internal static partial class NumberSurvey
{
    private static readonly string[] Symbols = ["$", "£", "€"];

    /// <returns>The canonical form where nothing speaks for another.</returns>
    public static NumberForm Of(IEnumerable<string> values)
    {
        var form = NumberForm.Canonical;
        bool decimalComma = false, decimalPoint = false, groupedByComma = false, groupedByPoint = false;
        foreach (var value in values)
        {
            var text = value.Trim();
            foreach (var symbol in Symbols)
                if (text.Contains(symbol, StringComparison.Ordinal)) form = form with { Symbol = symbol };
            if (text.StartsWith('(') && text.EndsWith(')')) form = form with { Parentheses = true };
            if (text.Length > 1 && text.EndsWith('-')) form = form with { TrailingMinus = true };
            decimalComma |= CommaDecimals().IsMatch(text);
            decimalPoint |= PointDecimals().IsMatch(text);
            groupedByComma |= CommaGroups().IsMatch(text);
            groupedByPoint |= PointGroups().IsMatch(text);
        }
        if (decimalComma && !decimalPoint) return form with { Decimal = ',', Thousands = groupedByPoint ? '.' : null };
        return groupedByComma ? form with { Thousands = ',' } : form;
    }

    [GeneratedRegex(@",\d{1,2}\D*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)] private static partial Regex CommaDecimals();
    [GeneratedRegex(@"\.\d{1,2}\D*$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)] private static partial Regex PointDecimals();
    [GeneratedRegex(@"\d,\d{3}(\D|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)] private static partial Regex CommaGroups();
    [GeneratedRegex(@"\d\.\d{3}(\D|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)] private static partial Regex PointGroups();
}

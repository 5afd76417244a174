using System.Text.RegularExpressions;

namespace Evergreen.House.Tests.Walls;

/// <summary>No floating point where money or hours are: found in the text, because analysers and reflection miss some forms.</summary>
public static partial class FloatingPoint
{
    // Millimetres and glyph widths are measured here, never amounts.
    private static readonly string[] Drawn = ["Drawing", "Fonts", "Notices", "Statements"];

    /// <summary>Two places meet the floating point of others and let none through: workbooks store numbers so, and a data reader must name the types.</summary>
    private static readonly string[] AtTheBorder = ["src/Evergreen.Application/Imports/SpreadsheetNumber.cs", "src/Evergreen.Application/Storage/RowReader.cs"];

    public static bool HoldsMoney(string path) => !AtTheBorder.Contains(path) && IsMoneyRoom(path);

    private static bool IsMoneyRoom(string path) =>
        path.StartsWith("src/Evergreen.Domain/", StringComparison.Ordinal)
        || path.StartsWith("src/Evergreen.Application/", StringComparison.Ordinal)
        || (path.StartsWith("src/Evergreen.Documents/", StringComparison.Ordinal) && !Drawn.Contains(path.Split('/')[2]));

    public static IEnumerable<string> Violations(string path, string source)
    {
        var code = CSharpText.CodeOnly(source);
        return Words().Matches(code).Concat(Reals().Matches(code)).OrderBy(m => m.Index)
            .Select(m => $"{path}:{CSharpText.LineOf(code, m.Index)}: {m.Value.Trim()}");
    }

    // Functions that answer with a double belong to the words: their result needs no type name to do harm.
    [GeneratedRegex(@"\b(double|float|Half|Double)\b|\bMath\s*\.\s*(Pow|Sqrt|Cbrt|Exp|Log\w*)\b|\bBigInteger\s*\.\s*Log\w*|\.\s*Average\s*\(")]
    private static partial Regex Words();

    // A decimal point or an exponent without m, or a whole number that says f or d. Hexadecimal digits are not suffixes.
    [GeneratedRegex(@"(?<![\w.])(?!0[xXbB])([0-9][0-9_]*)?((?<!\.)\.[0-9][0-9_]*([eE][+-]?[0-9]+)?|[eE][+-]?[0-9]+|(?=[fFdD]\b)(?<=[0-9]))[fFdD]?(?![\w])")]
    private static partial Regex Reals();
}

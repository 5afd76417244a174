using System.Text;

namespace Evergreen.House.Tests;

/// <summary>C# source as text: what is left when comments and the insides of strings are taken out. Line numbers stay the same.</summary>
public static class CSharpText
{
    /// <summary>Comments, characters and strings become spaces; the code in the holes of an interpolated string stays.</summary>
    public static string CodeOnly(string source) => new Reader(source).Read();

    public static int LineOf(string source, int position) => source.AsSpan(0, position).Count('\n') + 1;

    private sealed class Reader(string source)
    {
        private readonly StringBuilder code = new(source.Length);
        private int at;

        public string Read()
        {
            while (at < source.Length) Code(holeBraces: 0);
            return code.ToString();
        }

        // Code up to the end of the text or, inside a hole, up to the braces that close it.
        private void Code(int holeBraces)
        {
            var depth = 0;
            while (at < source.Length)
            {
                if (holeBraces > 0 && depth == 0 && source[at] == '}') return;
                if (Starts("//")) BlankWhile(() => source[at] != '\n');
                else if (Starts("/*")) { Blank(2); BlankWhile(() => !Starts("*/")); Blank(2); }
                else if (source[at] == '\'') Quoted('\'');
                else if (StringStart(out var dollars, out var verbatim, out var prefix)) Text(dollars, verbatim, prefix);
                else
                {
                    if (source[at] == '{') depth++;
                    if (source[at] == '}') depth--;
                    code.Append(source[at++]);
                }
            }
        }

        private bool StringStart(out int dollars, out bool verbatim, out int prefix)
        {
            dollars = 0; verbatim = false; prefix = 0;
            while (at + prefix < source.Length && source[at + prefix] is '$' or '@')
            {
                if (source[at + prefix] == '$') dollars++; else verbatim = true;
                prefix++;
            }
            return at + prefix < source.Length && source[at + prefix] == '"';
        }

        private void Text(int dollars, bool verbatim, int prefix)
        {
            Blank(prefix);
            var quotes = Run('"');
            if (quotes >= 3) Body(new string('"', quotes), dollars, escapes: false, doubled: false);
            else if (quotes == 2) Blank(2);
            else Body("\"", Math.Min(dollars, 1), escapes: !verbatim, doubled: verbatim);
        }

        private void Body(string end, int dollars, bool escapes, bool doubled)
        {
            Blank(end.Length);
            while (at < source.Length)
            {
                if (doubled && Starts("\"\"")) Blank(2);
                else if (Starts(end)) { Blank(end.Length); return; }
                else if (escapes && source[at] == '\\') Blank(2);
                else if (dollars > 0 && source[at] == '{') Brace(dollars);
                else Blank(1);
            }
        }

        private void Brace(int dollars)
        {
            var braces = Run('{');
            // In $"…" two braces stand for one; in $$"""…""" fewer braces than dollars are text.
            if (dollars == 1 && braces % 2 == 0 || braces < dollars) { Blank(braces); return; }
            Blank(braces);
            Code(holeBraces: dollars);
            Blank(Math.Min(dollars, Run('}')));
        }

        private void Quoted(char quote)
        {
            Blank(1);
            BlankWhile(() => source[at] != quote, escapes: true);
            Blank(1);
        }

        private int Run(char c)
        {
            var n = 0;
            while (at + n < source.Length && source[at + n] == c) n++;
            return n;
        }

        private bool Starts(string text) => string.CompareOrdinal(source, at, text, 0, text.Length) == 0;

        private void BlankWhile(Func<bool> inside, bool escapes = false)
        {
            while (at < source.Length && inside()) Blank(escapes && source[at] == '\\' ? 2 : 1);
        }

        private void Blank(int count)
        {
            for (; count > 0 && at < source.Length; count--, at++) code.Append(source[at] == '\n' ? '\n' : ' ');
        }
    }
}

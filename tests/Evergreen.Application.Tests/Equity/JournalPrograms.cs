using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Evergreen.Domain.Arithmetic;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Equity;

/// <summary>What hledger, ledger and beancount make of a journal. Each is asked in its strictest manner, and fails the test with what it says against the file.</summary>
internal static partial class JournalPrograms
{
    /// <summary>A part of an account as a program reads it, with the names taken back to what they stand for.</summary>
    public readonly record struct Part(string Kind, string Account, string? Member, int? Lot, string Currency);

    public static Dictionary<Part, long> ByHledger(string path) =>
        Lines(Run("hledger", ["--file", path, "balance", "--strict", "--no-total", "--output-format", "csv"]), skip: 1).Select(line => line.Trim('"').Split("\",\"")).ToDictionary(cells => Read(cells[0], cells[1][^3..], beancount: false), cells => Cents(cells[1][..^4]));

    public static Dictionary<Part, long> ByLedger(string path) =>
        Lines(Run("ledger", ["--file", path, "--pedantic", "balance", "--flat", "--empty", "--no-total", "--balance-format", "%(account)\t%(quantity(amount))\t%(commodity(amount))\n"])).Select(line => line.Split('\t')).Where(cells => cells[1] != "0").ToDictionary(cells => Read(cells[0], cells[2], beancount: false), cells => Cents(cells[1]));

    /// <summary>All files in one go: the program takes a second to start.</summary>
    public static IReadOnlyList<Dictionary<Part, long>> ByBeancount(IReadOnlyList<string> paths)
    {
        var found = paths.Select(_ => new Dictionary<Part, long>()).ToList();
        foreach (var cells in Lines(Run(Python[0], [.. Python[1..], "-c", Beancount, .. paths])).Select(line => line.Split('\t'))) found[int.Parse(cells[0], CultureInfo.InvariantCulture)].Add(Read(cells[1], cells[3], beancount: true), Cents(cells[2]));
        return found;
    }

    // What bean-check does, and then the sums.
    private const string Beancount = """
        import sys
        from beancount import loader
        from beancount.core import data
        for place, path in enumerate(sys.argv[1:]):
            entries, errors, options = loader.load_file(path)
            for error in errors:
                sys.exit("{}: {}".format(path, error))
            sums = {}
            for entry in data.filter_txns(entries):
                for posting in entry.postings:
                    key = (posting.account, posting.units.currency)
                    sums[key] = sums.get(key, 0) + posting.units.number
            for (account, currency), number in sums.items():
                if number != 0:
                    print("{}\t{}\t{}\t{}".format(place, account, number, currency))
        """;

    private static string Run(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8 };
        // hledger reads in the encoding of the locale, and beancount would leave a file beside what it read.
        foreach (var (name, value) in ((string, string)[])[("LC_ALL", "C.UTF-8"), ("BEANCOUNT_DISABLE_LOAD_CACHE", "1"), ("HOME", Path.GetTempPath())]) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new AssertionException($"{program} ended with {process.ExitCode}: {error.Result}{output}");
            return output;
        }
        catch (Win32Exception)
        {
            throw Missing(program);
        }
    }

    /// <summary>The Python that beancount is installed for, which need not be the first on the path: the one that its own program names in its first line.</summary>
    private static string[] Python
    {
        get
        {
            var program = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "bean-check")).FirstOrDefault(File.Exists) ?? throw Missing("bean-check");
            return File.ReadLines(program).First().TrimStart('#', '!').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    private static AssertionException Missing(string program) => new($"{program} is not here, and the tests of the journals need it. On Debian, as root: apt-get install -y --no-install-recommends hledger ledger beancount");

    private static IEnumerable<string> Lines(string output, int skip = 0) => output.Split('\n').Skip(skip).Where(line => line.Length > 0);

    private static long Cents(string amount) => Money.Parse(amount).Cents;

    private static Part Read(string name, string currency, bool beancount)
    {
        var parts = name.Split(':');
        var member = parts.Length > 2 && parts[2][0] == 'M' ? Decoded(parts[2][1..], hyphen: '-') : null;
        var lot = parts.Length > (member is null ? 2 : 3) ? int.Parse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture) : (int?)null;
        var account = beancount && parts[1].StartsWith("X---", StringComparison.Ordinal) ? parts[1][4..] : parts[1];
        return new Part(parts[0], Decoded(account, hyphen: beancount ? ' ' : '-'), member, lot, currency);
    }

    /// <param name="hyphen">What a hyphen that begins no code point stands for.</param>
    private static string Decoded(string text, char hyphen) =>
        Escape().Replace(text, match => match.Groups["hex"].Success ? new Rune(int.Parse(match.Groups["hex"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString() : hyphen.ToString());

    [GeneratedRegex("--(?<hex>[0-9A-F]+)-|-", RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();
}

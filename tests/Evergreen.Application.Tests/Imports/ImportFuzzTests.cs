using System.Globalization;
using System.Text;
using System.Text.Json;
using Evergreen.Application.Imports;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Imports;

/// <summary>A million generated and damaged rows (ten million with EVERGREEN_LONG=1): nothing crashes or hangs, nothing goes missing, memory stays flat.</summary>
public sealed class ImportFuzzTests
{
    /// <summary>Somewhat more than their two-hundredth part of a million, since a damaged row may take its neighbour with it.</summary>
    private const int RowsPerFile = 5_250;
    private static readonly int Files = Environment.GetEnvironmentVariable("EVERGREEN_LONG") == "1" ? 2_000 : 200;

    private static readonly string[] Newlines = ["\r\n", "\n", "\r"];
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    [Test]
    public void EveryRowOfAMillionIsAcceptedRejectedOrBlankAndEveryBadOneIsReported()
    {
        long rows = 0, good = 0, accepted = 0, rejected = 0, most = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Parallel.For(0, Files, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var (totals, undamaged) = ReadAndCheck(seed);
            Interlocked.Add(ref rows, totals.RowsInFile);
            Interlocked.Add(ref good, undamaged);
            Interlocked.Add(ref accepted, totals.Accepted);
            Interlocked.Add(ref rejected, totals.Rejected);
            if (seed % 10 == 0) InterlockedMax(ref most, GC.GetTotalMemory(forceFullCollection: true) - before);
        });
        TestContext.Out.WriteLine($"{rows:N0} rows: {accepted:N0} accepted ({good:N0} undamaged), {rejected:N0} rejected; {most / 1024 / 1024} MB held at most.");
        Assert.Multiple(() =>
        {
            Assert.That(rows, Is.GreaterThanOrEqualTo(Files * 5_000L));
            Assert.That(rejected, Is.GreaterThan(rows / 50));
            Assert.That(good, Is.GreaterThan(rows / 2));
            Assert.That(most, Is.LessThan(150L * 1024 * 1024), "the generated files themselves included");
        });
    }

    private static (ControlTotals Totals, long Undamaged) ReadAndCheck(int seed)
    {
        var file = Generate(seed);
        var problems = new BadLines();
        using var reader = CanonicalRows.Open(file.Import, Profile.Canonical(CanonicalFile.Purchases), new ProblemList(problems, keep: 10), new ReadingOptions { Encoding = file.Encoding }).Value;
        var sum = 0L;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            sum += reader.Amount(3)!.Value.Cents;
            if (reader.Utf8(0).StartsWith("good-"u8)) seen.Add(reader.Text(0));
            reader.Accept();
        }
        var totals = reader.Finish().Value;
        var account = reader.Source.Account;
        if (!totals.AddsUp || totals.Columns["amount"].SumHundredths != sum || account.Lines != file.PhysicalLines
            || account.Rows != totals.RowsInFile || account.Records + account.BadRows != totals.Accepted + totals.Rejected || problems.Rows != totals.Rejected)
            Assert.Fail($"Seed {seed}: {totals.ToJson()}, {account.Lines} of {file.PhysicalLines} lines, {problems.Rows} rows with problems.");
        foreach (var (id, line) in file.Good)
            if (!seen.Contains(id) && !problems.Near(line)) Assert.Fail($"Seed {seed}: the good row {id} on line {line} was neither read nor reported.");
        return (totals, file.Good.Count(g => seen.Contains(g.Id)));
    }

    private static void InterlockedMax(ref long most, long value)
    {
        long seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen) { }
    }

    [TestCase("\"\n")]
    [TestCase("a,\"b\n")]
    [TestCase(",\"\"\"\"\"\n")]
    [TestCase("\"\"\"\",\"\"\"\n")]
    [TestCase("a,\"x\"\"y\n")]
    [TestCase("\",\"\n")]
    public void AMillionOpenQuotesAreReadInLinearSteps(string line)
    {
        var counted = new CountingRows(line, 1_000_000);
        Assert.That(counted.Lines, Is.EqualTo(1_000_001));
    }

    /// <summary>Two and a half thousand damaged lines and as many long fields do not keep a reader longer than its bounds allow; the test's own time limit stands guard.</summary>
    [Test, CancelAfter(60_000)]
    public void LongLinesOfQuotesAreBounded()
    {
        var line = "a," + string.Concat(Enumerable.Repeat("\"\"", 500)) + "\"\"x\n";
        var counted = new CountingRows("\"" + line, 50_000);
        Assert.That(counted.Lines, Is.EqualTo(50_001));
    }

    private sealed class CountingRows
    {
        public CountingRows(string line, int times)
        {
            var file = Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat(line, times)));
            using var reader = DelimitedReader.Open(new MemoryStream(file)).Value;
            while (reader.Read()) { }
            Lines = reader.Account.Lines;
            Assert.That(Lines, Is.EqualTo(PhysicalLines.In(file)));
        }

        public long Lines { get; }
    }

    private sealed record Generated(ImportFile Import, FileEncoding Encoding, long PhysicalLines, IReadOnlyList<(string Id, long Line)> Good);

    private static Generated Generate(int seed)
    {
        var random = new Random(seed);
        var newline = Newlines[random.Next(3)];
        var separator = Separators[random.Next(4)];
        var text = new StringBuilder();
        text.AppendJoin(separator, "source_id", "member_number", "purchased_on", "amount", "department", "eligible", "store").Append(newline);
        var good = new List<(string, long)>();
        long line = 2;
        var damage = random.Next(4) switch { 0 => 0, 1 => 2, 2 => 10, _ => 30 };
        for (var i = 0; i < RowsPerFile; i++)
        {
            var row = random.Next(100) < damage ? Damaged(random, i, separator, newline) : null;
            if (row is null)
            {
                var id = $"good-{seed}-{i}";
                row = string.Join(separator, Row(random, id, separator));
                good.Add((id, line));
            }
            text.Append(row).Append(newline);
            line += CountLines(row);
        }
        var characters = text.ToString();
        var encoding = random.Next(10) switch { 0 => FileEncoding.Utf16LittleEndian, 1 => FileEncoding.Utf16BigEndian, 2 => FileEncoding.Windows1252, 3 => FileEncoding.Utf8, _ => FileEncoding.Auto };
        byte[] bytes = encoding switch
        {
            FileEncoding.Utf16LittleEndian => Encoding.Unicode.GetBytes(characters),
            FileEncoding.Utf16BigEndian => [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(characters)],
            FileEncoding.Windows1252 => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(characters),
            FileEncoding.Utf8 => [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(characters)],
            _ => Encoding.UTF8.GetBytes(characters),
        };
        // Bytes that are no UTF-8, here and there; only where the file is read as UTF-8.
        if (encoding == FileEncoding.Auto && damage > 2)
            for (var n = 0; n < 20; n++)
            {
                var at = random.Next(200, bytes.Length);
                if (bytes[at] is > (byte)'a' and < (byte)'z') bytes[at] = (byte)random.Next(0x80, 0x100);
            }
        if (encoding == FileEncoding.Auto) encoding = FileEncoding.Utf8;
        return new(new ImportFile("fuzz.csv", () => new MemoryStream(bytes, writable: false)), encoding, CountLines(characters) - 1, good);
    }

    private static string[] Row(Random random, string id, char separator)
    {
        var cents = random.Next(-2_000, 40_000);
        return
        [
            random.Next(8) == 0 ? $"\"{id}\"" : id,
            random.Next(10) == 0 ? "" : random.Next(1, 5000).ToString("0000", CultureInfo.InvariantCulture),
            new DateOnly(2025, 1, 1).AddDays(random.Next(365)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            new Domain.Arithmetic.Money(cents).ToString(),
            random.Next(6) switch { 0 => $"\"cheese{separator} fresh\"", 1 => "café", 2 => "\"the \"\"good\"\" one\"", 3 => "'=formula", _ => "produce" },
            random.Next(3) switch { 0 => "true", 1 => "false", _ => "" },
            "main",
        ];
    }

    private static string Damaged(Random random, int i, char separator, string newline)
    {
        var fields = Row(random, $"row-{i}", separator);
        var field = random.Next(fields.Length);
        switch (random.Next(20))
        {
            case 0: return "";
            case 1: return new string(separator, fields.Length - 1);
            case 2: return string.Join(separator, fields.Take(random.Next(1, fields.Length)));
            case 3: return string.Join(separator, fields) + separator + "more";
            case 4: fields[field] = "\"open " + i; break;
            case 5: fields[field] = "mid\"quote"; break;
            case 6: fields[field] = "\"closed\"then"; break;
            case 7: fields[field] = "nul\0byte"; break;
            case 8: fields[4] = "bidi\u202Etxt"; break;
            case 9: fields[3] = "=1+1"; break;
            case 10: fields[3] = "1.5E+3"; break;
            case 11: fields[2] = "2025-02-30"; break;
            case 12: fields[3] = "12.345"; break;
            case 13: fields[0] = "@SUM(A1)"; break;
            case 14: fields[4] = $"\"two{newline}lines\""; break;
            case 15: fields[field] = $"\"{string.Concat(Enumerable.Repeat("x" + newline, random.Next(1, 100)))}"; break;
            case 16: fields[field] = random.Next(60) == 0 ? new string('x', 1_000_000) : new string('x', 500); break;
            case 17: fields[field] = random.Next(60) == 0 ? "\"" + new string('y', 1_000_000) + "\"" : "\""; break;
            case 18: fields[field] = new string('"', random.Next(1, 9)); break;
            default:
                var noise = new char[random.Next(1, 60)];
                for (var n = 0; n < noise.Length; n++) noise[n] = "\"\",;\t|\r\n\0'=-0a\u00E9\u00A0"[random.Next(16)];
                return new string(noise);
        }
        return string.Join(separator, fields);
    }

    /// <summary>Lines as an editor counts them, of a row that will be followed by a newline.</summary>
    private static long CountLines(string text)
    {
        long lines = 1;
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '\r' || (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))) lines++;
        return lines;
    }

    /// <summary>Takes the problems as they are streamed, keeping nothing but which lines they name.</summary>
    private sealed class BadLines : StringWriter
    {
        private readonly HashSet<long> lines = [];
        public int Rows => lines.Count;

        /// <summary>Whether a reported row stands near enough above to hold this line.</summary>
        public bool Near(long line) => Enumerable.Range(0, RowSource.MaxRecordLines + 1).Any(back => lines.Contains(line - back));

        public override void WriteLine(string? json)
        {
            using var problem = JsonDocument.Parse(json!);
            foreach (var part in (string[])["code", "expected", "remedy"])
                if (problem.RootElement.GetProperty(part).GetString() is null or "") Assert.Fail($"Without its reason or its remedy: {json}");
            var at = json!.IndexOf("\"line\":", StringComparison.Ordinal) + 7;
            lines.Add(long.Parse(json.AsSpan(at, json.IndexOf(',', at) - at), CultureInfo.InvariantCulture));
        }
    }
}

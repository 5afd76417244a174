using System.Buffers;
using System.Globalization;
using System.Text;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>A profile bound to the header of one file: for each canonical field, where it comes from and how it is read.</summary>
internal sealed class FieldPlan
{
    private readonly ReadingOptions options;
    private readonly NumberForm numbers;
    private readonly Origin?[][] origins;
    private readonly int[] only;
    private readonly int[] totalsIn;
    private readonly byte[][]?[] words;
    private readonly IReadOnlyDictionary<string, string>?[] codes;
    private readonly byte[][] header;
    private readonly Dictionary<Origin.Column, int?> positions = new(ReferenceEqualityComparer.Instance as IEqualityComparer<Origin.Column>);
    private readonly ArrayBufferWriter<byte> made = new();
    private byte[] numberedText = [];
    private int numberedCount;

    private FieldPlan(Profile profile, ReadingOptions options, ColumnMapping mapping, IReadOnlyList<string> headerNames, DateForm dates)
    {
        (Profile, Mapping, Dates, this.options) = (profile, mapping, dates, options);
        numbers = profile.IsCanonical ? NumberForm.Canonical : options.Numbers ?? profile.Numbers ?? NumberForm.Canonical;
        var columns = profile.File.Columns;
        origins = [.. profile.Parts.Select((_, part) => columns.Select(c => OriginOf(part, c.Name)).ToArray())];
        only = [.. profile.Parts.Select(p => p.OnlyWith is { } name ? mapping.Find(new Origin.Column(name)) ?? -1 : -2)];
        totalsIn = [.. (profile.TotalsIn ?? []).Select(name => mapping.Find(new Origin.Column(name))).OfType<int>()];
        words = [.. columns.Select(c => c.OneOf?.Select(Encoding.UTF8.GetBytes).ToArray())];
        codes = [.. columns.Select(c => options.Codes.GetValueOrDefault(c.Name))];
        header = [.. headerNames.Select(Encoding.UTF8.GetBytes)];
        DateColumns = [.. Where(ColumnKind.Date)];
        NumberColumns = [.. Where(ColumnKind.Amount), .. Where(ColumnKind.Hours)];
        IEnumerable<int> Where(ColumnKind kind) => columns.Select((c, i) => (c, i)).Where(x => x.c.Kind == kind).Select(x => x.i);
    }

    public Profile Profile { get; }
    public ColumnMapping Mapping { get; }
    public DateForm Dates { get; }
    public int[] DateColumns { get; }
    public int[] NumberColumns { get; }

    public static Outcome<FieldPlan> Make(Profile profile, ReadingOptions options, IReadOnlyList<string> header, ImportFile file)
    {
        var matched = ColumnMapping.Match(profile, header, options.Columns);
        if (matched.IsRefused) return matched.Refusal!;
        if (options.Codes.Keys.FirstOrDefault(column => !profile.File.Has(column)) is { } unknown) return Refusals.ColumnUnknown(unknown, profile.File);
        if (TextsMissing(profile, options) is { } refusal) return refusal;
        TimeZoneInfo? zone = null;
        if (options.TimeZone is { } name && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone)) return Refusals.TimeZoneUnknown(name);
        if (profile.IsCanonical) return new FieldPlan(profile, options, matched.Value, header, DateForm.Canonical);
        var order = options.DateOrder ?? profile.DateOrder;
        var plan = new FieldPlan(profile, options, matched.Value, header, new DateForm(order ?? DateOrder.YearFirst, zone));
        if (order is not null) return plan;
        var dates = plan.SourceDateColumns();
        if (dates.Count == 0) return plan;
        var again = file.OpenRows(options);
        if (again.IsRefused) return again.Refusal!;
        using var rows = again.Value;
        var surveyed = DateSurvey.Of(rows, dates);
        return surveyed.IsRefused ? surveyed.Refusal! : new FieldPlan(profile, options, matched.Value, header, new DateForm(surveyed.Value, zone));
    }

    /// <summary>Why a row of a foreign file is no data: a totals row or a repeated header.</summary>
    public string? SetAside(RowSource row)
    {
        if (Profile.IsCanonical || row.FieldCount == 0) return null;
        if (row.FieldCount == header.Length && row.Field(0).SequenceEqual(header[0]))
        {
            var i = 1;
            while (i < header.Length && row.Field(i).SequenceEqual(header[i])) i++;
            if (i == header.Length) return "header-repeated";
        }
        foreach (var column in totalsIn)
            if (column < row.FieldCount && IsTotal(Blanks.Trim(row.Field(column)))) return "totals-row";
        return null;
    }

    /// <summary>Whether a row may be a note below the table ("Prepared on Monday by Ann"): prose in its first field and nothing else. It is one only where no data come after it.</summary>
    public bool MayBeNote(RowSource row)
    {
        if (Profile.IsCanonical || header.Length < 3 || row.FieldCount == 0 || (row.Fault is { } fault && fault.Code != RowFaults.RaggedCode)) return false;
        for (var i = 1; i < row.FieldCount; i++)
            if (!Blanks.Trim(row.Field(i)).IsEmpty) return false;
        var text = Encoding.UTF8.GetString(Blanks.Trim(row.Field(0)));
        return text.Count(char.IsLetter) >= 3 && text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= 3;
    }

    public bool HasPart(int part, RowSource row)
    {
        if (only[part] == -2) return true;
        if (only[part] < 0) return false;
        var text = Blanks.Trim(row.Field(only[part]));
        return !text.IsEmpty && !(NumberField.Read(text, numbers, out var hundredths) is null && hundredths == 0);
    }

    /// <summary>Reads and checks every field of one canonical row.</summary>
    public void Fill(int part, RowSource row, RowValues values, CanonicalRows report)
    {
        var columns = Profile.File.Columns;
        var whole = true;
        for (var i = 0; i < columns.Count; i++)
        {
            if (origins[part][i] is not { } origin) continue;
            var text = Text(origin, row);
            if (codes[i] is { } table && !text.IsEmpty)
            {
                if (!table.TryGetValue(Encoding.UTF8.GetString(text), out var code))
                {
                    report.Bad(i, FieldFaults.NotTranslated(columns[i].Name), text);
                    whole = false;
                    continue;
                }
                text = Encoding.UTF8.GetBytes(code);
            }
            if (Check(i, columns[i], origin is Origin.Column, text, values) is not { } fault) continue;
            report.Bad(i, fault, text);
            whole = false;
        }
        if (!whole) return;
        foreach (var (column, fault) in RowRules.Broken(Profile.File, values))
            report.Bad(Profile.File[column], fault, values.Text(Profile.File[column]));
    }

    private Fault? Check(int index, CanonicalColumn column, bool asWritten, ReadOnlySpan<byte> text, RowValues values)
    {
        if (text.IsEmpty) return column.Required ? FieldFaults.Missing : null;
        long number = 0;
        switch (column.Kind)
        {
            case ColumnKind.Date:
                if (DateField.Read(text, asWritten ? Dates : DateForm.Canonical, out var date) is { } wrongDate) return wrongDate;
                number = date.DayNumber;
                break;
            case ColumnKind.Amount or ColumnKind.Hours:
                if (NumberField.Read(text, asWritten ? numbers : NumberForm.Canonical, out number) is { } wrongNumber) return wrongNumber;
                break;
            case ColumnKind.Flag:
                if (!text.SequenceEqual("true"u8) && !text.SequenceEqual("false"u8)) return FieldFaults.FlagForm;
                number = text.Length == 4 ? 1 : 0;
                break;
            case ColumnKind.Year:
                if (text.Length != 4 || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1900 or > 2199) return FieldFaults.YearForm;
                number = year;
                break;
            case ColumnKind.Code:
                if (!IsListed(words[index]!, text)) return FieldFaults.NotListed(column.OneOf!);
                break;
            default:
                if (TextField.Check(text, column, out var composed) is { } wrongText) return wrongText;
                if (composed is null) break;
                values.Set(index, composed);
                return null;
        }
        values.Set(index, text, number);
        return null;
    }

    private static bool IsListed(byte[][] words, ReadOnlySpan<byte> text)
    {
        foreach (var word in words)
            if (text.SequenceEqual(word)) return true;
        return false;
    }

    private ReadOnlySpan<byte> Text(Origin origin, RowSource row)
    {
        if (origin is Origin.Column column) return Field(column, row);
        made.ResetWrittenCount();
        Make(origin, row);
        return Blanks.Trim(made.WrittenSpan);
    }

    private ReadOnlySpan<byte> Field(Origin.Column column, RowSource row)
    {
        if (!positions.TryGetValue(column, out var position)) positions[column] = position = Mapping.Find(column);
        return position is { } index ? FormulaSafe.Read(Blanks.Trim(row.Field(index))) : default;
    }

    private void Make(Origin origin, RowSource row)
    {
        switch (origin)
        {
            case Origin.Column column:
                made.Write(Field(column, row));
                break;
            case Origin.Constant constant:
                Write(constant.Value);
                break;
            case Origin.Option option:
                Write(options.Texts[option.Name]);
                break;
            case Origin.Joined joined:
                foreach (var piece in joined.Parts)
                {
                    var before = made.WrittenCount;
                    if (before > 0) Write(joined.Between);
                    var withBetween = made.WrittenCount;
                    Make(piece, row);
                    if (made.WrittenCount == withBetween) Cut(before);
                }
                break;
            case Origin.DateOf date:
                var text = Field(date.Of, row);
                if (DateField.Read(text, Dates, out var day) is null) Write(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                else made.Write(text);
                break;
            case Origin.Numbered numbered:
                WriteNumbered(Field(numbered.Of, row));
                break;
            case Origin.LineOf line:
                var lines = Field(line.Of, row);
                for (var i = 1; i < line.Number && !lines.IsEmpty; i++)
                    lines = lines.IndexOf((byte)'\n') is var end and >= 0 ? lines[(end + 1)..] : default;
                made.Write(Blanks.Trim(lines.IndexOf((byte)'\n') is var stop and >= 0 ? lines[..stop] : lines));
                break;
            case Origin.WhenAboveOne either:
                var number = Field(either.Of, row);
                if (!number.IsEmpty && !number.SequenceEqual("1"u8) && !number.SequenceEqual("0"u8)) Make(either.Then, row);
                else if (either.Otherwise is not null) Make(either.Otherwise, row);
                break;
            default:
                throw new InvalidOperationException($"No way to make a field from {origin}.");
        }
    }

    private void WriteNumbered(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return;
        if (text.SequenceEqual(numberedText)) numberedCount++;
        else (numberedText, numberedCount) = (text.ToArray(), 1);
        made.Write(text);
        Write($"/{numberedCount.ToString(CultureInfo.InvariantCulture)}");
    }

    private void Write(string text) => made.Write(Encoding.UTF8.GetBytes(text));

    private void Cut(int length)
    {
        var kept = made.WrittenSpan[..length].ToArray();
        made.ResetWrittenCount();
        made.Write(kept);
    }

    private static bool IsTotal(ReadOnlySpan<byte> text)
    {
        if (text.Length > 40) return false;
        var word = Encoding.UTF8.GetString(text);
        return word.StartsWith("total", StringComparison.OrdinalIgnoreCase) || word.StartsWith("grand total", StringComparison.OrdinalIgnoreCase);
    }

    private Origin? OriginOf(int part, string column)
    {
        var own = Profile.Parts[part].Fields.GetValueOrDefault(column);
        if (!options.Columns.TryGetValue(column, out var name)) return own;
        if (name.Length == 0) return null;
        return own is null ? new Origin.Column(name) : ColumnMapping.With(own, new Origin.Column(name));
    }

    private List<int> SourceDateColumns() =>
        [.. DateColumns.SelectMany(i => origins.Select(o => o[i])).OfType<Origin.Column>().Select(Mapping.Find).OfType<int>().Distinct()];

    private static Refusal? TextsMissing(Profile profile, ReadingOptions options)
    {
        foreach (var (name, meaning) in profile.Options ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (!options.Texts.TryGetValue(name, out var text)) return Refusals.TextMissing(name, meaning);
            if (DateField.Read(Encoding.UTF8.GetBytes(text), DateForm.Canonical, out _) is { } fault) return Refusals.TextInvalid(name, text, fault);
        }
        return null;
    }
}

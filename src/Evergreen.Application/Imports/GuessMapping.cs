using System.Text;
using System.Text.Json.Nodes;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Imports;

/// <summary>Looks into a file that waits and proposes which column is which: by what was chosen before, by what the source's last file taught, by its headers.</summary>
public sealed class GuessMapping(Books books, UploadFolder? uploads = null)
{
    private const int SamplesShown = 5, LongestSample = 60;

    /// <summary>Rows looked at for samples and forms of numbers, and for codes: enough to propose, never to decide.</summary>
    private const int RowsSampled = 1_000, RowsForCodes = 200_000, MostCodes = 50;

    /// <param name="Profile">Another form of file than the one proposed.</param>
    public sealed record Request(string? CoOp, int Draft)
    {
        public string? Profile { get; init; }
        public string? Sheet { get; init; }
        public char? Separator { get; init; }
        public FileEncoding? Encoding { get; init; }
    }

    public Outcome<MappingPage> Run(Request request)
    {
        var folder = UploadFolder.Or(uploads, books);
        if (folder.IsRefused) return folder.Refusal!;
        string? saved = null;
        int? already = null;
        var found = books.Read<Outcome<FoundDraft>>(db =>
        {
            var draft = FindDraft.Open(db, request.CoOp, request.Draft);
            if (draft.IsRefused) return draft;
            saved = db.ImportSources.Where(source => source.CoOpId == draft.Value.CoOp.Id && source.Kind == draft.Value.Draft.Kind && source.Name == draft.Value.Draft.Source).Select(source => source.MappingJson).SingleOrDefault();
            already = db.Imports.Where(import => import.CoOpId == draft.Value.CoOp.Id && import.Kind == draft.Value.Draft.Kind && import.Sha256 == draft.Value.File.Sha256 && import.WithdrawnAt == null).Select(import => (int?)import.Number).SingleOrDefault();
            return draft;
        });
        return found.IsRefused ? found.Refusal! : Guess(request, found.Value, found.Value.Rows(folder.Value), saved, already);
    }

    private static Outcome<MappingPage> Guess(Request request, FoundDraft found, ImportFile file, string? saved, int? already)
    {
        var remembered = found.Draft.OptionsJson is null && saved is not null && request.Profile is null;
        var options = found.Options;
        var profileName = request.Profile ?? found.Draft.Profile;
        if (remembered)
        {
            var json = JsonNode.Parse(saved!)!;
            options = ReadingOptions.FromJson(json["options"]!.ToJsonString());
            profileName = json["profile"]!.GetValue<string>();
        }
        if (request.Profile is not null && request.Profile != found.Draft.Profile) options = options with { Columns = ReadingOptions.Default.Columns, Codes = ReadingOptions.Default.Codes, DateOrder = null, Numbers = null };
        options = options with { Sheet = request.Sheet ?? options.Sheet, Separator = request.Separator ?? options.Separator, Encoding = request.Encoding ?? options.Encoding };

        var looked = FileLook.At(file, options, RowsSampled);
        // A remembered sheet that this workbook does not have is no reason to stop.
        if (looked.IsRefused && remembered && options.Sheet is not null) looked = FileLook.At(file, options = options with { Sheet = null }, RowsSampled);
        if (looked.IsRefused) return looked.Refusal!;
        var look = looked.Value;
        var form = found.Form;
        var guesses = HeaderGuess.Of(form, look.Header);
        if (profileName is not null && Profiles.Find(profileName, form) is null) return Refusals.ProfileUnknown(profileName, form);
        var profile = profileName is null ? Propose(form, look, guesses) : Profiles.Find(profileName, form)!;
        var headers = form.Columns.ToDictionary(column => column.Name, column => HeaderOf(column.Name, profile, options, look, guesses), StringComparer.Ordinal);
        remembered &= options.Columns.Values.All(name => name.Length == 0 || look.Find(name) is not null);

        var numbers = profile.IsCanonical ? NumberForm.Canonical : options.Numbers ?? profile.Numbers ?? NumberSurvey.Of(form.Columns.Where(column => column.Kind is ColumnKind.Amount or ColumnKind.Hours).SelectMany(column => look.Values(headers[column.Name])));
        var (order, unclear) = Dates(file, profile, options, look, headers);
        var sheets = look.IsWorkbook ? XlsxReader.SheetNames(file.OpenStream()) : (Outcome<IReadOnlyList<string>>)(new List<string>());
        if (sheets.IsRefused) return sheets.Refusal!;
        var secret = form.Columns.Where(column => column.Secret).Select(column => headers[column.Name]).OfType<string>().ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<string> Samples(string? header) => header is null ? [] : [.. look.Values(header).Take(SamplesShown).Select(value => Show(value, secret.Contains(header) || HeaderGuess.SoundsSecret(header)))];

        return new MappingPage
        {
            Draft = found.Draft.Id,
            Version = found.Draft.Version,
            Kind = found.Draft.Kind,
            FileName = found.File.FileName,
            Source = found.Draft.Source,
            Profile = profile.Name,
            Profiles = [.. new[] { Profile.Canonical(form), Profile.Other(form) }.Concat(Profiles.Foreign.Where(known => known.File == form)).Select(known => new ProfileChoice(known.Name, known.Title))],
            Sheets = sheets.Value,
            Sheet = look.Sheet,
            Separator = options.Separator,
            Encoding = options.Encoding,
            Columns = [.. look.Header.Select(header => new FileColumn(header, Samples(header)))],
            Fields = [.. form.Columns.Select(column => new MappedField(column.Name, FieldWords.Label(column.Name), FieldWords.Hint(column.Name), headers[column.Name], ColumnMapping.IsGiven(profile, column.Name), Samples(headers[column.Name]),
                column.Required || (column.Name == "member_number" && !profile.IsCanonical) ? FieldWords.WhyNeeded(column.Name) : null))],
            HasForms = !profile.IsCanonical,
            DateOrder = order,
            DatesUnclear = unclear,
            Numbers = numbers,
            TimeZone = options.TimeZone,
            Texts = [.. (profile.Options ?? new Dictionary<string, string>(StringComparer.Ordinal)).Select(text => new GivenText(text.Key, text.Value, options.Texts.GetValueOrDefault(text.Key)))],
            Codes = Codes(file, form, options, look, headers),
            CreateClasses = found.Draft.CreateClasses,
            ExpectTotalCents = found.Draft.ExpectTotalCents,
            AlreadyImported = already,
            Remembered = remembered,
        };
    }

    /// <summary>Our own form where headers, dates and amounts are already so; a known system whose columns explain as much of the file as guesses do; otherwise a form to be said.</summary>
    private static Profile Propose(CanonicalFile form, FileLook look, Dictionary<string, string> guesses)
    {
        var canonical = Profile.Canonical(form);
        var isOurs = form.Columns.All(column => !column.Required || look.Find(column.Name) is not null)
            && form.Columns.Where(column => column.Kind is ColumnKind.Date).SelectMany(column => look.Values(look.Find(column.Name))).All(value => DateField.Read(Encoding.UTF8.GetBytes(value), DateForm.Canonical, out _) is null)
            && form.Columns.Where(column => column.Kind is ColumnKind.Amount or ColumnKind.Hours).SelectMany(column => look.Values(look.Find(column.Name))).All(value => NumberField.Read(Encoding.UTF8.GetBytes(value), NumberForm.Canonical, out _) is null);
        if (isOurs && guesses.All(guess => ColumnMapping.Normalise(guess.Value) == guess.Key)) return canonical;
        var known = Profiles.Foreign.Where(profile => profile.File == form).Select(profile => (profile, Fed: ColumnMapping.Match(profile, look.Header) is { IsRefused: false } match ? match.Value.Columns.Count : 0))
            .Where(match => match.Fed >= Math.Max(3, guesses.Count)).OrderByDescending(match => match.Fed).Select(match => match.profile).FirstOrDefault();
        return known ?? Profile.Other(form);
    }

    private static string? HeaderOf(string column, Profile profile, ReadingOptions options, FileLook look, Dictionary<string, string> guesses)
    {
        if (options.Columns.TryGetValue(column, out var chosen)) return chosen.Length == 0 ? null : look.Find(chosen);
        if (ColumnMapping.FedBy(profile, column, look.Header) is { } own) return own;
        return profile.Name is Profile.CanonicalName or Profile.OtherName && !ColumnMapping.IsGiven(profile, column) ? guesses.GetValueOrDefault(column) : null;
    }

    private static (DateOrder? Order, string? Unclear) Dates(ImportFile file, Profile profile, ReadingOptions options, FileLook look, Dictionary<string, string?> headers)
    {
        if (profile.IsCanonical) return (DateOrder.YearFirst, null);
        if ((options.DateOrder ?? profile.DateOrder) is { } order) return (order, null);
        var columns = profile.File.Columns.Where(column => column.Kind == ColumnKind.Date).Select(column => headers[column.Name]).OfType<string>().Distinct(StringComparer.Ordinal).Select(look.PlaceOf).ToList();
        if (columns.Count == 0) return (null, null);
        var opened = file.OpenRows(options);
        if (opened.IsRefused) return (null, opened.Refusal!.Sentence);
        using var rows = opened.Value;
        var surveyed = DateSurvey.Of(rows, columns);
        return surveyed.IsRefused ? (null, surveyed.Refusal!.Sentence) : (surveyed.Value, null);
    }

    /// <summary>For columns that know certain words only: what the file says instead.</summary>
    private static List<CodeTable> Codes(ImportFile file, CanonicalFile form, ReadingOptions options, FileLook look, Dictionary<string, string?> headers)
    {
        var tables = new List<CodeTable>();
        var columns = form.Columns.Where(column => column.Kind == ColumnKind.Code && headers[column.Name] is not null).ToList();
        if (columns.Count == 0) return tables;
        var opened = file.OpenRows(options);
        if (opened.IsRefused) return tables;
        using var rows = opened.Value;
        var there = columns.ConvertAll(column => (column, place: look.PlaceOf(headers[column.Name]!), values: new SortedSet<string>(StringComparer.Ordinal)));
        for (var row = 0; row < RowsForCodes && rows.Read(); row++)
        {
            if (rows.Fault is not null) continue;
            foreach (var (_, place, values) in there)
                if (values.Count < MostCodes && Encoding.UTF8.GetString(FormulaSafe.Read(Blanks.Trim(rows.Field(place)))) is { Length: > 0 and <= 100 } value) values.Add(value);
        }
        foreach (var (column, _, values) in there)
        {
            var chosen = options.Codes.GetValueOrDefault(column.Name);
            if (chosen is null && values.All(value => column.OneOf!.Contains(value, StringComparer.Ordinal))) continue;
            tables.Add(new CodeTable(column.Name, FieldWords.Label(column.Name), column.OneOf!, [.. values.Select(value => new KeyValuePair<string, string?>(value, chosen?.GetValueOrDefault(value) ?? Ours(column, value)))]));
        }
        return tables;
    }

    private static string? Ours(CanonicalColumn column, string value) =>
        column.OneOf!.FirstOrDefault(word => word.Replace("_", " ", StringComparison.Ordinal).Equals(value.Replace("_", " ", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));

    private static string Show(string value, bool secret) => secret ? Problem.Show(Encoding.UTF8.GetBytes(value), secret: true) : value.Length <= LongestSample ? value : value[..LongestSample] + "…";
}

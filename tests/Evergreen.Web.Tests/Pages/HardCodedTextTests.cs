using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Evergreen.Application.Members;
using Evergreen.Domain.Languages;
using Microsoft.Data.Sqlite;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Every page that members see, walked in a language that is English between brackets: what stands outside them was written into a page and would be English for everyone.</summary>
public sealed partial class HardCodedTextTests
{
    private static readonly string[] Attributes = ["aria-label", "title", "alt", "placeholder", "data-label", "data-old", "data-none", "aria-description", "value"];

    private DemoSite site = null!;
    private HashSet<string> stored = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        AppContext.SetSwitch(Language.PseudoSwitch, true);
        site = await DemoSite.Start();
        site.Books.Write<int>(false, db =>
        {
            var seated = db.MemberSignIns.Select(link => link.MemberId).ToList();
            foreach (var member in db.Members.Where(member => seated.Contains(member.Id))) member.Language = Language.PseudoTag;
            return 1;
        });
        stored = Stored(site.Database);
    }

    [OneTimeTearDown]
    public async Task Stop() => await site.DisposeAsync();

    [Test]
    public async Task NoTextOfAMembersPageIsWrittenIntoIt()
    {
        var faults = new List<string>();
        var walked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var person in (string?[])[null, .. SeatDemoMembers.People.Select(person => person.Mail)])
        {
            using var visitor = await site.EnterAs(person);
            visitor.DefaultRequestHeaders.Add("Accept-Language", Language.PseudoTag);
            foreach (var (_, route) in site.Endpoints().Where(endpoint => endpoint.Method == "GET" && IsMembers(endpoint.Route)))
            {
                var answer = await visitor.GetAsync(new Uri(Here(route, person), UriKind.Relative));
                if (!answer.IsSuccessStatusCode && route != "/trouble/{status}" || answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
                walked.Add(route);
                var html = await answer.Content.ReadAsStringAsync();
                var document = await new HtmlParser().ParseDocumentAsync(html);
                // A part of a page stands in the language of the page that it is put into.
                if (html.Contains("<html", StringComparison.OrdinalIgnoreCase) && document.DocumentElement.GetAttribute("lang") != Language.PseudoTag) faults.Add($"{route} as {person}: lang is {document.DocumentElement.GetAttribute("lang")}");
                faults.AddRange(TextsOf(document).Select(Outside).Where(text => text is not null).Select(text => $"{route}: {text}"));
            }
        }
        TestContext.Out.WriteLine($"{walked.Count} pages walked: {string.Join(' ', walked.Order(StringComparer.Ordinal))}");
        Assert.That(faults.Distinct(), Is.Empty);
        Assert.That(walked, Has.Count.GreaterThan(12));
    }

    /// <summary>What a member takes along on paper: the dividend explained, and all that is kept of them.</summary>
    [TestCase("ruth@demo.example", "grocery", 2025)]
    [TestCase("jose@demo.example", "laundry", 2026)]
    public async Task NoTextOfAMembersPaperIsWrittenIntoIt(string mail, string coOp, int year)
    {
        using var visitor = await site.EnterAs(mail);
        var bare = Stored(site.Database).Select(text => Blanks().Replace(text, "")).Where(text => Word().IsMatch(text)).Distinct().OrderByDescending(text => text.Length).ToList();
        var faults = new List<string>();
        foreach (var paper in (string[])[$"dividends/{year}.pdf", "me/data/record.pdf"])
        {
            var text = Proofs.Paper.Words(await visitor.GetByteArrayAsync(new Uri($"/my/{coOp}/{paper}", UriKind.Relative)));
            Assert.That(text, Does.Contain("[").And.Contain("]"), paper);
            while (Bracketed().IsMatch(text)) text = Bracketed().Replace(text, "\n");
            text = Same().Replace(text, "\n");
            foreach (var part in text.Split('\n').Where(part => Word().IsMatch(part)).Distinct())
            {
                var rest = part;
                foreach (var known in bare.Where(known => rest.Contains(known, StringComparison.Ordinal))) rest = rest.Replace(known, " ", StringComparison.Ordinal);
                if (Word().IsMatch(rest)) faults.Add($"{paper}: “{rest}” in “{part}”");
            }
        }
        foreach (var fault in faults) TestContext.Out.WriteLine($"fault: {fault}");
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public async Task NoSentenceAboutAFieldIsWrittenIntoAForm()
    {
        using var visitor = site.Site.Visitor();
        visitor.DefaultRequestHeaders.Add("Accept-Language", Language.PseudoTag);
        foreach (var (page, fields) in ((string, (string, string)[])[])[("/sign-in", [("Mail", ""), ("Password", "")]), ("/sign-in", [("Mail", "nobody@demo.example"), ("Password", "wrong")])])
        {
            var answer = await visitor.Send(page, fields);
            var document = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
            Assert.That(document.QuerySelectorAll(".error-summary li").Length, Is.Positive);
            Assert.That(TextsOf(document).Where(text => text != "nobody@demo.example").Select(Outside).Where(text => text is not null), Is.Empty);
        }
    }

    private static bool IsMembers(string route) => route == "/my" || route.StartsWith("/my/", StringComparison.Ordinal) || route.StartsWith("/account", StringComparison.Ordinal)
        || route.StartsWith("/sign-in", StringComparison.Ordinal) || route.StartsWith("/invitation", StringComparison.Ordinal) || route.StartsWith("/trouble", StringComparison.Ordinal) || route.StartsWith("/connect", StringComparison.Ordinal)
        || route.StartsWith("/welcome", StringComparison.Ordinal) || route.StartsWith("/unsubscribe", StringComparison.Ordinal);

    private static string Here(string route, string? person) =>
        Places.Fill(SeatDemoMembers.People.FirstOrDefault(one => one.Mail == person) is { } member ? route.Replace("{coop}", member.At[0].CoOp, StringComparison.Ordinal) : route);

    private static IEnumerable<string> TextsOf(IDocument document) =>
        document.Descendants<IText>().Where(text => text.ParentElement?.LocalName is not ("script" or "style" or "code")).Select(text => text.Data)
            .Concat(document.All.Where(element => element.LocalName is not ("meta" or "link")).SelectMany(element => Attributes.Where(name => name != "value" || element.GetAttribute("type") is "submit" or "button").Select(element.GetAttribute).OfType<string>()))
            .Select(text => text.Trim()).Where(text => text.Length > 0);

    /// <returns>What of a text stands outside brackets and is not from the books; null where nothing does.</returns>
    private string? Outside(string text)
    {
        var rest = Names().Replace(text, " ");
        while (Bracketed().IsMatch(rest)) rest = Bracketed().Replace(rest, "\n");
        var words = rest.Split('\n').Select(part => part.Trim(' ', '·', '–', '-', ',', ':', ';', '.', '(', ')', '→', '\u00A0')).Where(part => Letters().IsMatch(part) && !IsKnown(part)).ToList();
        return words.Count == 0 ? null : $"“{string.Join(" … ", words)}” in “{text}”";
    }

    private bool IsKnown(string part) => stored.Contains(part) || part.Contains('@', StringComparison.Ordinal)
        || part.Split(['·', '–', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 1 } several && several.All(IsKnownOrPlain);

    private bool IsKnownOrPlain(string part) => !Letters().IsMatch(part) || stored.Contains(part);

    /// <summary>Every short text in the books: names, numbers, departments, pools.</summary>
    private static HashSet<string> Stored(string database)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        List<(string Table, string Column)> columns = [];
        using (var schema = connection.CreateCommand())
        {
            schema.CommandText = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'TEXT' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'";
            using var rows = schema.ExecuteReader();
            while (rows.Read()) columns.Add((rows.GetString(0), rows.GetString(1)));
        }
        foreach (var (table, column) in columns)
        {
            using var read = connection.CreateCommand();
            read.CommandText = string.Create(CultureInfo.InvariantCulture, $"SELECT DISTINCT \"{column}\" FROM \"{table}\" WHERE length(\"{column}\") BETWEEN 2 AND 300");
            using var rows = read.ExecuteReader();
            while (rows.Read()) foreach (var line in rows.GetString(0).Split('\n')) texts.UnionWith([line.Trim(), line.Trim().TrimEnd('.')]);
        }
        return texts;
    }

    [GeneratedRegex(@"\[[^\[\]]*\]")]
    private static partial Regex Bracketed();

    /// <summary>The same in every language.</summary>
    [GeneratedRegex(@"\b(Evergreen|UTC|PDF|CSV|ZIP|USD|GBP)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Names();

    /// <summary>The same in every language, where no blank parts the words: moments, kinds of tax numbers.</summary>
    [GeneratedRegex(@"\d\d:\d\dUTC|(SSN|ITIN|EIN)••••|Evergreen|127\.0\.0\.1", RegexOptions.ExplicitCapture)]
    private static partial Regex Same();

    [GeneratedRegex(@"\p{L}{2}")]
    private static partial Regex Letters();

    [GeneratedRegex(@"\p{L}{3}")]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

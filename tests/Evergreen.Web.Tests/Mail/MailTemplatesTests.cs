using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Evergreen.Application.Mail;
using Evergreen.Domain.Languages;
using Evergreen.Web.Mail;
using Evergreen.Web.Tests.Pages;
using MimeKit;

namespace Evergreen.Web.Tests.Mail;

/// <summary>Every mail that the program can write, in every language that it is written in, as a mail server takes it.</summary>
public sealed partial class MailTemplatesTests
{
    private const string From = "office@evergreen.example";
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(10);
    private MailSink sink = null!;
    private DemoSite site = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        sink = new MailSink();
        site = await DemoSite.Start();
        await site.Restart($"--{MailSettings.ServerKey}=127.0.0.1", $"--{MailSettings.PortKey}={sink.Port}", $"--{MailSettings.SecurityKey}=none", $"--{MailSettings.FromKey}=Evergreen <{From}>");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await site.DisposeAsync();
        await sink.DisposeAsync();
    }

    [Test]
    public async Task EveryMailIsReadableTwiceHoldsNoSecretAndLeadsToTheRightPage()
    {
        var post = new PostRound(site, () => sink.Mails);
        var sent = await post.Go();
        Assert.That(MailMakers.All(), Is.EquivalentTo(sent.Select(one => one.Maker).Distinct()), "A mail that is not sent here, or a place that is gone: add it to the round.");
        Assert.That(typeof(Planted).GetNestedTypes(BindingFlags.NonPublic).SelectMany(MailMakers.In), Is.EqualTo(new[] { "Planted.Somewhere" }), "the search itself finds a mail in a lambda");
        var faults = new List<string>();
        foreach (var one in sent)
        {
            var letter = one.Taken.Message;
            faults.AddRange(Header(one.Taken).Concat(Words(letter, one.Language)).Concat(Secrets(letter, PostRound.Never)).Concat(Links(one)).Concat(InTheFolder(letter)).Select(fault => $"{one.Maker} ({one.Language}): {fault}"));
        }
        Assert.That(faults, Is.Empty, string.Join('\n', faults));
        Assert.That(sent.GroupBy(one => one.Maker).Where(mails => !mails.First().OfTheOffice).Select(mails => mails.Select(mail => mail.Language).Distinct().Order(StringComparer.Ordinal)), Has.All.EqualTo(new[] { "en-GB", "en-US", "es" }));
        Assert.That(sent.Where(one => !one.OfTheOffice && one.Language == "es").Select(one => one.Taken.Message.Subject), Is.Not.SubsetOf(sent.Where(one => one.Language == "en-US").Select(one => one.Taken.Message.Subject)));

        // Sent once: nothing waits, nothing goes out again, and each has a name of its own.
        var before = sink.Mails.Count;
        Assert.That(new SendMail(site.Books, post.Route).Run(), Is.EqualTo(new SendMail.Result(0, 0, 0)));
        var known = site.Books.Read(db => db.Mails.OrderBy(mail => mail.Id).First());
        Assert.That(new QueueMail(site.Books).Run(new(known.Key, known.CoOpId, known.MemberId, known.ToAddress, known.ToName, new MailLetter("Again", "Again", "Again"), "test")).Value.AlreadyThere, Is.True);
        new SendMail(site.Books, post.Route).Run();
        Assert.That(sink.Mails, Has.Count.EqualTo(before));
        Assert.That(sink.Mails.Select(mail => mail.Message.MessageId), Is.Unique);
    }

    /// <summary>In a language that is English between brackets nothing stands outside them but names, addresses and codes: no word is written into a mail.</summary>
    [Test]
    public async Task NoWordOfAMailIsWrittenIntoIt()
    {
        AppContext.SetSwitch(Language.PseudoSwitch, true);
        var sent = await new PostRound(site, () => sink.Mails).Speak(Language.PseudoTag);
        Assert.That(sent.Select(one => one.Maker).Distinct().Count(), Is.EqualTo(MailMakers.All().Count - 3), "all but the office's own");
        Assert.That(sent.SelectMany(one => Outside(one.Taken.Message).Select(text => $"{one.Maker}: {text}")), Is.Empty);
        Assert.That(Outside(new MimeMessage { Subject = "[[Ŷöûr dîvîdênd]]", Body = new TextPart("plain") { Text = "[[Ŷöû gêt ît]] soon." } }), Is.EqualTo(new[] { "soon" }), "the search itself finds a word");
    }

    private static IEnumerable<string> Outside(MimeMessage letter)
    {
        var text = Address().Replace($"{letter.Subject}\n{letter.TextBody}", "\n");
        while (Bracketed().IsMatch(text)) text = Bracketed().Replace(text, "\n");
        foreach (var name in (string[])["Prairie Lantern Food Co-op", "Zoë O’Brien & Co <x>"]) text = text.Replace(name, "\n", StringComparison.Ordinal);
        return text.Split('\n').Select(part => part.Trim(' ', '.', ':', ',', '-')).Where(part => part.Count(char.IsLetter) > 1);
    }

    [Test]
    public void FaultsInAMailAreSeen()
    {
        var letter = MailLetter.Of("Your dividend", ["You get $12.34."], ("Read on", new Uri("https://elsewhere.example/x")), "The Shop");
        Taken Of(MailLetter words, Action<MimeMessage>? change = null)
        {
            var message = new MimeMessage { Subject = words.Subject, Date = TimeProvider.System.GetUtcNow(), MessageId = "1@evergreen.example", Body = new MultipartAlternative { new TextPart("plain") { Text = words.Text }, new TextPart("html") { Text = words.Html } } };
            message.From.Add(new MailboxAddress("Evergreen", From));
            message.To.Add(new MailboxAddress("Ann", "ann@example.org"));
            message.Headers.Add("Auto-Submitted", "auto-generated");
            change?.Invoke(message);
            using var bytes = new MemoryStream();
            message.WriteTo(FormatOptions.Default, bytes);
            return new Taken(From, ["ann@example.org"], bytes.ToArray());
        }

        Assert.Multiple(() =>
        {
            Assert.That(Header(Of(letter)), Is.Empty);
            Assert.That(Header(Of(letter, message => message.Bcc.Add(new MailboxAddress("", "spy@example.org")))), Is.Not.Empty);
            Assert.That(Header(Of(letter, message => message.Date = TimeProvider.System.GetUtcNow().AddDays(-2))), Is.Not.Empty);
            Assert.That(Words(Of(letter).Message, "en-US"), Is.Empty);
            Assert.That(Words(Of(letter).Message, "es"), Is.Not.Empty, "the language that a reader aloud is told");
            Assert.That(Words(Of(letter with { Html = letter.Html.Replace("You get", "We get", StringComparison.Ordinal) }).Message, "en-US"), Is.Not.Empty, "the two say different things");
            Assert.That(Words(Of(letter with { Text = letter.Text.Replace("elsewhere", "nowhere", StringComparison.Ordinal) }).Message, "en-US"), Is.Not.Empty, "the two lead to different places");
            Assert.That(Words(Of(letter with { Html = letter.Html.Replace("<p>", "<p><img src=\"https://spy.example/1.png\">", StringComparison.Ordinal) }).Message, "en-US"), Is.Not.Empty, "a picture from elsewhere tells who reads");
            Assert.That(Secrets(Of(letter).Message, []), Is.Not.Empty, "an amount");
            Assert.That(Secrets(Of(letter with { Text = "Your number ends in 4455." , Html = "" }).Message, ["4455"]), Is.Not.Empty);
        });
        PostRound.Sent Sent(MailLetter words, HttpStatusCode opened) => new("", "en-US", Of(words), "/x", new Uri("https://evergreen.example"), opened, false);
        var ours = letter with { Text = letter.Text.Replace("elsewhere", "evergreen", StringComparison.Ordinal) };
        Assert.That(Links(Sent(ours, HttpStatusCode.OK)), Is.Empty);
        Assert.That(Links(Sent(letter, HttpStatusCode.OK)), Is.Not.Empty, "another site");
        Assert.That(Links(Sent(ours, HttpStatusCode.NotFound)), Is.Not.Empty);
    }

    private static class Planted
    {
        public static Func<MailLetter> Somewhere() => () => MailLetter.Of("A", ["B"], null, "C");
    }

    private static IEnumerable<string> Header(Taken mail)
    {
        var letter = mail.Message;
        if (letter.From.Mailboxes.Select(box => box.Address).ToList() is not [From] || mail.From != From) yield return $"is from {letter.From}, handed over as {mail.From}";
        if (letter.To.Mailboxes.Select(box => box.Address).ToList() is not [var to] || !mail.To.SequenceEqual([to])) yield return $"is to {letter.To}, handed over to {string.Join(", ", mail.To)}";
        if (letter.Cc.Count + letter.Bcc.Count > 0 || mail.Header.Contains("bcc:", StringComparison.OrdinalIgnoreCase)) yield return "goes to others too";
        if (letter.Subject is not { Length: > 3 and <= 200 } subject || subject.Any(char.IsControl)) yield return $"has the subject '{letter.Subject}'";
        if ((TimeProvider.System.GetUtcNow() - letter.Date).Duration() > JustNow) yield return $"bears the date {letter.Date}";
        if (letter.MessageId?.EndsWith("@evergreen.example", StringComparison.Ordinal) != true) yield return $"is named {letter.MessageId}";
        if (letter.Headers["Auto-Submitted"] != "auto-generated") yield return "may be answered by an automaton";
        if (mail.Header.Split("\r\n").Any(line => line.Length > 998)) yield return "has a line in its header that is too long";
    }

    private static IEnumerable<string> Words(MimeMessage letter, string language)
    {
        if (letter.Body is not MultipartAlternative { Count: 2 } both || both[0] is not TextPart { IsPlain: true } || both[1] is not TextPart { IsHtml: true })
        {
            yield return "is not plain text and then HTML";
            yield break;
        }
        var (text, html) = (letter.TextBody!.ReplaceLineEndings("\n"), new HtmlParser().ParseDocument(letter.HtmlBody!));
        if (text.Contains("</", StringComparison.Ordinal) || text.Contains("&amp;", StringComparison.Ordinal) || text.Contains('�', StringComparison.Ordinal)) yield return "has markup in its plain text";
        if (html.DocumentElement.GetAttribute("lang") != language) yield return $"calls itself {html.DocumentElement.GetAttribute("lang")}";
        if (html.Title != letter.Subject) yield return $"is called '{html.Title}' within";
        if (html.QuerySelector("script,style,link,img,iframe,form,object,embed,[onclick],[background]") is { } foreign) yield return $"holds {foreign.TagName}";
        var (said, links) = (Plain(html.Body!.TextContent), Addresses(text));
        foreach (var paragraph in text.Split("\n\n").SelectMany(part => part.Split('\n')).Select(Plain).Where(line => line is not ("" or "--"))) if (!said.Contains(paragraph.TrimEnd(':'), StringComparison.Ordinal)) yield return $"says '{paragraph}' in plain text only";
        if (!links.SequenceEqual(html.QuerySelectorAll("a").Select(a => a.GetAttribute("href")!))) yield return "has other links in HTML";
        if (html.QuerySelectorAll("a").Any(a => a.TextContent.Trim().Length < 4)) yield return "has a link without a name";
        if (said.Length > 2 * Plain(text).Length) yield return "says more in HTML";
    }

    /// <summary>No amount, and nothing of what the register keeps sealed.</summary>
    private static IEnumerable<string> Secrets(MimeMessage letter, IReadOnlyList<string> never)
    {
        var all = $"{letter.Subject}\n{letter.TextBody}\n{letter.HtmlBody}";
        foreach (Match amount in Amount().Matches(all)) yield return $"names {amount.Value}";
        foreach (var secret in never.Where(secret => all.Contains(secret, StringComparison.Ordinal))) yield return $"names {secret}";
    }

    /// <summary>Its link is of this site, opens, and is the page it should be; without a link there is none.</summary>
    private static IReadOnlyList<string> Links(PostRound.Sent one)
    {
        var links = Addresses(one.Taken.Message.TextBody!);
        if (one.LeadsTo is null) return links.Count == 0 ? [] : ["leads somewhere"];
        if (links is not [var link]) return [$"has {links.Count} links"];
        var address = new Uri(link);
        if (address.Authority != one.Site.Authority) return [$"leads to {address.Authority}"];
        if (!address.AbsolutePath.StartsWith(one.LeadsTo, StringComparison.Ordinal)) return [$"leads to {address.AbsolutePath}"];
        return one.Opened == HttpStatusCode.OK ? [] : [$"leads to {one.Opened} at {address.AbsolutePath}"];
    }

    /// <summary>The folder that is for sites without a mail server holds the same.</summary>
    private static IEnumerable<string> InTheFolder(MimeMessage letter)
    {
        var folder = Directory.CreateTempSubdirectory("evergreen-folder-").FullName;
        var route = new FolderRoute(new MailboxAddress("Evergreen", From), folder);
        route.Carry(letter);
        route.Carry(letter);
        var files = Directory.GetFiles(folder);
        var kept = files is [var file] && file.EndsWith(".eml", StringComparison.Ordinal) ? MimeMessage.Load(file) : null;
        if (kept is null || (kept.Subject, kept.MessageId, kept.To.ToString(), kept.TextBody, kept.HtmlBody) != (letter.Subject, letter.MessageId, letter.To.ToString(), letter.TextBody, letter.HtmlBody)) yield return "is another in the folder";
        Directory.Delete(folder, recursive: true);
    }

    private static List<string> Addresses(string text) => [.. Address().Matches(text).Select(match => match.Value)];

    private static string Plain(string text) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(@"\[[^\[\]]*\]")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();

    [GeneratedRegex(@"[$£€]\s?\d|\d[.,]\d\d(?!\d)")]
    private static partial Regex Amount();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

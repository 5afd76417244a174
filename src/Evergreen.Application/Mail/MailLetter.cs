using System.Net;
using System.Text;
using Evergreen.Domain.Languages;

namespace Evergreen.Application.Mail;

/// <summary>The words of a mail, twice: as plain text and as HTML that says the same.</summary>
public sealed record MailLetter(string Subject, string Text, string Html)
{
    private const int LongestLine = 200;

    /// <summary>A letter of plain paragraphs and one link.</summary>
    /// <param name="subject">Put on one line of up to 200 letters: a name in it may hold what it will.</param>
    /// <param name="link">Where to read on; null where there is nothing to open.</param>
    /// <param name="from">Whose letter it is, at its foot.</param>
    /// <param name="language">In which it is written; English where it is null.</param>
    public static MailLetter Of(string subject, IReadOnlyList<string> paragraphs, (string Label, Uri Address)? link, string from, Language? language = null)
    {
        subject = Line(subject);
        var text = string.Join("\n\n", [.. paragraphs, .. link is { } to ? (string[])[$"{to.Label}:\n{to.Address.AbsoluteUri}"] : [], $"-- \n{from}"]) + "\n";
        var html = new StringBuilder($"<!doctype html><html lang=\"{(language ?? Language.English).Tag}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>").Append(Encoded(subject))
            .Append("</title></head><body style=\"font:16px/1.5 sans-serif;color:#1b1b1b;max-width:36em;margin:2em auto;padding:0 1em\">");
        foreach (var paragraph in paragraphs) html.Append("<p>").Append(Encoded(paragraph)).Append("</p>");
        if (link is { } open) html.Append("<p><a href=\"").Append(Encoded(open.Address.AbsoluteUri)).Append("\">").Append(Encoded(open.Label)).Append("</a><br>").Append(Encoded(open.Address.AbsoluteUri)).Append("</p>");
        html.Append("<p style=\"color:#595959\">").Append(Encoded(from)).Append("</p></body></html>");
        return new MailLetter(subject, text, html.ToString());
    }

    /// <summary>What stands in a header: one line, and not longer than servers take.</summary>
    internal static string Line(string text) => new([.. text.Take(LongestLine).Select(c => char.IsControl(c) ? ' ' : c)]);

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}

using System.Globalization;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Audit;
using Evergreen.Application.Webhooks;
using Evergreen.Domain.Webhooks;

namespace Evergreen.Web.Tests.Api;

/// <summary>What the guide tells whoever writes a program is so.</summary>
public sealed class ApiGuideTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Cli.Office.Checkout, "src", "Evergreen.Web", "Help", "api.md"));

    private static string Value(string name) => Lines.Single(line => line.StartsWith(name + "  ", StringComparison.Ordinal))[name.Length..].Trim();

    [Test]
    public void EveryEventIsNamedWithItsOccasion()
    {
        var told = Lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')).Select(cells => (Type: cells[1].Trim().Trim('`'), When: cells[2].Trim())).Where(row => row.Type.Contains('.', StringComparison.Ordinal)).ToList();
        Assert.That(told.SkipLast(1), Is.EqualTo(AnnouncedVerbs.Kinds.Select(kind => (kind.Type, kind.Sentence))));
        Assert.That(told[^1].Type, Is.EqualTo(WebhookMessage.TestType));
    }

    [Test]
    public void SignatureOfTheExampleIsRight()
    {
        var (secret, at, body, header) = (Value("secret"), long.Parse(Value("webhook-timestamp"), CultureInfo.InvariantCulture), Value("body"), Value("webhook-signature"));
        Assert.That(header, Is.EqualTo(WebhookSignature.Of(Value("webhook-id"), at, body, secret)));
        Assert.That(WebhookSignature.Fits(header, Value("webhook-id"), at, body, secret, DateTimeOffset.FromUnixTimeSeconds(at)), Is.True);
        Assert.That(body, Is.EqualTo(WebhookMessageOf(at)), "the timestamp inside is the moment of the event");

        static string WebhookMessageOf(long at) => $$$"""{"type":"dividend.posted","timestamp":"{{{DateTimeOffset.FromUnixTimeSeconds(at).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}}}","data":{"co_op":"bakery","kind":"run","id":"2025-1","sequence":1}}""";
    }

    [Test]
    public void TimesAreThoseThatAreKept()
    {
        var guide = string.Join('\n', Lines);
        Assert.That(guide, Does.Contain("again after 5 seconds, 5 and 30 minutes, 2, 6, 12 and twice 24 hours").And.Contain("within five minutes of your clock").And.Contain("within two minutes, once").And.Contain("for 30 days in all"));
        Assert.That(DeliverWebhooks.Pauses.Select(pause => pause.TotalMinutes), Is.EqualTo(new[] { 5 / 60d, 5, 30, 120, 360, 720, 1440, 1440 }).Within(1e-9));
        Assert.That((WebhookSignature.Tolerance, TokenLives.Code, TokenLives.Refresh), Is.EqualTo((TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(2), TimeSpan.FromDays(30))));
    }
}

using Evergreen.Domain.Webhooks;
using NUnit.Framework;

namespace Evergreen.Domain.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    // The example that the libraries of the Standard Webhooks specification test themselves with.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Id = "msg_p5jXN8AQM9LWM0D4loKWxJek", Body = "{\"test\": 2432232314}", Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const long Seconds = 1614265330;
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(Seconds);

    [Test]
    public void PublishedExampleIsSignedAlike()
    {
        Assert.That(WebhookSignature.Of(Id, Seconds, Body, [Secret]), Is.EqualTo(Signature));
        Assert.That(WebhookSignature.Fits(Signature, Id, Seconds, Body, Secret, Then), Is.True);
    }

    [Test]
    public void WhileSecretsChangeEitherOfThemFits()
    {
        var newer = WebhookSignature.NewSecret();
        var header = WebhookSignature.Of(Id, Seconds, Body, [newer, Secret]);
        Assert.That(header.Split(' '), Has.Length.EqualTo(2));
        Assert.That(new[] { newer, Secret, WebhookSignature.NewSecret() }.Select(secret => WebhookSignature.Fits(header, Id, Seconds, Body, secret, Then)), Is.EqualTo([true, true, false]));
    }

    [Test]
    public void NothingElseFits()
    {
        Assert.Multiple(() =>
        {
            Assert.That(WebhookSignature.Fits(Signature, Id + "x", Seconds, Body, Secret, Then), Is.False);
            Assert.That(WebhookSignature.Fits(Signature, Id, Seconds + 1, Body, Secret, Then), Is.False);
            Assert.That(WebhookSignature.Fits(Signature, Id, Seconds, Body + " ", Secret, Then), Is.False);
            Assert.That(WebhookSignature.Fits(Signature[3..], Id, Seconds, Body, Secret, Then), Is.False, "without its version");
            Assert.That(WebhookSignature.Fits("v1,not base64 v1,", Id, Seconds, Body, Secret, Then), Is.False);
            Assert.That(WebhookSignature.Fits(Signature, Id, Seconds, Body, Secret, Then.AddSeconds(300)), Is.True);
            Assert.That(WebhookSignature.Fits(Signature, Id, Seconds, Body, Secret, Then.AddSeconds(301)), Is.False, "an old message sent again");
            Assert.That(WebhookSignature.Fits(Signature, Id, Seconds, Body, Secret, Then.AddSeconds(-301)), Is.False);
            Assert.That(() => WebhookSignature.Of(Id, Seconds, Body, ["secret"]), Throws.TypeOf<FormatException>());
        });
    }
}

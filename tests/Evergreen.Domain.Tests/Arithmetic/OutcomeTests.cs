namespace Evergreen.Domain.Tests.Arithmetic;

public sealed class OutcomeTests
{
    [Test]
    public void AnAnswerIsNotARefusal()
    {
        Outcome<int> outcome = 7;
        Assert.That((outcome.IsRefused, outcome.Value, outcome.Refusal), Is.EqualTo((false, 7, (Refusal?)null)));
    }

    [Test]
    public void ARefusalHasNoValueToTake()
    {
        Outcome<int> outcome = new Refusal("period-closed", "The books were closed.");
        Assert.That(outcome.IsRefused, Is.True);
        Assert.That(() => outcome.Value, Throws.InvalidOperationException.With.Message.Contains("period-closed").And.Message.Contains("The books were closed."));
    }
}

using System.Text.RegularExpressions;
using Evergreen.Application.Audit;

namespace Evergreen.House.Tests.Tidiness;

/// <summary>Whatever the audit records it can say in words.</summary>
public sealed partial class AuditVerbsTests
{
    private static IEnumerable<string> Written(string text) => Calls().Matches(text).SelectMany(call => Verbs().Matches(call.Value)).Select(verb => verb.Groups["verb"].Value);

    [Test]
    public void EveryVerbThatIsWrittenDownHasItsWords() =>
        Assert.That(Checkout.CSharpBelow("src").SelectMany(file => Written(file.Text)).Distinct(StringComparer.Ordinal).Where(verb => !AuditVerbs.Known.Contains(verb)), Is.Empty, "Say it in AuditVerbs.");

    [Test]
    public void AVerbWithoutWordsIsCaught() =>
        Assert.That(Written("AuditTrail.Add(db, coOp.Id, now, request.By, given ? \"planted.give\" : \"planted.take\", $\"member {one}\");"), Is.EqualTo(["planted.give", "planted.take"]));

    [GeneratedRegex(@"\b(AuditTrail\.Add|Entry\.Record)\([^;]*;", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Calls();

    [GeneratedRegex("\"(?<verb>[a-z-]+\\.[a-z-]+)\"", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Verbs();
}

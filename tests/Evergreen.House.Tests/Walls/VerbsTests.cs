using System.Reflection;
using Evergreen.Application.Storage;

namespace Evergreen.House.Tests.Walls;

public sealed class VerbsTests
{
    private static readonly IReadOnlyList<Type> All = [.. Verbs.In(Assembly.Load("Evergreen.Application"))];

    [Test]
    public void AVerbHasOnePublicMethodUnlessItIsNamed()
    {
        Assert.That(All, Has.Count.GreaterThan(200));
        Assert.That(Verbs.Violations(All, Verbs.Several), Is.Empty);
    }

    [Test]
    public void OnlyVerbsAreNamed() => Assert.That(Verbs.Several.Keys.Except(All.Select(verb => verb.Name)), Is.Empty);

    /// <summary>The books of these tests translate every query under SQL Server too (AlsoOnSqlServer), so a verb that one of them runs is tried there.</summary>
    [Test]
    public void EveryVerbIsRunWhereItsQueriesAreTranslatedForEveryDatabase()
    {
        var tests = Checkout.CSharpBelow("tests/Evergreen.Application.Tests").Select(file => CSharpText.CodeOnly(file.Text)).ToList();
        Assert.That(Verbs.Untried(All, tests), Is.Empty);
    }

    [TestCase(typeof(Twofold), "Twofold has Run Undo")]
    [TestCase(typeof(Unsaid), "Unsaid has Work")]
    public void APlantedVerbIsCaught(Type planted, string expected) =>
        Assert.That(Verbs.Violations([planted, typeof(Single)], Verbs.Several), Is.EqualTo([expected]));

    [Test]
    public void ANamedVerbIsCaughtWithOneMethodMore() =>
        Assert.That(Verbs.Violations([typeof(Twofold)], new Dictionary<string, string> { ["Twofold"] = "Run" }), Is.EqualTo(["Twofold has Run Undo"]));

    [TestCase("new Twofold(books).Run(1);", "Twofold.Undo")]
    [TestCase("new Twofolder(books).Run(1).Undo();", "Twofold.Run Twofold.Undo")]
    [TestCase("var two = new Twofold(books); two.Run(1); two.Undo();", "")]
    public void AVerbThatNoTestRunsIsCaught(string test, string expected) =>
        Assert.That(string.Join(' ', Verbs.Untried([typeof(Twofold)], [test, "other.Run(1); other.Undo();"])), Is.EqualTo(expected));

    private sealed class Single(Books books)
    {
        public Books Run(int count) => count > 0 ? books : Run();
        private Books Run() => books;
    }

    private sealed class Twofold(Books books)
    {
        public Books Run() => books;
        public Books Undo() => books;
    }

    private sealed class Unsaid(Books books)
    {
        public Books Work() => books;
    }
}

namespace Evergreen.House.Tests.Tidiness;

public sealed class SourceFilesTests
{
    private static IEnumerable<(string Path, string Text)> Ours => Checkout.CSharpBelow("src").Concat(Checkout.CSharpBelow("tests"));

    [Test]
    public void FilesAreShortEnoughToRead()
    {
        foreach (var (path, text) in Ours.Where(f => SourceFiles.Lines(f.Text) > 250)) TestContext.Out.WriteLine($"long: {path}, {SourceFiles.Lines(text)} lines");
        Assert.That(Ours.Where(f => SourceFiles.Lines(f.Text) > SourceFiles.LongestLines).Select(f => f.Path), Is.Empty);
    }

    [Test]
    public void NamespacesFollowFolders() =>
        Assert.That(Checkout.CSharpBelow("src").SelectMany(f => SourceFiles.NamespaceViolations(f.Path, f.Text)), Is.Empty);

    [Test]
    public void TypesAreNamedAfterTheField() => Assert.That(Ours.SelectMany(f => SourceFiles.VagueNames(f.Path, f.Text)), Is.Empty);

    [Test]
    public void TestsAssert() =>
        Assert.That(Checkout.CSharpBelow("tests").SelectMany(f => SourceFiles.TestsThatAssertNothing(f.Path, f.Text)), Is.Empty);

    [TestCase("a\nb\n", 2)]
    [TestCase("a\nb", 2)]
    [TestCase("a\n\n\nb\n", 4)]
    public void LinesAreCountedAsAnEditorCountsThem(string text, int lines) => Assert.That(SourceFiles.Lines(text), Is.EqualTo(lines));

    [TestCase("src/Evergreen.Domain/Members/Member.cs", "namespace Evergreen.Domain;\npublic record Member;", false)]
    [TestCase("src/Evergreen.Domain/Members/Member.cs", "namespace Evergreen.Domain.Members.Inner;", false)]
    [TestCase("src/Evergreen.Domain/Members/Member.cs", "public sealed record Member;", false)]
    [TestCase("src/Evergreen.Domain/Members/Member.cs", "namespace Evergreen.Domain.Members;\npublic record Member;", true)]
    [TestCase("src/Evergreen.Cli/Program.cs", "public partial class Program;", true)]
    public void ANamespaceThatLeavesItsFolderIsCaught(string path, string text, bool passes) =>
        Assert.That(SourceFiles.NamespaceViolations(path, text), passes ? Is.Empty : Is.Not.Empty);

    [TestCase("public class MemberManager { }", false)]
    [TestCase("internal static class CsvHelper", false)]
    [TestCase("public readonly record struct RowProcessor(int N)", false)]
    [TestCase("public sealed class MoneyTagHelper : TagHelper { }", true)]
    [TestCase("// the manager\npublic class Member { string Helper; }", true)]
    public void AVagueNameIsCaught(string text, bool passes) =>
        Assert.That(SourceFiles.VagueNames("planted", text), passes ? Is.Empty : Is.Not.Empty);

    [TestCase("[Test] public void Runs() { new Thing().Run(); } // Assert.That", false)]
    [TestCase("[TestCase(1)] public void Runs(int n) => new Thing().Run(n);", false)]
    [TestCase("[Test] public void Runs() { Assert.That(1, Is.EqualTo(1)); }", true)]
    [TestCase("public class Book { }", true)]
    public void ATestThatAssertsNothingIsCaught(string text, bool passes) =>
        Assert.That(SourceFiles.TestsThatAssertNothing("planted", text), passes ? Is.Empty : Is.Not.Empty);
}

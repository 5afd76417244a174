namespace Evergreen.House.Tests;

public sealed class CSharpTextTests
{
    [TestCase("a; // note", "a;")]
    [TestCase("a /* note */ b", "a b")]
    [TestCase("f(\"note \\\" note\") + b", "f( ) + b")]
    [TestCase("f(@\"note \"\" note\\\") + b", "f( ) + b")]
    [TestCase("f(\"\") + b", "f( ) + b")]
    [TestCase("c = '\"'; b", "c = ; b")]
    [TestCase("c = '\\''; b", "c = ; b")]
    [TestCase("f(\"\"\"note \" note\"\"\") + b", "f( ) + b")]
    [TestCase("f($\"note {code} note\") + b", "f( code ) + b")]
    [TestCase("f($\"note {{note}} {code:00}\") + b", "f( code:00 ) + b")]
    [TestCase("f($\"note {(x ? \"note\" : new { y }.y)} note\") + b", "f( (x ? : new { y }.y) ) + b")]
    [TestCase("f($$\"\"\"{\"note\": {{code}}}\"\"\") + b", "f( code ) + b")]
    public void OnlyCodeIsLeft(string source, string expected) =>
        Assert.That(string.Join(' ', CSharpText.CodeOnly(source).Split(' ', StringSplitOptions.RemoveEmptyEntries)), Is.EqualTo(expected));

    [Test]
    public void LinesKeepTheirNumbers()
    {
        const string source = "a\n/* one\ntwo */ b\n\"\"\"\nthree\n\"\"\" c";
        Assert.That(CSharpText.CodeOnly(source).Count(c => c == '\n'), Is.EqualTo(source.Count(c => c == '\n')));
    }
}

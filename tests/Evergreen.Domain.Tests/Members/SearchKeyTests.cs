using Evergreen.Domain.Members;

namespace Evergreen.Domain.Tests.Members;

public sealed class SearchKeyTests
{
    [TestCase("José Ñandú", "jose nandu")]
    [TestCase("ΝΊΚΟΣ", "νικοσ")]
    [TestCase("O'Neil-Smith", "o'neil-smith")]
    public void CapitalsAndAccentsDoNotMatter(string text, string folded) => Assert.That(SearchKey.Fold(text), Is.EqualTo(folded));

    [Test]
    public void KeyFollowsFromTheMember()
    {
        var member = new Member { CoOpId = 1, Number = "0042", Kind = MemberKind.Person, Name = "Ana Gómez" };
        Assert.That(member.SearchKey, Is.EqualTo("0042\nana gomez"));
        (member.Email, member.BankAccountLastFour) = ("Ana@Example.org", "4178");
        Assert.That(member.SearchKey, Is.EqualTo("0042\nana gomez\nana@example.org\n4178"));
        member.Name = new string('x', 500);
        Assert.That(member.SearchKey, Has.Length.EqualTo(SearchKey.Longest));
    }

    [TestCase("0001", new string[] { })]
    [TestCase("0012", new[] { "0003", "0011", "0007" })]
    [TestCase("0100", new[] { "0099" })]
    [TestCase("10000", new[] { "9999" })]
    [TestCase("C-010", new[] { "C-009", "0500" })]
    public void NextNumberGoesOnFromTheGreatest(string next, string[] numbers) => Assert.That(MemberNumber.Next(numbers), Is.EqualTo(next));

    [Test]
    public void DocumentIsWhatItsBytesSay()
    {
        Assert.That(DocumentForm.MediaTypeOf("%PDF-1.4"u8), Is.EqualTo("application/pdf"));
        Assert.That(DocumentForm.MediaTypeOf([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]), Is.EqualTo("image/png"));
        Assert.That(DocumentForm.MediaTypeOf([0xFF, 0xD8, 0xFF, 0xE0]), Is.EqualTo("image/jpeg"));
        Assert.That(DocumentForm.MediaTypeOf("Dear members,\r\n\tñ"u8), Is.EqualTo("text/plain"));
        Assert.That(DocumentForm.MediaTypeOf("  <svg onload='alert(1)'>"u8), Is.Null);
        Assert.That(DocumentForm.MediaTypeOf("MZ\0\0"u8), Is.Null);
        Assert.That(DocumentForm.MediaTypeOf([]), Is.Null);
    }
}

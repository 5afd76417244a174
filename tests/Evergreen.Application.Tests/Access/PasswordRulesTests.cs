using Evergreen.Application.Access;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access;

public sealed class PasswordRulesTests
{
    private static string? Check(string password) => PasswordRules.Check(password, "maria.lopez@laundry.example", "Maria Lopez", "The Wash House")?.Code;

    [TestCase("correct horse battery staple")]
    [TestCase("tr0mbone in the attic")]
    [TestCase("gxk2v9pq")]
    [TestCase("ünïcödé ist gut")]
    [TestCase("пароль из четырёх слов")]
    [TestCase("a plain sentence of eight words is good")]
    public void LongOrUnusualIsTaken(string password) => Assert.That(Check(password), Is.Null);

    [TestCase("seven77", "password-short")]
    [TestCase("", "password-short")]
    [TestCase("password", "password-common")]
    [TestCase("Password1!", "password-common")]
    [TestCase("P@ssw0rd2024", "password-common")]
    [TestCase("drowssap", "password-common")]
    [TestCase("letmein123", "password-common")]
    [TestCase("iloveyou", "password-common")]
    [TestCase("sunshine", "password-common")]
    [TestCase("Summer2026!", "password-common")]
    [TestCase("12345678", "password-common")]
    [TestCase("20012001", "password-common")]
    [TestCase("qwertyuiop", "password-common")]
    [TestCase("1qaz2wsx3edc", "password-common")]
    [TestCase("qwerasdfzxcv", "password-common")]
    [TestCase("aaaaaaaaaa", "password-common")]
    [TestCase("abcabcabc", "password-common")]
    [TestCase("abcdefgh", "password-common")]
    [TestCase("bluedragon", "password-common")]
    [TestCase("dividend2025", "password-common")]
    [TestCase("Maria1985", "password-personal")]
    [TestCase("lopezmaria", "password-personal")]
    [TestCase("TheWashHouse!", "password-personal")]
    [TestCase("laundry2026", "password-personal")]
    public void FirstGuessesAreRefused(string password, string code) => Assert.That(Check(password), Is.EqualTo(code));

    [Test]
    public void LengthIsBoundedAndCountedInLettersAsRead()
    {
        var even = string.Concat(Enumerable.Repeat("ab cd-ef ", 20));
        Assert.That(Check(even[..128]), Is.Null);
        Assert.That(Check(even[..129]), Is.EqualTo("password-long"));
        Assert.That(Check("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧"), Is.EqualTo("password-short"));
    }

    [Test]
    public void ListHoldsThousandsOfGuesses() => Assert.That(CommonPasswords.Count, Is.GreaterThan(1_500));

    [Test]
    public void HashIsSaltedAndOfManyRounds()
    {
        var (one, other) = (PasswordHash.Of("four plain words here"), PasswordHash.Of("four plain words here"));
        Assert.That(one, Is.Not.EqualTo(other));
        Assert.That(PasswordHash.Matches(one, "four plain words here"), Is.True);
        Assert.That(PasswordHash.Matches(one, "four plain words here "), Is.False);
        Assert.That(PasswordHash.Matches(null, "four plain words here"), Is.False);
        // Version 1 of Identity's format, HMAC-SHA-512, then the rounds, big-endian.
        Assert.That(Convert.FromBase64String(one)[..9], Is.EqualTo(new byte[] { 1, 0, 0, 0, 2, 0, 3, 0x34, 0x50 }));
    }
}

using System.Security.Cryptography;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access;

public sealed class FieldCipherTests
{
    private static readonly FieldPlace Place = new("Members", "TaxId", "1", "0042");
    private readonly KeyRing ring = KeyRing.Fresh("20260115");

    [Test]
    public void WhatIsSealedIsReadInItsPlaceAndNeverLooksTheSameTwice()
    {
        var cipher = new FieldCipher(ring);
        var sealedOnce = cipher.Seal(Place, "900000001");
        Assert.That(cipher.Open(Place, sealedOnce), Is.EqualTo("900000001"));
        Assert.That(cipher.Seal(Place, "900000001"), Is.Not.EqualTo(sealedOnce));
        Assert.That(sealedOnce, Does.Not.Contain("900000001").And.StartWith($"v1.{ring.Current}."));
    }

    [Test]
    public void EveryCharacterChangedIsRefused()
    {
        var cipher = new FieldCipher(ring);
        var value = cipher.Seal(Place, "900000001");
        for (var i = 0; i < value.Length; i++)
            foreach (var bit in (int[])[1, 2, 4, 8, 16, 32])
            {
                var changed = value.ToCharArray();
                changed[i] = (char)(changed[i] ^ bit);
                Assert.Catch<CryptographicException>(() => cipher.Open(Place, new string(changed)), $"character {i}, bit {bit}");
            }
    }

    [Test]
    public void EveryByteFlippedOrCutOffIsRefused()
    {
        var cipher = new FieldCipher(ring);
        var value = cipher.Seal(Place, "900000001");
        var head = value.Remove(value.LastIndexOf('.') + 1);
        var box = System.Buffers.Text.Base64Url.DecodeFromChars(value.AsSpan(head.Length));
        for (var i = 0; i < box.Length; i++)
        {
            var flipped = (byte[])box.Clone();
            flipped[i] ^= 0x80;
            Assert.Catch<CryptographicException>(() => cipher.Open(Place, head + System.Buffers.Text.Base64Url.EncodeToString(flipped)));
            Assert.Catch<CryptographicException>(() => cipher.Open(Place, head + System.Buffers.Text.Base64Url.EncodeToString(box.AsSpan(0, i))));
        }
    }

    [TestCase("Members", "TaxId", "1", "0043")]
    [TestCase("Members", "TaxId", "2", "0042")]
    [TestCase("Members", "TaxId", "10", "042")]
    [TestCase("Members", "BankAccount", "1", "0042")]
    [TestCase("Payments", "TaxId", "1", "0042")]
    public void AValueMovedElsewhereIsRefused(string table, string column, string coOp, string number)
    {
        var cipher = new FieldCipher(ring);
        var value = cipher.Seal(Place, "900000001");
        Assert.Catch<CryptographicException>(() => cipher.Open(new(table, column, coOp, number), value));
    }

    [Test]
    public void AnotherKeyOrNoneIsRefusedAndNothingPlainIsTakenForSealed()
    {
        var value = new FieldCipher(ring).Seal(Place, "900000001");
        var wrong = new KeyRing(ring.Current, new Dictionary<string, byte[]> { [ring.Current] = new byte[32] });
        Assert.Catch<CryptographicException>(() => new FieldCipher(wrong).Open(Place, value));
        Assert.Catch<CryptographicException>(() => new FieldCipher(KeyRing.Fresh("other")).Open(Place, value));
        Assert.Catch<CryptographicException>(() => new FieldCipher(ring).Open(Place, "900000001"));
    }

    [Test]
    public void OldKeysStayReadableBesideANewOneAndDigestsStayTheSame()
    {
        var value = new FieldCipher(ring).Seal(Place, "900000001");
        var later = KeyRing.Fresh("20270115");
        var both = new FieldCipher(new KeyRing(later.Current, ring.Keys.Concat(later.Keys).ToDictionary()));
        Assert.That(both.Open(Place, value), Is.EqualTo("900000001"));
        Assert.That(both.Seal(Place, "900000001"), Does.StartWith($"v1.{later.Current}."));
        Assert.That(both.Digest("tax-id", "900000001"), Is.EqualTo(new FieldCipher(ring).Digest("tax-id", "900000001")));
    }

    [Test]
    public void DigestsOfOtherNumbersPurposesAndKeysDiffer()
    {
        var cipher = new FieldCipher(ring);
        var digest = cipher.Digest("tax-id", "900000001");
        Assert.That(new[] { cipher.Digest("tax-id", "900000002"), cipher.Digest("bank", "900000001"), new FieldCipher(KeyRing.Fresh("other")).Digest("tax-id", "900000001") }, Has.None.EqualTo(digest));
    }

    [Test]
    public void TheKeyFileIsItsOwnersAloneAndNothingElseIsRead()
    {
        var folder = Directory.CreateTempSubdirectory("evergreen-").FullName;
        try
        {
            var file = new KeyFile(Path.Combine(folder, "books.db.keys"));
            Assert.That(file.Read().Refusal!.Code, Is.EqualTo("keys-lost"));
            var made = file.Create(new DateOnly(2026, 1, 15));
            if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(file.Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.That(file.Read().Value.Keys[made.Current], Is.EqualTo(made.Keys[made.Current]));
            Assert.Throws<IOException>(() => file.Create(new DateOnly(2026, 1, 15)));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
                Assert.That(file.Read().Refusal!.Code, Is.EqualTo("keys-exposed"));
                File.SetUnixFileMode(file.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
            File.WriteAllText(file.Path, "{\"version\":1,\"current\":\"a\",\"keys\":{\"a\":\"AAAA\"}}");
            Assert.That(file.Read().Refusal!.Code, Is.EqualTo("keys-damaged"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void AServersDatabaseNeedsToBeToldWhereItsKeysAre()
    {
        Assert.That(KeyFile.Of(DatabaseAddress.PostgreSql("Host=localhost;Database=books")).Refusal!.Code, Is.EqualTo("keys-nowhere"));
        Assert.That(KeyFile.Of(DatabaseAddress.Sqlite("books.db")).Value.Path, Does.EndWith("books.db.keys"));
    }
}

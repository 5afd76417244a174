using System.Security.Cryptography;
using Evergreen.Application.Access;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access;

public sealed class SealedFileTests
{
    private readonly KeyRing ring = KeyRing.Fresh("test");
    private string path = null!;

    [SetUp]
    public void MakePath() => path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [TearDown]
    public void Clean() => File.Delete(path);

    private void Write(byte[] plain, string place = "upload 1 rows")
    {
        using var to = SealedFile.Create(path, ring, place);
        foreach (var some in plain.Chunk(10_007)) to.Write(some);
    }

    private byte[] Read(string place = "upload 1 rows", KeyRing? with = null)
    {
        using var from = SealedFile.Open(path, with ?? ring, place);
        using var all = new MemoryStream();
        from.CopyTo(all);
        return all.ToArray();
    }

    [Test]
    public void WhatIsWrittenAnewTakesThePlaceOfTheOldAtOnce()
    {
        var folder = Directory.CreateTempSubdirectory("evergreen-sealed-").FullName;
        var file = Path.Combine(folder, "report");
        string Held()
        {
            using var from = new StreamReader(SealedFile.Open(file, ring, "report"));
            return from.ReadToEnd();
        }

        using (var first = SealedFile.Create(file, ring, "report"))
        {
            first.Write("first"u8);
            Assert.That(File.Exists(file), Is.False, "not before it is whole");
        }
        using var reader = SealedFile.Open(file, ring, "report");
        using (var second = SealedFile.Create(file, ring, "report"))
        using (var third = SealedFile.Create(file, ring, "report"))
        {
            second.Write("second"u8);
            third.Write("third"u8);
            Assert.That(Held(), Is.EqualTo("first"), "two write, and whoever reads has what is whole");
        }
        Assert.That((Held(), Directory.GetFiles(folder).Length), Is.EqualTo(("second", 1)), "the later one stays, and nothing beside it");
        using (var old = new StreamReader(reader)) Assert.That(old.ReadToEnd(), Is.EqualTo("first"), "as it was opened");
        using (var late = SealedFile.Create(file, ring, "report"))
        {
            Directory.Delete(folder, recursive: true);
            late.Write("late"u8);
        }
        Assert.That(Directory.Exists(folder), Is.False, "what was removed does not come back");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(65_535)]
    [TestCase(65_536)]
    [TestCase(65_537)]
    [TestCase(131_072)]
    [TestCase(300_000)]
    public void WhatWasSealedReadsBackAndShowsNothing(int length)
    {
        var plain = new byte[length];
        for (var i = 0; i < length; i++) plain[i] = (byte)(i % 251);
        Write(plain);
        Assert.That(Read(), Is.EqualTo(plain));
        if (length > 100) Assert.That(File.ReadAllBytes(path).AsSpan().IndexOf(plain.AsSpan(0, 100)), Is.EqualTo(-1));
    }

    [Test]
    public void ReadingStartsAnywhere()
    {
        var plain = RandomNumberGenerator.GetBytes(200_000);
        Write(plain);
        using var from = SealedFile.Open(path, ring, "upload 1 rows");
        foreach (var at in (int[])[199_999, 0, 65_530, 131_072, 70_000])
        {
            from.Position = at;
            var some = new byte[Math.Min(100, plain.Length - at)];
            from.ReadExactly(some);
            Assert.That(some, Is.EqualTo(plain[at..(at + some.Length)]));
        }
        Assert.That(from.Length, Is.EqualTo(200_000));
    }

    [Test]
    public void AFlippedByteIsFoundWhereverItIs()
    {
        Write(new byte[70_000]);
        var sealed_ = File.ReadAllBytes(path);
        for (var at = 0; at < sealed_.Length; at += 997)
        {
            var broken = sealed_.ToArray();
            broken[at] ^= 1;
            File.WriteAllBytes(path, broken);
            Assert.That(() => Read(), Throws.InstanceOf<CryptographicException>(), $"byte {at}");
        }
    }

    [Test]
    public void AFileCutOffMovedOrOfAnotherKeyIsNotRead()
    {
        Write(new byte[140_000]);
        var whole = File.ReadAllBytes(path);
        Assert.That(() => Read("upload 2 rows"), Throws.InstanceOf<CryptographicException>());
        Assert.That(() => Read(with: KeyRing.Fresh("other")), Throws.InstanceOf<CryptographicException>());
        foreach (var length in (int[])[whole.Length - 1, whole.Length - (65_536 + 28), 65_536 + 28, 20, 0])
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.That(() => Read(), Throws.InstanceOf<CryptographicException>(), $"{length} bytes");
        }
    }
}

namespace Evergreen.Web.Tests.Cli;

/// <summary>The provider's keys, from the command line.</summary>
public sealed class KeysTests
{
    [Test]
    public void KeysAreReplacedAndADryRunReplacesNone()
    {
        using var office = new Office();
        office.DoneHere("database", "migrate");
        var first = Rotate();
        Rotate("--dry-run");
        var second = Rotate();
        Assert.That(second, Is.Not.EqualTo(first).And.Length.EqualTo(16));
        using var db = new Application.Storage.Books(Application.Storage.DatabaseAddress.Sqlite(office.At("evergreen.db")), TimeProvider.System).Open();
        var kept = db.Set<Application.Access.Apps.ConnectKey>().ToList();
        Assert.That(kept, Has.Count.EqualTo(4));
        Assert.That(kept.Where(key => key.EndsAt is null && key.Use == Application.Access.Apps.ConnectKeyUse.Signing).Select(key => key.KeyId), Is.EqualTo([second]));

        string? Rotate(params string[] more) => office.DoneHere(["keys", "rotate", "--as", "ann", "--json", .. more]).Json.GetProperty("key").GetString();
    }
}

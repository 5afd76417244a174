using Evergreen.Application.Access;

namespace Evergreen.Web.Tests;

/// <summary>The site on the two sample co-ops, loaded once for all tests that want it; each works on a copy of the books.</summary>
[SetUpFixture]
public sealed class DemoBooks
{
    private static readonly Lazy<Cli.Office> Loaded = new(Load);

    /// <summary>The books as they were loaded; never opened by a test.</summary>
    public static string Path => Loaded.Value.At("demo/evergreen.db");

    /// <summary>The folder that <c>demo load</c> made in an empty one, the statements with it; never opened by a test.</summary>
    public static string Folder => Loaded.Value.At("demo");

    /// <summary>What a password is hashed with here, where people sign in thousands of times; what takes its time into account asks for all rounds.</summary>
    internal static void HashQuickly() => PasswordHash.HashWith(1_000);

    [OneTimeSetUp]
    public void Hurry() => HashQuickly();

    [OneTimeTearDown]
    public void Drop()
    {
        if (Loaded.IsValueCreated) Loaded.Value.Dispose();
    }

    private static Cli.Office Load()
    {
        var office = new Cli.Office();
        var answer = office.Run("demo", "load");
        return answer.Code == 0 ? office : throw new InvalidOperationException(answer.ToString());
    }
}

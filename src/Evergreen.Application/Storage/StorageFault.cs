namespace Evergreen.Application.Storage;

/// <summary>The database could not do what was asked, for a reason that a person can act on.</summary>
/// <remarks>Codes: <c>database-busy</c>, <c>commit-unknown</c>, <c>schema-newer</c>, <c>schema-missing</c>, <c>migration-busy</c>.</remarks>
public sealed class StorageFault(string code, string sentence, Exception? inner = null) : Exception(sentence, inner)
{
    public string Code { get; } = code;
}

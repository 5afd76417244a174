using System.Data.Common;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;

namespace Evergreen.Web.Health;

/// <summary>Whether the site can work: the database opens, and its schema is this version's.</summary>
public sealed class Readiness
{
    public const string Ready = "ready";
    private readonly DatabaseAddress? address;

    private Readiness(DatabaseAddress? address) => this.address = address;

    public static Readiness Of(string? address)
    {
        var found = ChosenBooks.Here.Find(address);
        return new Readiness(found.IsRefused ? null : found.Value);
    }

    /// <returns><c>ready</c>, or why not in a word or two; never an address or a name.</returns>
    public string State()
    {
        if (address is null) return "database-address";
        try
        {
            var schema = SchemaStanding.Of(address).State;
            return schema == "current" ? Ready : $"schema-{schema}";
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException or TimeoutException)
        {
            return "database-unreachable";
        }
    }
}

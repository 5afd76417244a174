using System.Reflection;
using System.Runtime.CompilerServices;
using Evergreen.Application.Storage;

namespace Evergreen.House.Tests.Walls;

/// <summary>What is stored: the Domain's types themselves. How they are stored is said beside the verbs, never on the types.</summary>
public static class StoredTypes
{
    public static IReadOnlyList<Type> All { get; } = Read();

    /// <summary>Each attribute that a type, a property or a field of it bears, but for those by which the compiler talks to itself.</summary>
    public static IEnumerable<string> Attributes(IEnumerable<Type> types) =>
        from type in types
        from member in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(member => member is PropertyInfo or FieldInfo).Prepend(type)
        where !member.IsDefined(typeof(CompilerGeneratedAttribute))
        from attribute in member.CustomAttributes
        where attribute.AttributeType.Namespace is not ("System.Runtime.CompilerServices" or "System.Diagnostics.CodeAnalysis")
        select $"{(member == type ? type.Name : $"{type.Name}.{member.Name}")} bears {attribute.AttributeType.Name}";

    private static List<Type> Read()
    {
        using var db = new EvergreenDb(DatabaseAddress.Sqlite("model.db").Options());
        return [.. db.Model.GetEntityTypes().Select(entity => entity.ClrType)];
    }
}

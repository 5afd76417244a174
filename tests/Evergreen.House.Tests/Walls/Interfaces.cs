namespace Evergreen.House.Tests.Walls;

/// <summary>An interface pays where several stand behind it. One for a single class would be a second name for it.</summary>
public static class Interfaces
{
    public static IEnumerable<string> WithOneImplementation(IReadOnlyCollection<Type> types) =>
        from one in types
        where one.IsInterface
        let made = types.Count(type => !type.IsInterface && !type.IsAbstract && type.GetInterfaces().Any(behind => Bare(behind) == one))
        where made < 2
        select $"{one.FullName} has {made}";

    private static Type Bare(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}

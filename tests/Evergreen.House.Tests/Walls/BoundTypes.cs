using System.Reflection;

namespace Evergreen.House.Tests.Walls;

/// <summary>What a request fills in: the parameters of every action and all that can be written below them. Nothing that is stored may be among it, or a field that no page shows could change the books.</summary>
public static class BoundTypes
{
    public static IEnumerable<string> Violations(IEnumerable<Type> controllers, IReadOnlySet<Type> stored) =>
        from controller in controllers
        from filled in controller.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .SelectMany(action => action.GetParameters().Where(parameter => !Bears(parameter, "FromServicesAttribute")).Select(parameter => (Where: $"{controller.Name}.{action.Name}({parameter.Name})", Type: parameter.ParameterType)))
            .Concat(controller.GetProperties().Where(property => Bears(property, "BindPropertyAttribute")).Select(property => (Where: $"{controller.Name}.{property.Name}", Type: property.PropertyType)))
        from violation in Below(filled.Where, filled.Type, stored, [])
        select violation;

    private static IEnumerable<string> Below(string where, Type type, IReadOnlySet<Type> stored, HashSet<Type> seen)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsArray) type = type.GetElementType()!;
        foreach (var inner in type.IsGenericType ? type.GetGenericArguments() : [])
            foreach (var violation in Below(where, inner, stored, seen)) yield return violation;
        if (stored.Contains(type)) yield return $"{where} is a {type.Name}, which is stored";
        if (type.Namespace?.StartsWith("Evergreen.", StringComparison.Ordinal) != true || type.IsEnum || !seen.Add(type)) yield break;
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.SetMethod is { IsPublic: true } && !Bears(property, "BindNeverAttribute")))
            foreach (var violation in Below($"{where}.{property.Name}", property.PropertyType, stored, seen)) yield return violation;
    }

    private static bool Bears(ICustomAttributeProvider member, string attribute) => member.GetCustomAttributes(inherit: true).Any(one => one.GetType().Name == attribute);
}

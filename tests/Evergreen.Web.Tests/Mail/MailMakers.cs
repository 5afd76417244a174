using System.Reflection;
using System.Text.RegularExpressions;
using Evergreen.Application.Mail;

namespace Evergreen.Web.Tests.Mail;

/// <summary>Every place in the program that writes a mail, found in the compiled code: whatever calls for a letter.</summary>
internal static partial class MailMakers
{
    private const byte Call = 0x28, New = 0x73;
    private static readonly Assembly[] Rooms = [typeof(MailLetter).Assembly, typeof(Site).Assembly];

    /// <summary>As <c>Type.Method</c>; what stands in a lambda or a local function belongs to the method around it.</summary>
    public static IReadOnlyList<string> All() => [.. Rooms.SelectMany(room => room.GetTypes()).Where(type => type != typeof(MailLetter)).SelectMany(In).Distinct().Order(StringComparer.Ordinal)];

    internal static IEnumerable<string> In(Type type) => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Where(Writes).Select(Name);

    private static bool Writes(MethodInfo method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code) return false;
        for (var at = 0; at < code.Length - 4; at++)
            if (code[at] is Call or New && IsLetter(method, BitConverter.ToInt32(code, at + 1))) return true;
        return false;
    }

    private static bool IsLetter(MethodInfo method, int token)
    {
        // A table of methods, or of members of other rooms.
        if ((token >> 24) is not (0x06 or 0x0A)) return false;
        try
        {
            var called = method.Module.ResolveMethod(token, method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null, method.IsGenericMethod ? method.GetGenericArguments() : null);
            return called?.DeclaringType == typeof(MailLetter) && (called.Name == nameof(MailLetter.Of) || called.IsConstructor && method.DeclaringType != typeof(SendMail));
        }
        catch (Exception fault) when (fault is ArgumentException or BadImageFormatException or TypeLoadException or MissingMethodException or FileNotFoundException)
        {
            // Not a call after all, but four bytes of something else.
            return false;
        }
    }

    private static string Name(MethodInfo method)
    {
        var type = method.DeclaringType!;
        while (type.DeclaringType is not null && type.Name.Contains('<', StringComparison.Ordinal)) type = type.DeclaringType;
        // An async method lives in a type that bears its name.
        var name = Around().Match(method.Name) is { Success: true } inner ? inner.Groups[1].Value : Around().Match(method.DeclaringType!.Name) is { Success: true } outer && outer.Groups[1].Value.Length > 0 ? outer.Groups[1].Value : method.Name;
        return $"{type.Name}.{name}";
    }

    [GeneratedRegex("^<([^>]*)>")]
    private static partial Regex Around();
}

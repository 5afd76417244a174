namespace Evergreen.Web.Api.Wire;

/// <summary>The problems with which an operation may answer besides those that follow from what it is: one with a key, a list, one that needs a token.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RefusesAttribute(params string[] codes) : Attribute
{
    public IReadOnlyList<string> Codes => codes;
}

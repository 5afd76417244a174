namespace Evergreen.Web.Layout;

/// <summary>What a token must allow for this action of the API. An action of the API that names no scope is open to nobody.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class RequiresScopeAttribute(string scope) : Attribute
{
    /// <summary>For what any token may ask.</summary>
    public const string Any = "*";

    public string Scope => scope;
}

namespace Evergreen.Web.Access;

/// <summary>Only for a site where people show here who they are: with a password, a passkey, a code or a mailed link. Where an outside authority stands in their place the page is not there.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class SignsInHereAttribute : Attribute;

using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access.Apps;

/// <summary>Why an app is not registered or changed.</summary>
public static class Refusals
{
    public static Refusal AppNameMissing() => new("app-name-missing", "Give the app a name by which people will know it, of at most 100 characters.");
    public static Refusal AppNameTaken(string name) => new("app-name-taken", $"There is already an app named '{name}' here. Choose another name, so that people can tell them apart.");
    public static Refusal AppScopeMissing() => new("app-scope-missing", "Choose at least one thing that it may do.");
    public static Refusal AppScopeUnknown(string scope) => new("app-scope-unknown", $"'{scope}' is not among the things that an app of this kind may be allowed.");
    public static Refusal AppRedirectMissing() => new("app-redirect-missing", "Give the address to which the app wants people sent back. Its maker names it.");

    public static Refusal AppRedirectForm(string address) =>
        new("app-redirect-form", $"'{address}' cannot be used: give a whole https address without a fragment (#), an http address of this machine (http://127.0.0.1…), or a scheme of the app's own with a dot in it, one a line and ten at most.");

    public static Refusal AppUnknown() => new("app-unknown", "There is no such app here, or it was withdrawn.");
    public static Refusal AppWithoutSecret() => new("app-without-secret", "This app runs in people's hands and keeps no secret, so there is none to make anew.");
    public static Refusal ConsentUnknown() => new("consent-unknown", "That app is not let in any more.");
}

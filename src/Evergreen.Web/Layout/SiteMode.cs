namespace Evergreen.Web.Layout;

/// <summary>How the site was started.</summary>
/// <param name="Demo">It shows the sample co-ops; a banner says so on every page, and demo accounts exist.</param>
/// <param name="PlainHttp">It is served on this machine alone, without encryption and with no proxy before it.</param>
public sealed record SiteMode(bool Demo, bool PlainHttp);

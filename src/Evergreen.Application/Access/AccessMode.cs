namespace Evergreen.Application.Access;

/// <summary>Whether the site is a demo. Only then may demo accounts enter, and they may move the demo's money without a second factor.</summary>
public sealed record AccessMode(bool Demo)
{
    public static readonly AccessMode Real = new(Demo: false);
}

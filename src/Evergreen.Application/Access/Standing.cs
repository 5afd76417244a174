namespace Evergreen.Application.Access;

/// <summary>How a request for a permission is answered.</summary>
public enum Verdict
{
    /// <summary>No role at this co-op allows it.</summary>
    No,

    /// <summary>A role allows it, but this session was entered without a second factor.</summary>
    SecondFactorNeeded,

    Yes,
}

/// <summary>What one person may do at one co-op, in one session, at the moment it was looked up. Made by <see cref="MayDo"/> only.</summary>
/// <param name="Roles">The roles in force, none for a stranger or someone whose access was ended.</param>
/// <param name="SecondFactor">Whether money may be moved: a second factor was given, or it is a demo account while the site is a demo.</param>
public sealed record Standing(int UserId, string DisplayName, int? CoOpId, IReadOnlySet<Role> Roles, bool SecondFactor)
{
    public Verdict Answer(Permission permission)
    {
        if (!Roles.Any(role => Permissions.Of(role).Contains(permission))) return Verdict.No;
        return SecondFactor || !Permissions.NeedsSecondFactor(permission) ? Verdict.Yes : Verdict.SecondFactorNeeded;
    }

    /// <summary>Whether it may be done now.</summary>
    public bool May(Permission permission) => Answer(permission) == Verdict.Yes;

    /// <summary>Whether a role allows it, second factor or not: for showing the way to it.</summary>
    public bool Holds(Permission permission) => Answer(permission) != Verdict.No;
}

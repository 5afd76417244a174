namespace Evergreen.Application.Access;

/// <summary>What someone is to a co-op. One person may be several; what each may do stands in <see cref="Permissions.Table"/>.</summary>
/// <remarks>Stored by name: a role may be added, but none renamed.</remarks>
public enum Role
{
    Member,
    Clerk,
    Accountant,
    Administrator,
    Auditor,
}

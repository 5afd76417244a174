using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>The people of a co-op's office with their roles, and who is invited; by name. Members who have no part in the office are not among them.</summary>
public sealed class ListPeople(Books books, AccessMode mode)
{
    private static readonly ListOrder<SignIn> Order = ListOrder<SignIn>.Keyed("mail", user => user.UserName!).By("name", user => user.DisplayName).By("here", user => user.LastSignInAt);

    /// <param name="ForAll">The role holds at every co-op.</param>
    public sealed record Held(int GrantId, Role Role, bool ForAll, DateTime GrantedAt, string GrantedBy);
    public sealed record Person(int UserId, string DisplayName, string Mail, bool Demo, bool SecondFactor, DateTime? LastSignInAt, DateTime? DisabledAt, IReadOnlyList<Held> Roles);
    public sealed record Invited(int Id, string DisplayName, string Mail, Role? Role, DateTime InvitedAt, string InvitedBy, DateTime UntilAt);
    public sealed record Page(IReadOnlyList<Person> People, IReadOnlyList<Invited> Invitations);

    /// <param name="sort">One of <c>name</c>, <c>mail</c> and <c>here</c>, when they last came; with a minus sign in front the other way round.</param>
    public Page Run(int coOpId, string? sort = null) => books.Read(db =>
    {
        var grants = db.RoleGrants.Where(grant => (grant.CoOpId == null || grant.CoOpId == coOpId) && grant.Role != Role.Member).OrderBy(grant => grant.Id).ToList().ToLookup(grant => grant.UserId);
        var ids = grants.Select(group => group.Key).ToList();
        var keyed = db.Passkeys.Where(passkey => ids.Contains(passkey.UserId)).Select(passkey => passkey.UserId).ToHashSet();
        var people = Order.All(db.SignIns.Where(user => ids.Contains(user.Id)), sort ?? "name").AsEnumerable().Where(user => mode.Demo || !user.Demo)
            .Select(user => new Person(user.Id, user.DisplayName, user.UserName!, user.Demo, user.AuthenticatorSince is not null || keyed.Contains(user.Id), user.LastSignInAt, user.DisabledAt,
                [.. grants[user.Id].Where(grant => grant.WithdrawnAt is null).Select(grant => new Held(grant.Id, grant.Role, grant.CoOpId is null, grant.GrantedAt, grant.GrantedBy))])).ToList();
        var invitations = db.Invitations.Where(invitation => (invitation.CoOpId == null || invitation.CoOpId == coOpId) && invitation.AcceptedAt == null && invitation.WithdrawnAt == null && invitation.ForUserId == null)
            .OrderBy(invitation => invitation.InvitedAt).ThenBy(invitation => invitation.Id).AsEnumerable().Where(invitation => invitation.StandsAt(books.Now))
            .Select(invitation => new Invited(invitation.Id, invitation.DisplayName, invitation.Mail, invitation.Role, invitation.InvitedAt, invitation.InvitedBy, invitation.InvitedAt + Invitation.Valid)).ToList();
        return new Page(people, invitations);
    });
}

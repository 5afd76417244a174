using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Gives a role to someone who has an account already, for instance as a member, and is known by the mail address: members are not listed among the people of the office.</summary>
public sealed class GrantRoleByMail(Books books)
{
    public sealed record Request(string Mail, int CoOpId, Role Role, int ByUserId, string By, string From);

    public Outcome<RoleGrant> Run(Request request)
    {
        var name = SignIn.Normal(request.Mail);
        return books.Read(db => db.SignIns.Where(user => user.NormalizedUserName == name).Select(user => (int?)user.Id).SingleOrDefault()) is { } user
            ? new GrantRole(books).Run(new GrantRole.Request(user, request.CoOpId, request.Role, request.ByUserId, request.By, request.From))
            : Refusals.AccountUnknown(request.Mail.Trim());
    }
}

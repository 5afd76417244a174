using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Ends someone's access, or gives it back. Ending it ends every session at once; the roles stay written down.</summary>
public sealed class DisablePerson(Books books)
{
    /// <param name="CoOpId">The co-op from whose page it is asked.</param>
    /// <param name="Again">Gives the access back.</param>
    public sealed record Request(int UserId, int CoOpId, int ByUserId, string By, string From, bool Again = false);

    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var reached = PeopleReached.Find(db, request.UserId, request.CoOpId, request.ByUserId);
        if (reached.IsRefused) return reached.Refusal!;
        var user = reached.Value;
        if (request.Again == user.DisabledAt is null) return true;
        if (!request.Again && db.RoleGrants.Where(grant => grant.UserId == user.Id && grant.WithdrawnAt == null).OrderBy(grant => grant.Id).ToList().Exists(grant => Administrators.IsLast(db, grant)))
            return Refusals.LastAdministrator();
        user.DisabledAt = request.Again ? null : books.Now;
        user.SecurityStamp = SecretCode.Carried();
        Entry.Record(db, books.Now, request.By, request.Again ? "access.enable" : "access.disable", Entry.Subject(user.Id), request.From, coOpId: request.CoOpId);
        if (!request.Again) EndSessions.All(db, user, books.Now, null, request.By, request.From, "access ended");
        return true;
    });
}

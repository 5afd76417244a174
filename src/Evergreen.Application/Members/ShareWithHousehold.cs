using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>The primary owner of a household says what another of its members may see of the owner's account. Each change is a dated fact, and holds from the next page on.</summary>
public sealed class ShareWithHousehold(Books books)
{
    /// <param name="OwnerId">Whose account it is: taken from the session, never from a form.</param>
    /// <param name="Adult">Number of the other member.</param>
    /// <param name="Allowed">All that may be seen from now on.</param>
    public sealed record Request(int OwnerId, string Adult, IReadOnlyCollection<Share> Allowed, string By);

    /// <param name="Name">Of the other member.</param>
    /// <param name="Changes">What is different from before.</param>
    public sealed record Result(string Name, int Changes);

    public Outcome<Result> Run(Request request) => books.Write<Result>(dryRun: false, db =>
    {
        if (db.Members.AsNoTracking().SingleOrDefault(member => member.HouseholdOfId == request.OwnerId && member.Number == request.Adult) is not { } adult) return Refusals.NotOfHousehold(request.Adult);
        var changes = 0;
        foreach (var share in Enum.GetValues<Share>())
        {
            var allowed = request.Allowed.Contains(share);
            if (FindSeat.Allows(db, request.OwnerId, adult.Id, share) == allowed) continue;
            db.HouseholdShares.Add(new HouseholdShare { CoOpId = adult.CoOpId, OwnerId = request.OwnerId, AdultId = adult.Id, Share = share, Allowed = allowed, At = books.Now, By = request.By });
            AuditTrail.Add(db, adult.CoOpId, books.Now, request.By, "members.share", $"member {adult.Number}", $"{share} {(allowed ? "allowed" : "withdrawn")}");
            changes++;
        }
        return new Result(adult.Name, changes);
    });
}

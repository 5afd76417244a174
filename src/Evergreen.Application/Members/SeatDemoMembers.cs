using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Gives some members of the sample co-ops an account, with the password of the demo's other people. They exist in a demo only.</summary>
public sealed class SeatDemoMembers(Books books, AccessMode mode)
{
    /// <param name="At">Co-op and member number, one or several.</param>
    public sealed record Person(string Mail, string Name, string Who, params (string CoOp, string Number)[] At);

    public static readonly IReadOnlyList<Person> People =
    [
        new("hanh@demo.example", "Hạnh Nguyễn", "works at the laundry", ("laundry", "0010")),
        new("jose@demo.example", "José Núñez Ibarra", "works at the laundry, reads Spanish", ("laundry", "0007")),
        new("ruth@demo.example", "Ruth Castellanos", "shops at the grocery", ("grocery", "1001")),
        new("alice@demo.example", "Alice Freeman", "works at the laundry, and her bakery shops at the grocery", ("laundry", "0009"), ("grocery", "1150")),
        new("alma@demo.example", "Alma Thorvaldsen", "shops at the grocery, with a household", ("grocery", "1017")),
        new("leif@demo.example", "Leif Thorvaldsen", "of Alma's household, who lets him see the account", ("grocery", "1018")),
    ];

    /// <param name="password">The demo's password, see <see cref="SeatDemoStaff"/>.</param>
    /// <returns>Those whose membership is in these books. Refused where the site is no demo.</returns>
    public Outcome<List<Person>> Run(string password)
    {
        if (!mode.Demo) return Access.Refusals.NotADemo();
        var hash = PasswordHash.Of(password);
        return books.Write<List<Person>>(dryRun: false, db =>
        {
            var seated = new List<Person>();
            foreach (var person in People)
            {
                var members = person.At.Select(at => (from member in db.Members join coOp in db.CoOps on member.CoOpId equals coOp.Id where coOp.Code == at.CoOp && member.Number == at.Number select member).SingleOrDefault()).OfType<Member>().ToList();
                if (members.Count == 0 || SeatDemoStaff.Seat(db, person.Mail, person.Name, hash, books.Now) is not { } user) continue;
                user.EmailConfirmed = true;
                foreach (var member in members)
                    if (!db.MemberSignIns.Any(link => link.EndedAt == null && (link.MemberId == member.Id || link.UserId == user.Id && link.CoOpId == member.CoOpId)))
                        LinkMember.Link(db, user, member, books.Now, "demo", "console");
                seated.Add(person);
            }
            OpenHousehold(db);
            return seated;
        });
    }

    private void OpenHousehold(EvergreenDb db)
    {
        if ((from member in db.Members join coOp in db.CoOps on member.CoOpId equals coOp.Id where coOp.Code == "grocery" && member.Number == "1018" select member).SingleOrDefault() is not { HouseholdOfId: { } owner } adult) return;
        if (db.HouseholdShares.Any(fact => fact.AdultId == adult.Id)) return;
        db.HouseholdShares.Add(new HouseholdShare { CoOpId = adult.CoOpId, OwnerId = owner, AdultId = adult.Id, Share = Share.Stake, Allowed = true, At = books.Now, By = "demo" });
        AuditTrail.Add(db, adult.CoOpId, books.Now, "demo", "members.share", $"member {adult.Number}", "Stake allowed");
    }
}

using Evergreen.Application.Access;
using Evergreen.Application.Members;
using Evergreen.Application.Tests.Access;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Tests.Members;

/// <summary>The office of two co-ops with a few members, who come in by invitation.</summary>
internal sealed class Membership : IDisposable
{
    public const string Password = "words of another kind";
    private static readonly DateOnly Joined = new(2024, 3, 1);

    public Membership(TestDatabase databases)
    {
        Office = new Office(databases);
        Grocery = Office.Grocery();
        Enrol("laundry", "0007", "José", "Núñez", "jose@example.org");
        Enrol("laundry", "0010", "Hạnh", "Nguyễn", "hanh@example.org");
        Enrol("grocery", "1017", "Alma", "Thorvaldsen", "alma@example.org");
        Enrol("grocery", "1018", "Leif", "Thorvaldsen", null);
    }

    public Office Office { get; }
    public int Grocery { get; }
    public Application.Storage.Books Books => Office.Database.Books;

    public void Enrol(string coOp, string number, string given, string family, string? mail) =>
        new EnrolMember(Books).Run(new(coOp, number, new Particulars { GivenName = given, FamilyName = family, Email = mail }, [], Joined, "ann", null, null));

    public Outcome<InviteMember.Result> Invite(string coOp, string number, InvitationWay way = InvitationWay.Letter) => new InviteMember(Books).Run(new(coOp, number, way, "ann", Office.From));

    public Outcome<FindMemberInvitation.Result> Find(string code, string number, string from = Office.From) => new FindMemberInvitation(Books).Run(new(code, number, from));

    public Outcome<AcceptMembership.Result> Accept(string code, string number, string mail, string? password = Password) => new AcceptMembership(Books).Run(new(code, number, null, new(mail, password), Office.From));

    public Outcome<AcceptMembership.Result> Add(string code, string number, int user) => new AcceptMembership(Books).Run(new(code, number, user, null, Office.From));

    /// <summary>A member who came in with an account of their own, and confirmed its address.</summary>
    /// <returns>The account.</returns>
    public int ComeIn(string coOp, string number, string mail)
    {
        var user = Accept(Invite(coOp, number).Value.Code, number, mail).Value.UserId;
        Confirm(mail);
        return user;
    }

    /// <summary>An account's address is known to be its owner's.</summary>
    public void Confirm(string mail) => Books.Write<bool>(dryRun: false, db => db.SignIns.Single(user => user.UserName == mail).EmailConfirmed = true);

    public FindSeat.Result? Seat(int user, string coOp, Share? share = null) => new FindSeat(Books).Run(new(user, coOp, share));

    public Outcome<MemberPasswordLetter.Result> PasswordLetter(string coOp, string number, int by, bool lost = false, bool secondFactor = true) =>
        new MemberPasswordLetter(Books, new MayDo(Books, Office.Mode)).Run(new(coOp, number, lost, by, secondFactor, "ann", Office.From));

    public Member Member(string number) => Books.Read(db => db.Members.Single(member => member.Number == number));

    public void Dispose() => Office.Dispose();
}

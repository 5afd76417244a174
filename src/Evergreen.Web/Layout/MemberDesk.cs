using Evergreen.Application.Audit;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;

namespace Evergreen.Web.Layout;

/// <summary>Whose account a page of the portal shows. Found by the doorkeeper from the session and the co-op of the address; nothing that a request says about members is believed.</summary>
/// <param name="MemberId">Whose account is shown: one's own, or the household's.</param>
/// <param name="Language">Language tag of the person who looks.</param>
/// <param name="Own">False where it is the account of the household's primary owner, who lets this person see it.</param>
public sealed record Seat(CoOp CoOp, int MemberId, string MemberNumber, string Name, string Language, bool Own);

/// <summary>At whose place in the portal a request is handled.</summary>
public sealed class MemberDesk(Books books, Desk desk, PageLanguage page, IHttpContextAccessor accessor)
{
    private Seat? seat;
    private string? self;
    private IReadOnlyList<MyMemberships.Row>? memberships;
    private bool? elsewhere;

    public Books Books => books;

    /// <exception cref="InvalidOperationException">The page is not one for members.</exception>
    public Seat Seat => seat ?? throw new InvalidOperationException("This page is not one for members.");

    public Seat? MaybeSeat => seat;

    /// <summary>The account that is signed in.</summary>
    public int UserId => desk.UserId ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>Who acts, as it is written into the books: the member's own number, also where the household's account is shown.</summary>
    public string Person => Actors.Member(self ?? throw new InvalidOperationException("This page is not one for members."));

    public DateOnly Today => desk.Today;

    /// <summary>Where the pages of this membership begin.</summary>
    public string Home => $"/my/{Seat.CoOp.Code}";

    /// <summary>Whether the person is a member of other co-ops too.</summary>
    public bool IsElsewhere => elsewhere ?? Memberships.Count > 1;

    /// <summary>All co-ops of which the person is a member.</summary>
    public IReadOnlyList<MyMemberships.Row> Memberships => memberships ??= desk.UserId is { } user ? new MyMemberships(books).Run(user) : [];

    /// <summary>Takes the seat at the co-op of the address, for one part of the account.</summary>
    /// <returns>Whether there is one.</returns>
    internal bool Enter(Share? share)
    {
        if (desk.UserId is not { } user || accessor.HttpContext?.GetRouteValue("coop") is not string coOp) return false;
        if (new FindSeat(books).Run(new FindSeat.Request(user, coOp, share)) is not { } found) return false;
        desk.Found(found.CoOp, found.HasOffice);
        elsewhere = found.Memberships > 1;
        self = found.Self;
        page.Speak(found.Language, found.CoOp.Country, found.CoOp.Language);
        seat = new Seat(found.CoOp, found.MemberId, found.MemberNumber, found.Name, page.Tag, found.Own);
        return true;
    }

    /// <summary>Speaks to the person as to a member, on a page that belongs to no co-op.</summary>
    internal void Greet()
    {
        if (Memberships.Count > 0) page.Speak(Memberships[0].Language, Memberships[0].Country);
    }
}

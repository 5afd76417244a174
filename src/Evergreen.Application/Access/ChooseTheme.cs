using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>Notes on one's account how light its pages are, so that they are so on every device. Nobody else sees it, so nothing of it is recorded.</summary>
public sealed class ChooseTheme(Books books)
{
    public sealed record Request(int UserId, Theme Theme);

    /// <returns>Whether it was another before.</returns>
    public Outcome<bool> Run(Request request) => books.Write<bool>(dryRun: false, db =>
    {
        var user = db.SignIns.SingleOrDefault(user => user.Id == request.UserId);
        if (user is null) return Refusals.PersonUnknown();
        if (user.Theme == request.Theme) return false;
        user.Theme = request.Theme;
        return true;
    });
}

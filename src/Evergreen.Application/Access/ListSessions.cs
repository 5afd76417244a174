using Evergreen.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>The sessions of one person that stand now, the latest first.</summary>
public sealed class ListSessions(Books books)
{
    public sealed record Row(int Id, string Device, string From, Proof Proof, DateTime StartedAt, DateTime LastSeenAt);

    public IReadOnlyList<Row> Run(int userId) => books.Read(db =>
        db.SignInSessions.Where(session => session.UserId == userId && session.EndedAt == null).OrderByDescending(session => session.StartedAt).ThenByDescending(session => session.Id).AsEnumerable()
            .Where(session => session.StandsAt(books.Now))
            .Select(session => new Row(session.Id, session.Device, session.From, session.Proof, session.StartedAt, session.LastSeenAt)).ToList());
}

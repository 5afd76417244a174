using Evergreen.Application.Storage;

namespace Evergreen.Application.Access;

/// <summary>The one place where it is decided who may do what. Every door asks here; nothing else grants anything.</summary>
public sealed class MayDo(Books books)
{
    /// <param name="UserId">The signed-in person.</param>
    /// <param name="CoOpId">The co-op whose books are touched; null for what concerns every co-op.</param>
    /// <param name="SecondFactor">Whether the session was entered with a second factor (<c>amr</c> is <c>mfa</c> or <c>passkey</c>).</param>
    public sealed record Request(int UserId, int? CoOpId, bool SecondFactor);

    /// <returns>What the person may do there; nothing at all for someone who is not known or whose access was ended.</returns>
    public Standing Run(Request request) => throw new NotSupportedException($"Roles are not kept yet, so user {request.UserId} may do nothing in {books}.");
}

using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Takes one of one's own passkeys out of use, after the password was given again. Other sessions end.</summary>
public sealed class RemovePasskey(Books books)
{
    public sealed record Request(int UserId, byte[] CredentialId, string Password, int? SessionId, string From);

    public Outcome<bool> Run(Request request)
    {
        var user = books.Read(db => db.SignIns.SingleOrDefault(user => user.Id == request.UserId));
        if (user is null) return Refusals.PasswordWrong();
        if (PresentPassword.Wrong(books, user, request.Password, request.From) is { } wrong) return wrong;
        return books.Write<bool>(dryRun: false, db =>
        {
            if (db.Passkeys.Where(passkey => passkey.UserId == user.Id && passkey.CredentialId == request.CredentialId).ExecuteDelete() == 0) return Refusals.PasskeyUnknown();
            Entry.Record(db, books.Now, Entry.Subject(user.Id), "access.passkey", Entry.Subject(user.Id), request.From, "removed");
            EndSessions.All(db, user, books.Now, request.SessionId, Entry.Subject(user.Id), request.From, "passkey removed");
            return true;
        });
    }
}

using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Checks the second factor of someone whose password was right: the authenticator's code, or one of the recovery codes, each of which is taken once.</summary>
public sealed class EnterWithCode(Books books, AccessMode mode, SealingKeys keys)
{
    /// <param name="Recovery">Whether the code is from the list of recovery codes.</param>
    public sealed record Request(int UserId, string Code, bool Recovery, string From);

    /// <param name="RecoveryCodesLeft">How many recovery codes are still good.</param>
    public sealed record Result(int UserId, int RecoveryCodesLeft);

    public Outcome<Result> Run(Request request)
    {
        var from = Entry.Cut(request.From, 64);
        var attempt = books.Write(dryRun: false, db => Patience.Try(db, $"second factor {request.UserId}", from, books.Now));
        var answer = attempt.IsRefused ? attempt.Refusal! : books.Write(dryRun: false, db => Check(db, request, attempt.Value));
        if (answer.IsRefused)
            books.Write<bool>(dryRun: false, db =>
            {
                Entry.Record(db, books.Now, Audit.Actors.Stranger, "access.second-factor-failed", Entry.Subject(request.UserId), from, answer.Refusal!.Code);
                return true;
            });
        return answer;
    }

    private Outcome<Result> Check(EvergreenDb db, Request request, SignInAttempt attempt)
    {
        var user = db.SignIns.SingleOrDefault(user => user.Id == request.UserId);
        if (user is null || !user.IsAdmitted(mode) || user.AuthenticatorSince is null) return Refusals.CodeWrong();
        var cipher = keys.Cipher(db, DateOnly.FromDateTime(books.Now));
        if (cipher.IsRefused) return cipher.Refusal!;
        if (request.Recovery)
        {
            var digest = MakeRecoveryCodes.Digest(cipher.Value, user.Id, request.Code);
            var code = db.RecoveryCodes.Where(code => code.UserId == user.Id && code.Digest == digest && code.UsedAt == null).OrderBy(code => code.Id).FirstOrDefault();
            if (code is null) return Refusals.RecoveryWrong();
            code.UsedAt = books.Now;
            Entry.Record(db, books.Now, Entry.Subject(user.Id), "access.recovery-code-used", Entry.Subject(user.Id), request.From);
        }
        else
        {
            if (TimeCode.Match(MakeAuthenticator.Open(cipher.Value, user), request.Code, books.Now, user.AuthenticatorStep) is not { } step) return Refusals.CodeWrong();
            user.AuthenticatorStep = step;
        }
        db.SaveChanges();
        Patience.Succeeded(db, attempt);
        return new Result(user.Id, db.RecoveryCodes.Count(code => code.UserId == user.Id && code.UsedAt == null));
    }
}

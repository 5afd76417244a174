using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Access;

/// <summary>The first run: with the code from the console the co-op is founded and its first administrator made. After that it is over for ever.</summary>
public sealed class SetUpHouse(Books books, AccessMode mode)
{
    /// <param name="CoOp">The co-op to found; null where the books hold co-ops already and only the administrator is missing.</param>
    /// <param name="Demo">The co-ops in the books are the samples: the site is a demo from here on.</param>
    /// <param name="Password">Null for someone whom another authority vouches for.</param>
    /// <param name="Outside">Who that is; the account gets the mail address of that person.</param>
    public sealed record Request(string Code, CreateCoOp.Request? CoOp, string Mail, string DisplayName, string? Password, string From, bool Demo = false, OutsidePerson? Outside = null)
    {
        internal string Address => (Outside?.Mail ?? Mail).Trim();
    }

    /// <param name="CoOpCode">The first co-op's code, for the first page.</param>
    public sealed record Result(int UserId, string CoOpCode);

    /// <summary>Whether the set-up is over; its pages are then not there.</summary>
    public bool IsOver() => mode.Demo || books.Read(IsOver);

    internal static bool IsOver(EvergreenDb db) => db.SignIns.Any(user => !user.Demo);

    /// <summary>Whether a co-op is to be founded in it.</summary>
    public bool NeedsCoOp() => !books.Read(db => db.CoOps.Any());

    /// <summary>Whether the code is the one on the console; a wrong one is recorded.</summary>
    public Outcome<bool> CheckCode(string code, string from)
    {
        if (IsOver()) return Refusals.SetUpOver();
        if (books.Read(db => IsRight(db, code))) return true;
        books.Write<bool>(dryRun: false, db =>
        {
            Entry.Record(db, books.Now, Audit.Actors.Stranger, "access.set-up-failed", "house", from);
            return true;
        });
        return Refusals.SetUpCodeWrong();
    }

    /// <summary>Whether the books hold no other co-op than those, so that the samples may be put into them, or what is missing of them.</summary>
    /// <param name="samples">Codes of the samples.</param>
    public bool MayTakeSamples(IReadOnlyCollection<string> samples) => samples.Count > 0 && !books.Read(db => db.CoOps.Any(coOp => !samples.Contains(coOp.Code)));

    /// <summary>What stands against a request before anything is done for it; null when nothing does.</summary>
    public Refusal? Check(Request request)
    {
        var right = CheckCode(request.Code, request.From);
        if (right.IsRefused) return right.Refusal!;
        var mail = request.Address;
        if (!InvitePerson.IsMail(mail)) return Refusals.MailForm(mail);
        if (string.IsNullOrWhiteSpace(request.DisplayName)) return Refusals.NameMissing();
        var weak = request.Outside is null ? PasswordRules.Check(request.Password ?? "", mail, request.DisplayName, request.CoOp?.Name) : null;
        return weak ?? (request.CoOp is null ? null : CreateCoOp.Check(request.CoOp));
    }

    public Outcome<Result> Run(Request request)
    {
        if (Check(request) is { } wrong) return wrong;
        var mail = request.Address;
        var hash = request.Outside is null ? PasswordHash.Of(request.Password ?? "") : null;
        var creation = request.CoOp is null ? null : new CreateCoOp(books);
        return books.Write<Result>(dryRun: false, db =>
        {
            if (IsOver(db)) return Refusals.SetUpOver();
            if (!IsRight(db, request.Code)) return Refusals.SetUpCodeWrong();
            if (creation is not null)
            {
                var founded = creation.Create(db, request.CoOp! with { By = mail });
                if (founded.IsRefused) return founded.Refusal!;
            }
            var code = db.CoOps.OrderBy(coOp => coOp.Id).Select(coOp => coOp.Code).FirstOrDefault();
            if (code is null) return CoOps.Refusals.None();
            if (request.Demo)
                foreach (var sample in db.CoOps) sample.IsSample = true;
            db.SetUpCodes.RemoveRange(db.SetUpCodes);
            var user = AcceptInvitation.NewSignIn(db, mail, request.DisplayName, hash, books.Now);
            if (request.Outside?.Join(db, user, books.Now, request.From) is { } refused) return refused;
            Entry.Record(db, books.Now, Entry.Subject(user.Id), "access.set-up", Entry.Subject(user.Id), request.From, request.Demo ? "with the samples: a demo" : null);
            GrantRole.Give(db, user, null, Role.Administrator, books.Now, Entry.Subject(user.Id), request.From);
            return new Result(user.Id, code);
        });
    }

    private static bool IsRight(EvergreenDb db, string code)
    {
        var digest = SecretCode.DigestTyped(code);
        return db.SetUpCodes.Any(row => row.CodeDigest == digest);
    }
}

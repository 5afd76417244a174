using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>A member says where to be paid from now on. It waits for the co-op's days of hold; until then the old details stay in force, and every address that the member can be reached at is told.</summary>
/// <param name="keys">Where the keys are; null asks <see cref="KeyFile.Of"/>.</param>
public sealed class GiveBankDetails(Books books, KeyFile? keys = null)
{
    /// <summary>A mail address that was changed this long ago is still told: whoever takes an account over changes the address first.</summary>
    private static readonly TimeSpan FormerAddresses = TimeSpan.FromDays(30);

    /// <param name="Fresh">Whether the member signed in just now.</param>
    /// <param name="SecondFactor">Whether that was with a second factor; else the code of a letter takes its place.</param>
    /// <param name="SignInMail">The address of the account by which it is done.</param>
    /// <param name="Letter">Makes the mail in the member's language; it names no digit.</param>
    /// <param name="LetterCode">As it was typed, see <see cref="MakeBankLetter"/>.</param>
    /// <param name="From">Network address; wrong codes are slowed down by it.</param>
    public sealed record Request(string? CoOp, string Member, BankDetails Bank, bool Fresh, bool SecondFactor, string By, string? SignInMail, Func<string?, MailLetter>? Letter, string? LetterCode = null, string From = "");

    /// <param name="Told">How many addresses are told.</param>
    public sealed record Result(DateOnly InForceOn, string? LastFour, int Told);

    public Outcome<Result> Run(Request request)
    {
        if (!request.SecondFactor && string.IsNullOrWhiteSpace(request.LetterCode)) return Refusals.SecondFactorMissing();
        if (!request.Fresh) return Refusals.NotFresh();
        if (!request.SecondFactor && Tried(request) is { } refusal) return refusal;
        return books.Write<Result>(dryRun: false, db => Give(db, request));
    }

    /// <summary>A try at the code, which is counted; it is used up only with the details.</summary>
    private Refusal? Tried(Request request)
    {
        var from = Entry.Cut(request.From, 64);
        var attempt = books.Write(dryRun: false, db => Patience.Try(db, $"bank letter {request.CoOp} {request.Member}", from, books.Now));
        if (attempt.IsRefused) return attempt.Refusal;
        var right = books.Write<bool>(dryRun: false, db =>
        {
            var found = FindMember.Run(db, request.CoOp, request.Member);
            if (found.IsRefused) return found.Refusal!;
            if (BankLetter.Standing(db, found.Value.Member.Id, request.LetterCode!, books.Now) is null)
            {
                Entry.Record(db, books.Now, request.By, "members.bank-letter-failed", $"member {found.Value.Member.Number}", from, coOpId: found.Value.CoOp.Id);
                return false;
            }
            Patience.Succeeded(db, attempt.Value);
            return true;
        });
        return right.IsRefused ? right.Refusal : right.Value ? null : Refusals.BankLetterUnknown();
    }

    private Outcome<Result> Give(EvergreenDb db, Request request)
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var clean = request.Bank.Checked();
        if (clean.IsRefused) return clean.Refusal!;
        var bank = clean.Value;
        var open = db.BankChanges.SingleOrDefault(one => one.MemberId == member.Id && one.SettledAt == null && one.StoppedAt == null);
        var cipher = SecretKeys.ToSeal(db, books, keys);
        if (cipher.IsRefused) return cipher.Refusal!;
        var place = MemberSecrets.BankAccount(member.CoOpId, member.Number);
        var last = open is null ? (member.BankScheme, member.BankRouting, member.BankAccountType, member.BankAccountSealed) : (open.Scheme, open.Routing, open.AccountType, open.AccountSealed);
        if (last.Item1 == bank.Scheme && last.Item2 == bank.Routing && last.Item3 == bank.AccountType && (last.Item4 is null ? null : cipher.Value.Open(place, last.Item4)) == bank.Account) return Refusals.BankUnchanged();
        if (!request.SecondFactor)
        {
            if (BankLetter.Standing(db, member.Id, request.LetterCode!, books.Now) is not { } letterCode) return Refusals.BankLetterUnknown();
            letterCode.UsedAt = books.Now;
        }
        if (open is not null) Stop(open, books.Now, request.By);
        var change = new BankChange
        {
            CoOpId = coOp.Id, MemberId = member.Id, At = books.Now, By = request.By, Scheme = bank.Scheme, Routing = bank.Routing, AccountType = bank.AccountType,
            AccountSealed = bank.Account is { } account ? cipher.Value.Seal(place, account) : null, AccountLastFour = bank.Account is { } number ? MemberSecrets.LastFour(number) : null,
            InForceOn = DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime).AddDays(coOp.BankHoldDays),
        };
        db.BankChanges.Add(change);
        db.SaveChanges();
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "members.bank-asked", $"member {member.Number}", $"{change.Scheme ?? "check"}, {MemberSecrets.Mask(change.AccountLastFour) ?? "no account"}, from {change.InForceOn:yyyy-MM-dd}{(request.SecondFactor ? "" : ", with the code of a letter")}");
        var told = request.Letter is { } letter ? Tell(db, coOp.Id, member, change, letter(member.Language), request) : 0;
        return new Result(change.InForceOn, change.AccountLastFour, told);
    }

    /// <summary>The address of the register, that of the account, and those that either was not long ago.</summary>
    private int Tell(EvergreenDb db, int coOpId, Member member, BankChange change, MailLetter letter, Request request)
    {
        var since = books.Now - FormerAddresses;
        var former = db.MemberEdits.Where(edit => edit.MemberId == member.Id && edit.Field == "email" && edit.Before != null && edit.At >= since).Select(edit => edit.Before!).ToList();
        var addresses = new[] { member.Email, request.SignInMail }.Concat(former).OfType<string>().Where(QueueMail.IsAddress).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        for (var i = 0; i < addresses.Count; i++) QueueMail.Add(db, books.Now, new QueueMail.Request($"bank change {change.Id} {i}", coOpId, member.Id, addresses[i], member.Name, letter, request.By));
        return addresses.Count;
    }

    internal static void Stop(BankChange open, DateTime at, string by) => (open.StoppedAt, open.StoppedBy) = (at, by);
}

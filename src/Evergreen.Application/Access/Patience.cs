using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Access;

/// <summary>Slows down whoever guesses. The wait grows with each wrong try and never passes a quarter of an hour; nobody is shut out for good.</summary>
/// <remarks>
/// Counted apart: tries at one account from one address, tries from one address at any account, and tries at one account from any address. The last does not hold
/// back an address from which that account was entered before: strangers cannot keep the owner waiting.
/// </remarks>
internal static class Patience
{
    private const int FreeTries = 4, FreeTriesFromOneAddress = 30, FreeTriesAtOneAccount = 30;
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24), Longest = TimeSpan.FromMinutes(15), Kept = TimeSpan.FromDays(60);

    /// <summary>Notes a try, which counts as failed until it is marked, or refuses it.</summary>
    public static Outcome<SignInAttempt> Try(EvergreenDb db, string account, string from, DateTime now)
    {
        var name = SecretCode.Digest(account);
        var since = now - Remembered;
        var ownTries = db.SignInAttempts.AsNoTracking().Where(x => x.NameDigest == name && x.At > since).OrderBy(x => x.At).ThenBy(x => x.Id).ToList();
        var here = ownTries.Where(x => x.From == from).ToList();
        var wait = Wait(here, FreeTries, now);
        var address = db.SignInAttempts.AsNoTracking().Where(x => x.From == from && x.At > since && !x.Succeeded).OrderByDescending(x => x.At).ThenByDescending(x => x.Id).Take(FreeTriesFromOneAddress + 20).ToList();
        address.Reverse();
        wait = Max(wait, Wait(address, FreeTriesFromOneAddress, now));
        if (!db.SignInAttempts.Any(x => x.NameDigest == name && x.From == from && x.Succeeded)) wait = Max(wait, Wait(ownTries, FreeTriesAtOneAccount, now));
        if (wait > TimeSpan.Zero) return Refusals.Slowed((int)((wait.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond));
        var old = now - Kept;
        db.SignInAttempts.Where(x => x.At < old).ExecuteDelete();
        var attempt = new SignInAttempt { NameDigest = name, From = from, At = now };
        db.SignInAttempts.Add(attempt);
        db.SaveChanges();
        return attempt;
    }

    public static void Succeeded(EvergreenDb db, SignInAttempt attempt) =>
        db.SignInAttempts.Where(x => x.Id == attempt.Id).ExecuteUpdate(set => set.SetProperty(x => x.Succeeded, true));

    /// <summary>Two seconds after the first try too many, doubled with each.</summary>
    private static TimeSpan Wait(List<SignInAttempt> tries, int free, DateTime now)
    {
        var failed = tries.AsEnumerable().Reverse().TakeWhile(x => !x.Succeeded).Count();
        if (failed < free) return TimeSpan.Zero;
        var wait = TimeSpan.FromSeconds(2L << Math.Min(failed - free, 12));
        return tries[^1].At + (wait < Longest ? wait : Longest) - now;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

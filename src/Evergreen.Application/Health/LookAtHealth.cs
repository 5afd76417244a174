using System.Data.Common;
using Evergreen.Application.Access;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Health;

/// <summary>How the site is: its database, disks, keys, mail, ledger, clock and framework. Takes milliseconds and changes nothing; whether every entry is right is for <c>evergreen check</c>.</summary>
/// <param name="keys">Where the keys are; null asks <see cref="KeyFile.Of"/>.</param>
/// <param name="drives">Which disk a path lies on; null asks the machine.</param>
public sealed class LookAtHealth(Books books, Func<Outcome<KeyFile>>? keys = null, Func<string, Drive?>? drives = null)
{
    private static readonly TimeSpan SlowAnswer = TimeSpan.FromSeconds(1);

    /// <summary>The oldest that is free of CVE-2025-55315 and of what was mended since.</summary>
    private static readonly Version OldestAspNetCore = new(10, 0, 12);

    /// <param name="AspNetCore">The version that serves the site.</param>
    /// <param name="Files">The folder of the jobs' files.</param>
    public sealed record Request(Version AspNetCore, JobFiles Files);

    public HealthReport Run(Request request)
    {
        var drive = drives ?? Drive.Of;
        var disks = new DiskFindings(books.Address, drive);
        var found = new List<Finding>();
        var sound = LookAtDatabase(found);
        found.AddRange(disks.Run(request.Files));
        found.AddRange(new KeyFindings(books, keys ?? (() => KeyFile.Of(books.Address))).Run(sound));
        if (sound) found.AddRange(new WorkFindings(books).Run());
        found.Add(Framework(request.AspNetCore));
        return new(found);
    }

    /// <returns>Whether the books can be read.</returns>
    private bool LookAtDatabase(List<Finding> found)
    {
        const string name = "Database";
        try
        {
            var standing = SchemaStanding.Of(books.Address);
            // Opening a file that is not there would make one.
            if (standing.State != "missing") found.Add(Answers(name));
            found.Add(Schema(standing));
            if (standing.State != "current") return false;
            found.Add(DurabilityFinding.Of(books));
            return true;
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException or TimeoutException)
        {
            found.Add(new("database", name, HealthState.Bad, $"{books.Address} does not answer: {fault.Message.Split('\n')[0].TrimEnd('\r', '.')}.", "See that the database runs and may be reached from here, and that its address, user and password are right.", "database-unreachable"));
            return false;
        }
    }

    /// <summary>How long a connection and a transaction take, once this program itself has warmed up.</summary>
    private Finding Answers(string name)
    {
        var since = books.Clock.GetTimestamp();
        books.Read(_ => true);
        var took = books.Clock.GetElapsedTime(since);
        return took > SlowAnswer
            ? new("database", name, HealthState.Warning, $"{books.Address} answers after {InWords.Time(took)}.", "See what else keeps the database or its disk busy.")
            : new("database", name, HealthState.Good, $"{books.Address} answers in {InWords.Many(took.Ticks / TimeSpan.TicksPerMillisecond, "millisecond")}.");
    }

    private Finding Schema(SchemaStanding standing)
    {
        var of = $"{standing.Applied.Count} of {InWords.Many(standing.Applied.Count + standing.Pending.Count, "migration")} applied";
        var stops = $"schema-{standing.State}";
        return standing.State switch
        {
            "current" => new("schema", "Schema", HealthState.Good, $"{of}, the last one {standing.Applied[^1]}."),
            "newer" => new("schema", "Schema", HealthState.Bad, $"The books are of a later version of Evergreen: {string.Join(", ", standing.Unknown)}.", "Install that version again, or a later one.", stops),
            "missing" => new("schema", "Schema", HealthState.Bad, $"There are no books at {books.Address} yet.", "Make them: evergreen database migrate.", stops),
            _ => new("schema", "Schema", HealthState.Bad, $"{of}; still to come: {string.Join(", ", standing.Pending)}.", "Stop the site, make a backup, and run: evergreen database migrate.", stops),
        };
    }

    private static Finding Framework(Version version) => version >= OldestAspNetCore
        ? new("aspnetcore", "ASP.NET Core", HealthState.Good, $"Version {version}.")
        : new("aspnetcore", "ASP.NET Core", HealthState.Warning, $"Version {version}, which has holes that are known (CVE-2025-55315 and later ones).", $"Install ASP.NET Core {OldestAspNetCore} or later and start the site again.");
}

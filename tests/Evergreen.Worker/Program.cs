// Does one thing to the books named by EVERGREEN_DATABASE, so that a test can kill it while it does.
// It says "ready" when everything is loaded, waits for a line, does its work and says how it went.
using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.Access.Apps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Application.Patronage;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Worker;
using Microsoft.Data.Sqlite;

if (args is ["till", var queue, var address, var client, var secret]) return await TillWork.Send(queue, address, client, secret);
var books = new Books(DatabaseAddress.Find(null).Value, StoppedClock.February2026);
books.Read(db => db.CoOps.Count());
Tracing.Allow();
Console.WriteLine("ready");
Console.ReadLine();
Console.WriteLine(args switch
{
    ["post", var run] => Said(new PostDividend(books).Run(new(null, run, "bea"))),
    ["post-until", var run, var point] => PostUntil(run, int.Parse(point, null)),
    ["migrate"] => $"done {Migrator.Run(books.Address).Applied.Count} migrations",
    ["rotate"] => Said(new RotateConnectKeys(books, new SealingKeys(() => KeyFile.Of(books.Address))).Run("bea")),
    ["post-many", var run, var times] => Many(run, int.Parse(times, null)),
    ["reverse", var run] => Said(new ReverseDividend(books).Run(new(null, run, "bea", "killed on purpose"))),
    ["import", var path] => Said(new ImportHours(books).Run(new(null, ImportFile.At(path), "bea") { DespiteTotals = true })),
    ["statements", var run, var folder] => Said(new IssueStatements(books).Run(new(null, run, "bea", folder))),
    ["undo"] => Undo(),
    ["jobs", var lease] => Jobs(int.Parse(lease, null)),
    _ => throw new ArgumentException($"Not known: {string.Join(' ', args)}"),
});
// The last connection to close writes the log into the database file: that is part of the work.
SqliteConnection.ClearAllPools();
return 0;

static string Said<T>(Evergreen.Domain.Arithmetic.Outcome<T> outcome) => outcome.IsRefused ? $"refused {outcome.Refusal!.Code}: {outcome.Refusal.Sentence}" : $"done {outcome.Value}";

// Posts and dies at one point of it, before or after a command; zero for none, and then it says how many there are.
string PostUntil(string run, int point)
{
    var death = new DeathAtCommand(point);
    var said = Said(new PostDividend(new Books(books.Address, books.Clock, null, death, death.OfTransactions)).Run(new(null, run, "bea")));
    return $"{death.Points} {said}";
}

// As many threads as posts, each with books of its own, as if each were a request.
string Many(string run, int times)
{
    var said = new string[times];
    var threads = Enumerable.Range(0, times).Select(i => new Thread(() =>
    {
        try
        {
            var outcome = new PostDividend(new Books(books.Address, books.Clock)).Run(new(null, run, "bea"));
            said[i] = outcome.IsRefused ? outcome.Refusal!.Code : outcome.Value.AlreadyThere ? "already" : "posted";
        }
        catch (Exception fault)
        {
            said[i] = fault.Message.ReplaceLineEndings(" ");
        }
    })).ToList();
    threads.ForEach(thread => thread.Start());
    threads.ForEach(thread => thread.Join());
    return string.Join('|', said);
}

// The job that waits: an import is taken back.
string Undo()
{
    var worker = new WorkOnJobs(books, new JobKinds(ImportJobs.Kinds), JobFiles.Of(books.Address), new($"worker {Environment.ProcessId}", TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(50)));
    var result = worker.RunNext(CancellationToken.None);
    return $"{(result.Ending == WorkOnJobs.Ending.Done ? "done" : "refused")} {result.Ending} {result.Fault}";
}

// Does the jobs that come, with the clock of the machine, until standard input ends, and says how each ended.
string Jobs(int leaseMilliseconds)
{
    var real = new Books(books.Address, TimeProvider.System);
    var work = new WorkOnJobs(real, new JobKinds([MailingWork.Kind()]), JobFiles.Of(books.Address), new($"worker {Environment.ProcessId}", TimeSpan.FromMilliseconds(leaseMilliseconds), TimeSpan.FromMilliseconds(50)));
    var ended = Task.Run(() => Console.In.ReadToEnd());
    while (!ended.IsCompleted)
    {
        var result = work.RunNext(CancellationToken.None);
        if (result.Ending == WorkOnJobs.Ending.Idle) Thread.Sleep(10);
        else Console.WriteLine($"job {result.Job!.Id} {result.Ending}");
    }
    return "done";
}

using System.CommandLine;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli;

/// <summary>From the options that every command takes to the books and the person, and from a verb's outcome to an exit code.</summary>
internal sealed class Door(ParseResult parse)
{
    public string? CoOp => parse.GetValue(GlobalOptions.CoOp);
    public bool DryRun => parse.GetValue(GlobalOptions.DryRun);
    public bool Json => parse.GetValue(GlobalOptions.Json);

    /// <summary>Runs a verb that changes nothing.</summary>
    public int Read<T>(Func<Books, Outcome<T>> verb, Func<T, Reply> say)
    {
        var books = Books();
        return books.IsRefused ? Refuse(books.Refusal!) : Answer(verb(books.Value), say);
    }

    /// <summary>Runs a verb that writes, in the name of a person.</summary>
    /// <param name="mayFound">Whether a SQLite file that is not there yet is made first.</param>
    public int Write<T>(Func<Books, string, Outcome<T>> verb, Func<T, Reply> say, bool mayFound = false)
    {
        var person = Person();
        if (person.IsRefused) return Refuse(person.Refusal!);
        var books = Books(mayFound);
        return books.IsRefused ? Refuse(books.Refusal!) : Answer(verb(books.Value, person.Value), say);
    }

    /// <summary>Answers with what is at hand, without any books.</summary>
    public int Answer<T>(Outcome<T> outcome, Func<T, Reply> say)
    {
        if (outcome.IsRefused) return Refuse(outcome.Refusal!);
        var reply = say(outcome.Value);
        if (Json)
        {
            Console.Out.WriteLine(JsonText.Write(reply.Document, DryRun));
        }
        else
        {
            var screen = new Screen();
            reply.Show(screen);
            if (DryRun) screen.Line("Dry run: nothing was kept.");
        }
        return reply.Against is { } against ? Refuse(against) : ExitCode.Done;
    }

    public int Refuse(Refusal refusal)
    {
        Complaint.Say(refusal.Code, refusal.Sentence, Json);
        return ExitCode.Refused;
    }

    public Outcome<DatabaseAddress> Address() => ChosenBooks.Here.Find(parse.GetValue(GlobalOptions.Database));

    public Outcome<string> Person()
    {
        var person = parse.GetValue(GlobalOptions.Person) ?? Environment.GetEnvironmentVariable(GlobalOptions.PersonVariable);
        return string.IsNullOrWhiteSpace(person) ? Refusals.PersonMissing() : person.Trim();
    }

    private Outcome<Books> Books(bool mayFound = false)
    {
        var address = Address();
        if (address.IsRefused) return address.Refusal!;
        // A dry run leaves no file behind either.
        if (mayFound && !DryRun && address.Value.Path is { } path && !File.Exists(path)) Migrator.Run(address.Value);
        Migrator.Require(address.Value);
        return new Books(address.Value, TimeProvider.System);
    }
}

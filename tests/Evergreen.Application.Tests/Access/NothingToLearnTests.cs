using System.Data.Common;
using System.Diagnostics;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Access;

/// <summary>Neither the answer nor its time tells who has an account.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class NothingToLearnTests(TestDatabase databases)
{
    private Office office = null!;

    [SetUp]
    public void Open() => office = new Office(databases);

    [TearDown]
    public void Close() => office.Dispose();

    /// <summary>Writes down every statement that a verb sends to the database.</summary>
    private sealed class Listener : DbCommandInterceptor
    {
        public List<string> Heard { get; } = [];

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            Heard.Add(command.CommandText);
            return result;
        }

        public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
        {
            Heard.Add(command.CommandText);
            return result;
        }
    }

    [Test]
    public void AskingForALinkSendsTheSameStatementsForEveryAddress()
    {
        Assert.That(Statements(Office.Mail), Is.Not.Empty.And.EqualTo(Statements("nobody@laundry.example")));

        List<string> Statements(string mail)
        {
            var listener = new Listener();
            var books = new Books(office.Database.Address, office.Database.Clock, null, listener);
            Assert.That(new AskForMailLink(books).Run(new(MailLinkKind.SignIn, mail, Office.From)).IsRefused, Is.False);
            return listener.Heard;
        }
    }

    [Test]
    public void WrongPasswordSendsTheSameStatementsAndIsHashedForEveryAddress()
    {
        Assert.That(Statements(Office.Mail), Is.Not.Empty.And.EqualTo(Statements("nobody@laundry.example")));
        // Where there is no account the same hash is worked out: an answer that skipped it would come a thousand times as fast.
        var (hash, known, unknown) = (PasswordHash.Of(Office.Password), long.MaxValue, long.MaxValue);
        for (var i = 0; i < 3; i++)
        {
            known = Math.Min(known, Ticks(hash));
            unknown = Math.Min(unknown, Ticks(null));
        }
        Assert.That(unknown, Is.GreaterThan(known / 4));

        List<string> Statements(string mail)
        {
            var listener = new Listener();
            var books = new Books(office.Database.Address, office.Database.Clock, null, listener);
            Assert.That(new EnterWithPassword(books, office.Mode).Run(new(mail, "not the password at all", Office.From)).Refusal!.Code, Is.EqualTo("sign-in-failed"));
            return listener.Heard;
        }

        static long Ticks(string? hash)
        {
            var begin = Stopwatch.GetTimestamp();
            Assert.That(PasswordHash.Matches(hash, "not the password at all"), Is.False);
            return Stopwatch.GetTimestamp() - begin;
        }
    }
}

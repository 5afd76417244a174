using System.Text;
using Evergreen.Application.Access;
using Evergreen.Application.Dividends;
using Evergreen.Application.Members;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Statements;

/// <summary>A bakery whose dividend was paid and whose statements were issued in 2026, in the January after; its members have addresses and tax numbers.</summary>
internal sealed class FilingBakery : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("evergreen-filing-").FullName;

    public FilingBakery(OpenTestDatabase database, IReadOnlyList<long> hours, string policy = Bakery.Policy, string net = "123456.78", IReadOnlyList<int>? withoutNumber = null)
    {
        Database = database;
        Keys = new KeyFile(Path.Combine(folder, "books.keys"));
        Keys.Create(new DateOnly(2026, 1, 1));
        Bakery = Bakery.In(database, hours, net: net);
        for (var member = 1; member <= hours.Count; member++)
        {
            if (withoutNumber?.Contains(member) == true) Number(member, null, null);
            else Number(member, "SSN", NumberOf(member));
        }
        Change(set => set.SetProperty(member => member.AddressLine1, "1 Oak St.").SetProperty(member => member.City, "Galesburg").SetProperty(member => member.Region, "IL").SetProperty(member => member.PostalCode, "61401"));
        ChangeCoOp(set => set.SetProperty(coOp => coOp.Address, "1 Mill Street\nGalesburg, IL 61401").SetProperty(coOp => coOp.ContactPhone, "+1 309 555 0100"));
        Bakery.UpToApproval(policy);
        Bakery.Post();
        Assert.That(new PayDividend(Books).Run(new(null, Bakery.Run, "bea", "ACH 7")).Refusal, Is.Null);
        Assert.That(new IssueStatements(Books).Run(new(null, Bakery.Run, "bea", Path.Combine(folder, "statements"))).Refusal, Is.Null);
        database.Clock.Advance(TimeSpan.FromDays(366));
    }

    public OpenTestDatabase Database { get; }
    public Books Books => Database.Books;
    public Bakery Bakery { get; }
    public KeyFile Keys { get; }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static string NumberOf(int member) => $"90070{member:0000}";

    /// <summary>Gives a member, counted from 1, a tax number, or takes it away.</summary>
    public void Number(int member, string? type, string? number) => Assert.That(new ChangeTaxId(Books, Keys).Run(new(null, $"{member:0000}", type, number, "ann")).Refusal, Is.Null);

    public void Change(Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<Member>> set, int? member = null)
    {
        var number = $"{member:0000}";
        Books.Write<int>(false, db => db.Members.Where(one => member == null || one.Number == number).ExecuteUpdate(set));
    }

    public void ChangeCoOp(Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<CoOp>> set) => Books.Write<int>(false, db => db.CoOps.ExecuteUpdate(set));

    public ReleaseTaxForms.Result Release() => new ReleaseTaxForms(Books).Run(new(null, 2026, "12-3456789", "bea", "https://bakery.example/my/bakery/statements")).Value;

    public Outcome<WriteTaxFiling.Result> File(byte[]? template = null, int? size = null, bool withoutNumbers = false, bool dryRun = false) => new WriteTaxFiling(Books, Keys).Run(new(null, 2026, "bea", template, size, withoutNumbers, dryRun));
    public Outcome<MarkTaxFilingSent.Result> Sent(int? filing = null, params string[] receipts) => new MarkTaxFilingSent(Books).Run(new(null, 2026, receipts, "bea", filing));
    public ListTaxFilings.Result Filings => new ListTaxFilings(Books).Run(null, 2026).Value;
    public IReadOnlyList<string> Findings => new CheckBooks(Books).Run(new CheckBooks.Request()).Value.Findings;

    /// <summary>Box 1 of each member by the run's own worksheet, in the order of their numbers.</summary>
    public List<Money> Dividends => Books.Read(db => (from row in db.Allocations join member in db.Members on row.MemberId equals member.Id orderby member.Number select row.DividendCents).ToList()).ConvertAll(cents => new Money(cents));

    /// <summary>Reads a file by its header, sign by sign and without any code of the house.</summary>
    public static List<Dictionary<string, string>> Rows(byte[] file)
    {
        var (rows, row, field, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        foreach (var sign in Encoding.UTF8.GetString(file))
        {
            if (sign == '"') quoted = !quoted;
            else if (quoted || sign is not (',' or '\r' or '\n')) field.Append(sign);
            else if (sign != '\r')
            {
                row.Add(field.ToString());
                field.Clear();
                if (sign == ',') continue;
                rows.Add(row);
                row = [];
            }
        }
        Assert.That((row.Count, field.Length, rows.TrueForAll(one => one.Count == rows[0].Count)), Is.EqualTo((0, 0, true)), "every row is whole");
        return [.. rows.Skip(1).Select(cells => rows[0].Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second, StringComparer.Ordinal))];
    }

    public static Money Sum(IEnumerable<byte[]> files, string column) => files.SelectMany(Rows).Select(row => row[column]).Where(said => said.Length > 0).Sum(Money.Parse);
}

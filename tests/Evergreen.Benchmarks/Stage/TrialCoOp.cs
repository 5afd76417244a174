using System.Globalization;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Periods;
using Evergreen.Application.Storage;
using Evergreen.Benchmarks.Workload;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;

namespace Evergreen.Benchmarks.Stage;

/// <summary>A grocery with its register, ready for a year of purchases; and beside it a small one, on which each part warms up before it is timed.</summary>
internal sealed record TrialCoOp(string Code, int Members, int LinesEach)
{
    public const string Run = "2025-1";
    private const int WarmMembers = 300, WarmLines = 10;
    private const long NetCentsEach = 50_00;

    public static TrialCoOp Grocery(int members, int linesEach) => new("grocery", members, linesEach);
    public static TrialCoOp Warm { get; } = new("warm", WarmMembers, WarmLines);

    public TillJournal Journal => new(Members, LinesEach);
    public long NetCents => Members * NetCentsEach;

    /// <summary>30 % to the reserve; the net is such that both parts are whole cents.</summary>
    public long ToMembersCents => NetCents / 10 * 7;

    public string PurchasesPath(string folder) => Path.Combine(folder, $"purchases-{Code}-{Members}-{LinesEach}.csv");

    /// <summary>Co-op, register with its dated facts, and what the rows of purchases refer to.</summary>
    public void Found(Books books)
    {
        var coOp = new CreateCoOp(books).Run(new CreateCoOp.Request(Code, $"The {Code} co-op", "US", "USD", 12, TaxRegime.SubchapterT, "ann")
        {
            Address = "12 Mill Lane\nOldtown, OR 97200", ContactName = "Ann Baker", ContactEmail = "ann@example.org", ContactPhone = "555 0100",
        }).Value;
        books.Write<int>(false, db =>
        {
            var kind = new MemberClass { CoOpId = coOp.Id, Code = "customer", Name = "Customers" };
            db.Add(kind);
            db.SaveChanges();
            BulkWriter.Insert(db, Enumerable.Range(1, Members).Select(n => new Member
            {
                CoOpId = coOp.Id, Number = n.ToString(CultureInfo.InvariantCulture), Kind = MemberKind.Person, Name = $"Member M{n:0000000}", AddressLine1 = $"{n} Hill Road", City = "Oldtown", Region = "OR", PostalCode = "97200",
                Country = "US", TaxIdType = "SSN", TaxIdSealed = "sealed", TaxIdLastFour = "0000",
            }));
            var ids = db.Members.Where(member => member.CoOpId == coOp.Id).OrderBy(member => member.Id).Select(member => member.Id).ToList();
            BulkWriter.Insert(db, ids.Select((id, i) => new StatusChange { CoOpId = coOp.Id, MemberId = id, On = Joined(i + 1), Status = MemberStatus.Active, RecordedAt = books.Now }));
            BulkWriter.Insert(db, ids.Select((id, i) => new ClassChange { CoOpId = coOp.Id, MemberId = id, On = Joined(i + 1), ClassId = kind.Id, Entered = true, RecordedAt = books.Now }));
            BulkWriter.Insert(db, ids.Select((id, i) => new ConsentFact { CoOpId = coOp.Id, MemberId = id, Kind = ConsentKind.Bylaw, On = Joined(i + 1), RecordedAt = books.Now }));
            return ids.Count;
        }).Require();
    }

    /// <summary>The year's figures and the policy.</summary>
    public void CloseYear(Books books, string folder)
    {
        var figures = Path.Combine(folder, $"surplus-{Code}-{Environment.ProcessId}.csv");
        File.WriteAllText(figures, $"line,amount,sourced,pool,reason\r\nResult of the year,{NetCents / 100}.00,patronage,,\r\n");
        new CloseFiscalYear(books).Run(new CloseFiscalYear.Request(Code, TillJournal.Year, figures, "ann")).Require();
        File.Delete(figures);
        new AdoptPolicy(books).Run(new AdoptPolicy.Request(Code, TillJournal.Year, """
            { "netIncomeBasis": "book", "memberRatio": "records", "collectiveReserve": "30%",
              "pools": [ { "code": "shop", "name": "Purchases", "net": "100%", "unit": [ { "measure": "purchases" } ], "cash": "20%", "notice": "qualified" } ] }
            """, "board")).Require();
    }

    private static DateOnly Joined(int member) => new(2000 + member % 25, 1 + member % 12, 1 + member % 28);
}

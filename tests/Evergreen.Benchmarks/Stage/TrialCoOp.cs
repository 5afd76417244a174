using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Periods;
using Evergreen.Application.Storage;
using Evergreen.Benchmarks.Workload;
using Evergreen.Domain.CoOps;

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

    /// <summary>The co-op, and its register through the importer.</summary>
    public void Found(Books books, string folder)
    {
        new CreateCoOp(books).Run(new CreateCoOp.Request(Code, $"The {Code} co-op", "US", "USD", 12, TaxRegime.SubchapterT, "ann")
        {
            Address = "12 Mill Lane\nOldtown, OR 97200", ContactName = "Ann Baker", ContactEmail = "ann@example.org", ContactPhone = "555 0100",
        }).Require();
        var members = Path.Combine(folder, $"members-{Code}-{Environment.ProcessId}.csv");
        CanonicalMembers.Write(Members, members);
        var report = new ImportMembers(books).Run(new ImportRequest(Code, ImportFile.At(members), "ann") { CreateClasses = true }).Require();
        report.Totals.Accepted.MustBe(Members, "members accepted");
        if (!report.Committed) throw new InvalidOperationException($"The members were not taken in: {report.NotTaken?.Sentence}");
        File.Delete(members);
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
}

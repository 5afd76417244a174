using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Tests.Storage;

/// <summary>A small co-op with its chart, three members and a proposed run, for tests of what the database itself holds.</summary>
internal sealed class Laundry
{
    public required CoOp CoOp { get; init; }
    public required IReadOnlyList<Member> Members { get; init; }

    public static Laundry In(OpenTestDatabase database) => database.Books.Write<Laundry>(dryRun: false, db =>
    {
        var coOp = new CoOp
        {
            Code = "laundry",
            Name = "The Laundry",
            Country = "US",
            Currency = "USD",
            FiscalYearEndMonth = 12,
            Regime = TaxRegime.SubchapterT,
            CreatedAt = database.Books.Now,
        };
        db.Add(coOp);
        db.SaveChanges();
        foreach (var (code, name, kind) in AccountCodes.Chart) db.Add(new Account { CoOpId = coOp.Id, Code = code, Name = name, Kind = kind, Currency = "USD" });
        var members = Enumerable.Range(1, 3).Select(n => new Member { CoOpId = coOp.Id, Number = $"{n:000}", Kind = MemberKind.Person, Name = $"Member {n}" }).ToList();
        db.AddRange(members);
        db.SaveChanges();
        return new Laundry { CoOp = coOp, Members = members };
    }).Value;

    /// <summary>A member's contribution to membership shares; the item makes each one of a kind.</summary>
    public EntryDraft Contribution(long item, long cents = 10_000, DateOnly? on = null) => new(EntryKind.EquityContribution, 1, item, on ?? new DateOnly(2026, 1, 10), "Contribution | in \\ cash", null,
        new EntryLine(AccountCodes.NetAssets, null, null, cents), new EntryLine(AccountCodes.MembershipShares, Members[(int)(item % Members.Count)].Id, 2026, -cents));

    public YearClosing Closing(int year) => new()
    {
        CoOpId = CoOp.Id,
        FiscalYear = year,
        StartsOn = new DateOnly(year, 1, 1),
        EndsOn = new DateOnly(year, 12, 31),
        At = new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc),
        By = "bea",
        NetIncomeCents = 100_00,
        FiguresSha256 = new string('0', 64),
    };

    /// <summary>The year closed, a policy, and a run whose one pool gives 60.00 and 40.00.</summary>
    /// <returns>The run's id.</returns>
    public int Propose(EvergreenDb db, int year = 2025, int number = 1, long residueCents = 0)
    {
        if (db.YearClosings.Find(CoOp.Id, year) is null) db.Add(Closing(year));
        var at = new DateTime(2026, 1, 3, 0, 0, 0, DateTimeKind.Utc);
        var policy = new PolicyVersion { CoOpId = CoOp.Id, FiscalYear = year, Version = number, Json = "{}", Sha256 = new string('1', 64), At = at, By = "bea" };
        db.Add(policy);
        db.SaveChanges();
        var run = new DividendRun
        {
            CoOpId = CoOp.Id,
            FiscalYear = year,
            Number = number,
            PolicyVersionId = policy.Id,
            CalculatedAt = at,
            CalculatedBy = "bea",
            InputsSha256 = new string('2', 64),
            ResultSha256 = new string('3', 64),
            NetIncomeCents = 100_00,
            AllocatedCents = 100_00,
            CashCents = 20_00,
            MembersAllocated = 2,
            WorkingJson = "{}",
        };
        db.Add(run);
        db.SaveChanges();
        db.Add(new RunPool { RunId = run.Id, PoolNo = 1, Code = "labour", Name = "Labour", Unit = "hours", TotalUnits = "100", UnitsScale = "1", AmountCents = 100_00, LeftoverCents = 0, ResidueCents = residueCents });
        db.SaveChanges();
        BulkWriter.Insert(db, [Part(run.Id, 0, 60_00, 12_00), Part(run.Id, 1, 40_00, 8_00)]);
        return run.Id;
    }

    public Allocation Part(int runId, int member, long cents, long cashCents) => new()
    {
        RunId = runId,
        PoolNo = 1,
        MemberId = Members[member].Id,
        Units = "1",
        FloorCents = cents,
        ExtraCent = 0,
        DividendCents = cents,
        CashCents = cashCents,
        QualifiedCents = cents - cashCents,
        NonqualifiedCents = 0,
        CapitalCents = 0,
        WithheldCents = 0,
        Treatment = CashTreatment.Paid,
    };
}

using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Periods;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;

namespace Evergreen.Application.Tests.Dividends;

/// <summary>A bakery owned by its workers, ready for a year end: members with hours of 2025, opening capital, figures and a policy. Everything but the verbs under test is put in place directly.</summary>
internal sealed class Bakery
{
    public const string Run = "2025-1";
    private readonly Books books;

    private Bakery(Books books, CoOp coOp, IReadOnlyList<Member> members) => (this.books, CoOp, Members) = (books, coOp, members);

    public CoOp CoOp { get; }
    public IReadOnlyList<Member> Members { get; }

    /// <summary>The hours of the sheet 'hand-worker-largest-remainder': 2,080 · 2,080 · 1,950.50 · 1,820.25 · 1,040 · 777.75 · 251.50, and 2,500 of non-members.</summary>
    public static readonly long[] SevenWorkers = [208000, 208000, 195050, 182025, 104000, 77775, 25150];

    public static Bakery In(OpenTestDatabase database, IReadOnlyList<long> hoursOfMembers, string code = "bakery", string net = "123456.78", long otherHours = 250000, TaxRegime regime = TaxRegime.SubchapterT) => In(database.Books, hoursOfMembers, code, net, otherHours, regime);

    public static Bakery In(Books books, IReadOnlyList<long> hoursOfMembers, string code = "bakery", string net = "123456.78", long otherHours = 250000, TaxRegime regime = TaxRegime.SubchapterT)
    {
        var coOp = new CreateCoOp(books).Run(new CreateCoOp.Request(code, "The Bakery", regime == TaxRegime.SubchapterT ? "US" : "GB", regime == TaxRegime.SubchapterT ? "USD" : "GBP", 12, regime, "ann") { ContactName = "Ann" }).Value;
        var members = books.Write<IReadOnlyList<Member>>(false, db =>
        {
            var joined = new DateOnly(2020, 1, 1);
            var made = hoursOfMembers.Select((_, i) => new Member { CoOpId = coOp.Id, Number = $"{i + 1:0000}", Kind = MemberKind.Person, Name = $"Worker {i + 1}", JoinedOn = joined, TaxIdSealed = "sealed", TaxIdLastFour = "0000" }).ToList();
            db.AddRange(made);
            var workers = new MemberClass { CoOpId = coOp.Id, Code = "worker", Name = "Workers" };
            var kind = new PatronageCategory { CoOpId = coOp.Id, Measure = Measure.Hours, Code = "regular" };
            var source = new ImportSource { CoOpId = coOp.Id, Kind = ImportKind.Hours, Name = "payroll" };
            db.AddRange(workers, kind, source);
            db.SaveChanges();
            var import = new ImportBatch
            {
                CoOpId = coOp.Id, Kind = ImportKind.Hours, Number = 1, SourceId = source.Id, FileName = "hours.csv", Sha256 = new string('a', 64), Profile = "canonical", At = books.Now, By = "ann",
                Accepted = made.Count, Rejected = 0, Held = 0, Skipped = 0, Blank = 0, TotalsJson = "{}",
            };
            db.Add(import);
            db.SaveChanges();
            BulkWriter.Insert(db, made.Select(member => new StatusChange { CoOpId = coOp.Id, MemberId = member.Id, On = joined, Status = MemberStatus.Active, RecordedAt = books.Now }));
            BulkWriter.Insert(db, made.Select(member => new ClassChange { CoOpId = coOp.Id, MemberId = member.Id, On = joined, ClassId = workers.Id, Entered = true, RecordedAt = books.Now }));
            BulkWriter.Insert(db, made.Select(member => new ConsentFact { CoOpId = coOp.Id, MemberId = member.Id, Kind = ConsentKind.Bylaw, On = joined, RecordedAt = books.Now }));
            var on = new DateOnly(2025, 6, 30);
            BulkWriter.Insert(db, made.Select((member, i) => new HoursWorked { SourceId = source.Id, SourceRef = $"h{i}", CoOpId = coOp.Id, MemberId = member.Id, On = on, HoursHundredths = hoursOfMembers[i], CategoryId = kind.Id, ImportId = import.Id, Row = i + 2 }));
            if (otherHours > 0) BulkWriter.Insert(db, [new HoursWorked { SourceId = source.Id, SourceRef = "temps", CoOpId = coOp.Id, MemberId = null, On = on, HoursHundredths = otherHours, CategoryId = kind.Id, ImportId = import.Id, Row = made.Count + 2 }]);
            BulkWriter.Insert(db, made.Select((member, i) => Total(member.Id, hoursOfMembers[i])).Concat(otherHours > 0 ? [Total(0, otherHours)] : []));
            LedgerGuard.Append(db, coOp, made.Select((member, i) => new EntryDraft(EntryKind.EquityContribution, import.Id, i + 1, new DateOnly(2025, 1, 2), "Opening balance", null,
                new EntryLine(AccountCodes.NetAssets, null, null, 150_00), new EntryLine(AccountCodes.MembershipShares, member.Id, null, -100_00), new EntryLine(AccountCodes.QualifiedNotices, member.Id, 2024, -50_00))), books.Now);
            return made;

            PatronageTotal Total(int member, long hours) => new() { CoOpId = coOp.Id, FiscalYear = 2025, MemberId = member, Measure = Measure.Hours, CategoryId = kind.Id, Eligibility = RowEligibility.ByDepartment, Quantity = hours, Rows = 1 };
        }).Value;
        var bakery = new Bakery(books, coOp, members);
        bakery.CloseYear(net);
        return bakery;
    }

    public const string Policy = """
        { "netIncomeBasis": "book", "memberRatio": "records", "collectiveReserve": "30%",
          "pools": [ { "code": "labour", "name": "Labour", "net": "100%", "unit": [ { "measure": "hours" } ], "cash": "20%", "notice": "qualified" } ],
          "losses": { "steps": [ "reserve", "member-accounts", "carry-forward" ] } }
        """;

    public void CloseYear(string net, int year = 2025)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $"line,amount,sourced,pool,reason\r\nResult of the year,{net},patronage,,\r\n");
            Value(new CloseFiscalYear(books).Run(new CloseFiscalYear.Request(CoOp.Code, year, file, "ann")));
        }
        finally
        {
            File.Delete(file);
        }
    }

    public void Adopt(string policy = Policy, int year = 2025) => Value(new AdoptPolicy(books).Run(new AdoptPolicy.Request(CoOp.Code, year, policy, "board")));
    public CalculateDividend.Result Calculate(int year = 2025) => Value(new CalculateDividend(books).Run(new CalculateDividend.Request(CoOp.Code, year, "ann")));
    public void Approve(string run = Run) => Value(new ApproveDividend(books).Run(new ApproveDividend.Request(CoOp.Code, run, "bea", "2026/1")));
    public PostDividend.Result Post(string run = Run) => Value(new PostDividend(books).Run(new PostDividend.Request(CoOp.Code, run, "bea")));

    /// <summary>One purchase of 2025 for each member, with its total as an import would keep it.</summary>
    public Bakery WithPurchases(params long[] cents)
    {
        Value(books.Write<int>(false, db =>
        {
            var import = db.Imports.First(one => one.CoOpId == CoOp.Id);
            var shop = new PatronageCategory { CoOpId = CoOp.Id, Measure = Measure.Purchases, Code = "bread" };
            db.Add(shop);
            db.SaveChanges();
            BulkWriter.Insert(db, Members.Select((member, i) => new Purchase { SourceId = import.SourceId, SourceRef = $"p{i}", CoOpId = CoOp.Id, MemberId = member.Id, On = new DateOnly(2025, 5, 1), AmountCents = cents[i], CategoryId = shop.Id, Eligibility = RowEligibility.ByDepartment, ImportId = import.Id, Row = i + 2 }));
            BulkWriter.Insert(db, Members.Select((member, i) => new PatronageTotal { CoOpId = CoOp.Id, FiscalYear = 2025, MemberId = member.Id, Measure = Measure.Purchases, CategoryId = shop.Id, Eligibility = RowEligibility.ByDepartment, Quantity = cents[i], Rows = 1 }));
            return 1;
        }));
        return this;
    }

    /// <summary>Adopted, calculated and approved.</summary>
    public Bakery UpToApproval(string policy = Policy)
    {
        Adopt(policy);
        Calculate();
        Approve();
        return this;
    }

    private static T Value<T>(Outcome<T> outcome) => outcome.Value;
}

using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Periods;

namespace Evergreen.Domain.Tests.Dividends;

/// <summary>A co-op of a few members, for tests that work a year out by hand. Members are numbered 1, 2, 3 … and that is their id.</summary>
internal static class SmallCoOp
{
    public static readonly FiscalYear Year = FiscalYear.Ending(2026, 12, 31);

    public static PoolPolicy HoursPool(string cash = "20%", NoticeKind notice = NoticeKind.Qualified) => new()
    {
        Code = "labour", Name = "Labour", NetShare = Ratio.One, Unit = [new UnitPart(Measure.Hours, Ratio.One)], Cash = Ratio.Parse(cash), Notice = notice,
    };

    public static DividendPolicy Policy(params PoolPolicy[] pools) => new() { NetIncomeBasis = NetIncomeBasis.Book, CollectiveReserve = Ratio.Zero, Pools = pools };

    public static MemberFacts Member(int id) => new(id, id.ToString()) { Status = MemberStatus.Active, JoinedOn = new DateOnly(2020, 1, 1), Consent = ConsentCover.Since(Year.StartsOn, Year), HasTaxId = true };

    public static SurplusLine Line(int no, string amount, bool fromPatronage = true, string? pool = null) =>
        new() { CoOpId = 1, FiscalYear = Year.Year, No = no, Line = $"Line {no}", AmountCents = Money.Parse(amount).Cents, FromPatronage = fromPatronage, Pool = pool };

    public static PatronageSum Hours(int member, string hours) => new(member, Measure.Hours, null, RowEligibility.ByDepartment, Money.Parse(hours).Cents);
    public static PatronageSum Purchases(int member, string amount, string? department = null) => new(member, Measure.Purchases, department, RowEligibility.ByDepartment, Money.Parse(amount).Cents);

    public static CalculationInputs Inputs(DividendPolicy policy, string net, IReadOnlyList<MemberFacts> members, params PatronageSum[] patronage) => new()
    {
        Regime = TaxRegime.SubchapterT, Year = Year, Policy = policy, PolicySha256 = "policy", Figures = [Line(1, net)], Members = members, Patronage = patronage,
    };

    public static DividendProposal Run(CalculationInputs inputs)
    {
        var outcome = DividendCalculation.Run(inputs);
        Assert.That(outcome.Refusal, Is.Null);
        return outcome.Value;
    }

    public static string[] Dividends(this ProposedPool pool) => [.. pool.Rows.Select(row => row.Dividend.ToString())];
}

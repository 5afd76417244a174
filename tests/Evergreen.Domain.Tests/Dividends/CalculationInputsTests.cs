using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Periods;
using static Evergreen.Domain.Tests.Dividends.SmallCoOp;

namespace Evergreen.Domain.Tests.Dividends;

public sealed class CalculationInputsTests
{
    private static readonly CalculationInputs Example = Inputs(Policy(HoursPool()), "100.00",
        [Member(1) with { Classes = ["worker"], Lots = [new CapitalLot(AccountCodes.QualifiedNotices, 2020, new Money(5))] }, Member(2)], Hours(1, "40.00"), Purchases(2, "7.00", "grocery"));

    private static CalculationInputs WithMember(Func<MemberFacts, MemberFacts> change) => Example with { Members = [change(Example.Members[0]), Example.Members[1]] };

    [Test]
    public void EveryInputIsPartOfTheHash()
    {
        var sum = Example.Patronage[1];
        CalculationInputs[] changed =
        [
            Example, Example with { Regime = TaxRegime.UkRegisteredSociety }, Example with { Year = FiscalYear.Ending(2025, 12, 31) }, Example with { PolicySha256 = "other" }, Example with { CollectiveReserve = new Money(1) },
            Example with { LossesCarriedForward = new Money(1) }, Example with { Figures = [Line(1, "100.01")] }, Example with { Figures = [Line(1, "100.00", fromPatronage: false)] }, Example with { Figures = [Line(1, "100.00", pool: "labour")] }, Example with { Figures = [Line(1, "100.00", pool: "")] },
            WithMember(one => one with { Status = MemberStatus.Left }), WithMember(one => one with { Status = null }), WithMember(one => one with { JoinedOn = null }), WithMember(one => one with { Classes = [] }), WithMember(one => one with { Consent = ConsentCover.None }),
            WithMember(one => one with { HasTaxId = false }), WithMember(one => one with { OwnerId = 2 }), WithMember(one => one with { MembershipShare = new Money(1) }), WithMember(one => one with { RolledForward = new Money(1) }), WithMember(one => one with { ShareCentDays = 1 }),
            WithMember(one => one with { Lots = [] }), WithMember(one => one with { Lots = [one.Lots[0] with { Balance = new Money(6) }] }), WithMember(one => one with { Number = "01" }),
            Example with { Patronage = [Example.Patronage[0]] }, Example with { OutsideConsent = [sum] }, Example with { Patronage = [Example.Patronage[0], sum with { Category = null }] }, Example with { Patronage = [Example.Patronage[0], sum with { Category = "" }] },
            Example with { Patronage = [Example.Patronage[0], sum with { Measure = Measure.Wages }] }, Example with { Patronage = [Example.Patronage[0], sum with { Eligibility = RowEligibility.Eligible }] }, Example with { Patronage = [Example.Patronage[0], sum with { Quantity = 1 }] },
        ];
        Assert.That(changed.Select(inputs => inputs.Sha256()), Is.Unique);
    }

    [Test]
    public void TextsCannotPassForTheMarksBetweenFields()
    {
        static CalculationInputs Named(string line, string? pool) => Example with { Figures = [new SurplusLine { CoOpId = 1, FiscalYear = 2026, No = 1, Line = line, AmountCents = 1, FromPatronage = true, Pool = pool }] };
        Assert.That(new[] { Named("a|1|True|x", "y"), Named("a", "1|True|x|y"), Named("a\n", null), Named("a\\n", null), Named("a", "\\0"), Named("a", null) }.Select(inputs => inputs.Sha256()), Is.Unique);
        Assert.That(WithMember(one => one with { Classes = ["a;b"] }).Sha256(), Is.Not.EqualTo(WithMember(one => one with { Classes = ["a", "b"] }).Sha256()));
    }
}

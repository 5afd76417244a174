using System.Text.Json;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Periods;

namespace Evergreen.Domain.Tests.Independent;

/// <summary>Hands a plain year to the calculation, its policy through the document that boards adopt.</summary>
internal static class Translation
{
    public static CalculationInputs ToInputs(this PlainYear year)
    {
        var json = ToJson(year);
        var policy = PolicyDocument.Read(json);
        Assert.That(policy.Refusal, Is.Null);
        return new CalculationInputs
        {
            Regime = year.IsUk ? TaxRegime.UkRegisteredSociety : TaxRegime.SubchapterT, Year = FiscalYear.Named(year.EndYear, year.EndMonth), Policy = policy.Value, PolicySha256 = PolicyDocument.Sha256(json),
            Figures = [.. year.Figures.Select((line, i) => new SurplusLine { CoOpId = 1, FiscalYear = year.EndYear, No = i + 1, Line = $"Line {i + 1}", AmountCents = line.Cents, FromPatronage = line.FromPatronage, Pool = line.Pool })],
            Members = [.. year.Members.Select(ToFacts).OrderBy(member => member.Number, MemberNumber.Order)],
            Patronage = [.. year.Patronage.Select(ToSum)], OutsideConsent = [.. year.OutsideConsent.Select(ToSum)],
            CollectiveReserve = new Money(year.ReserveBalance), LossesCarriedForward = new Money(year.LossesCarried),
        };
    }

    private static MemberFacts ToFacts(PlainMember member) => new(member.Id, member.Number.ToString())
    {
        Status = member.Status switch { "active" => MemberStatus.Active, "leave" => MemberStatus.OnLeave, "suspended" => MemberStatus.Suspended, "left" => MemberStatus.Left, "deceased" => MemberStatus.Deceased, _ => null },
        JoinedOn = member.JoinedOn, Classes = member.Classes, Consent = ConsentCover.Of([.. member.Consent.Select(range => new DayRange(range.From, range.To))]), HasTaxId = member.HasTaxId, OwnerId = member.OwnerId, MembershipShare = new Money(member.Share),
        RolledForward = new Money(member.RolledForward), ShareCentDays = member.ShareCentDays,
        Lots = [.. member.Lots.Select(lot => new CapitalLot(lot.Qualified ? AccountCodes.QualifiedNotices : AccountCodes.NonqualifiedNotices, lot.Year, new Money(lot.Cents)))],
    };

    private static PatronageSum ToSum(PlainSum sum) => new(sum.Member, Enum.Parse<Measure>(sum.Measure, ignoreCase: true), sum.Category,
        sum.Says switch { "yes" => RowEligibility.Eligible, "no" => RowEligibility.NotEligible, _ => RowEligibility.ByDepartment }, sum.Quantity);

    private static string ToJson(PlainYear year)
    {
        var document = new Dictionary<string, object>
        {
            ["netIncomeBasis"] = "book", ["memberRatio"] = year.MemberRatio, ["collectiveReserve"] = year.Reserve,
            ["otherFunds"] = year.Funds.Select(fund => new { code = fund.Code, name = fund.Code, share = fund.Share }),
            ["capitalDividends"] = new { amount = new Money(year.CapitalDividends).ToString(), reducePatronageNet = year.CapitalReducesPatronage },
            ["pools"] = year.Pools.Select(ToJson), ["minimumPayment"] = new { amount = new Money(year.Minimum).ToString(), below = year.Below },
            ["losses"] = new { steps = year.LossSteps, offset = new { electedOn = $"{year.EndYear}-12-31", noticeOn = $"{year.EndYear}-09-15" } }, ["rounding"] = year.Rounding,
        };
        if (year.Withholding is not null) document["backupWithholding"] = year.Withholding;
        return JsonSerializer.Serialize(document);
    }

    private static Dictionary<string, object> ToJson(PlainPool pool)
    {
        var document = new Dictionary<string, object> { ["code"] = pool.Code, ["name"] = pool.Code, ["cash"] = pool.InterestRate is null ? pool.Cash : "100%", ["notice"] = pool.Notice };
        if (pool.InterestRate is not null)
        {
            document["kind"] = "share-interest";
            document["rate"] = pool.InterestRate;
            return document;
        }
        if (pool.NetShare is not null) document["net"] = pool.NetShare;
        document["unit"] = pool.Unit.Select(part => new { measure = part.Measure, weight = part.Weight, only = part.Only, except = part.Except });
        document["classes"] = pool.Classes;
        document["eligibility"] = new { activeAtYearEnd = pool.ActiveAtYearEnd, minimumHours = new Money(pool.MinimumHours).ToString(), equityAtLeast = new Money(pool.EquityAtLeast).ToString(), monthsOfMembership = pool.Months };
        document["payThrough"] = pool.ThroughPayroll ? "payroll" : "dividend";
        return document;
    }
}

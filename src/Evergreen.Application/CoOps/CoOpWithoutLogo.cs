using System.Linq.Expressions;
using Evergreen.Domain.CoOps;

namespace Evergreen.Application.CoOps;

/// <summary>Co-ops as nearly every page needs them: all but the logo, which weighs more than everything else a page reads.</summary>
public static class CoOpWithoutLogo
{
    public static IQueryable<CoOp> WithoutLogo(this IQueryable<CoOp> coOps) => coOps.Select(Form);

    /// <summary>Made once: it is long, and asked for with every page.</summary>
    public static readonly Expression<Func<CoOp, CoOp>> Form = coOp => new CoOp
    {
        Id = coOp.Id, Code = coOp.Code, Name = coOp.Name, Country = coOp.Country, Currency = coOp.Currency, FiscalYearEndMonth = coOp.FiscalYearEndMonth, Regime = coOp.Regime, HoursDatedBy = coOp.HoursDatedBy,
        CreatedAt = coOp.CreatedAt, TimeZone = coOp.TimeZone, Address = coOp.Address, ContactName = coOp.ContactName, ContactEmail = coOp.ContactEmail, ContactPhone = coOp.ContactPhone, BrandColour = coOp.BrandColour,
        RedemptionSentence = coOp.RedemptionSentence, RetentionYears = coOp.RetentionYears, SignInByMail = coOp.SignInByMail, BankHoldDays = coOp.BankHoldDays, Language = coOp.Language, IsSample = coOp.IsSample, WithdrawableLimitCents = coOp.WithdrawableLimitCents,
    };
}

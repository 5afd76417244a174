using System.Text.RegularExpressions;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Languages;

namespace Evergreen.Application.CoOps;

/// <summary>Founds a co-op in the database, with its chart of accounts and an empty ledger.</summary>
public sealed partial class CreateCoOp(Books books)
{
    public sealed record Request(string Code, string Name, string Country, string Currency, int FiscalYearEndMonth, TaxRegime Regime, string By)
    {
        public HoursDating HoursDatedBy { get; init; } = HoursDating.PeriodEnd;
        public string? TimeZone { get; init; }

        /// <summary>Tag of the language for members who have none of their own; null for English.</summary>
        public string? Language { get; init; }
        public string Address { get; init; } = "";
        public string ContactName { get; init; } = "";
        public string ContactEmail { get; init; } = "";
        public string ContactPhone { get; init; } = "";
        public string? BrandColour { get; init; }
        public byte[]? LogoPng { get; init; }
        public string RedemptionSentence { get; init; } = "";

        /// <summary>What one person may hold of a society's withdrawable shares by its own rules; null where they say nothing.</summary>
        public Money? ShareLimit { get; init; }
        public bool DryRun { get; init; }
    }

    public Outcome<CoOp> Run(Request request) =>
        Check(request) is { } wrong ? wrong : books.Write(request.DryRun, db => Create(db, request));

    /// <summary>What is wrong with a request whatever the books hold; null when nothing is.</summary>
    public static Refusal? Check(Request request)
    {
        if (!CodeForm().IsMatch(request.Code)) return Refusals.BadCode(request.Code);
        if (!CountryForm().IsMatch(request.Country)) return Refusals.BadValue("Country", request.Country, "Give two capital letters, such as US or GB.");
        if (!CurrencyForm().IsMatch(request.Currency)) return Refusals.BadValue("Currency", request.Currency, "Give USD, GBP, EUR or CAD.");
        if (request.BrandColour is { } colour && ColourFault(colour) is { } colourless) return colourless;
        if (request.FiscalYearEndMonth is < 1 or > 12) return Refusals.BadValue("Fiscal year end", $"month {request.FiscalYearEndMonth}", "Give the last day of a month, such as 06-30.");
        return ZoneFault(request.TimeZone) ?? LanguageFault(request.Language);
    }

    internal static Refusal? LanguageFault(string? language) =>
        string.IsNullOrEmpty(language) || Language.Tongues.Contains(language, StringComparer.Ordinal) ? null : Refusals.BadValue("Language", language, $"Give {string.Join(" or ", Language.Tongues)}.");

    internal static Refusal? ZoneFault(string? zone) => string.IsNullOrEmpty(zone) || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? null : Refusals.TimeZoneUnknown(zone);

    internal static Refusal? ColourFault(string colour) => ColourForm().IsMatch(colour) ? null : Refusals.BadValue("Colour", colour, "Give six hexadecimal digits, such as #1F5F4A.");

    internal static Refusal? ShareLimitFault(CoOp coOp, Money limit, DateOnly today)
    {
        if (coOp.Regime != TaxRegime.UkRegisteredSociety) return Refusals.NotASociety(coOp.Name);
        var most = WithdrawableShares.StatutoryLimit(today) ?? Money.Zero;
        return limit.IsPositive && limit <= most ? null : Refusals.ShareLimitRange(most);
    }

    /// <summary>Founds it within a transaction that does more.</summary>
    internal Outcome<CoOp> Create(EvergreenDb db, Request request)
    {
        if (db.CoOps.Any(other => other.Code == request.Code)) return Refusals.CodeTaken(request.Code);
        var now = books.Now;
        var coOp = new CoOp
        {
            Code = request.Code, Name = request.Name.Trim(), Country = request.Country, Currency = request.Currency, FiscalYearEndMonth = request.FiscalYearEndMonth,
            Regime = request.Regime, HoursDatedBy = request.HoursDatedBy, TimeZone = string.IsNullOrEmpty(request.TimeZone) ? null : request.TimeZone, Language = string.IsNullOrEmpty(request.Language) ? null : request.Language, CreatedAt = now, Address = request.Address, ContactName = request.ContactName,
            ContactEmail = request.ContactEmail, ContactPhone = request.ContactPhone, BrandColour = request.BrandColour ?? "#1F5F4A", LogoPng = request.LogoPng, RedemptionSentence = request.RedemptionSentence,
            WithdrawableLimitCents = request.ShareLimit?.Cents,
        };
        if (request.ShareLimit is { } limit && ShareLimitFault(coOp, limit, books.Today(coOp)) is { } fault) return fault;
        db.CoOps.Add(coOp);
        db.SaveChanges();
        db.Accounts.AddRange(AccountCodes.Chart.Select(account => new Account { CoOpId = coOp.Id, Code = account.Code, Name = account.Name, Kind = account.Kind, Currency = coOp.Currency }));
        db.LedgerHeads.Add(new LedgerHead { CoOpId = coOp.Id, Sequence = 0, RecordedAt = now, Hash = LedgerChain.Genesis });
        AuditTrail.Add(db, coOp.Id, now, request.By, "co-op.create", $"co-op {coOp.Code}");
        db.SaveChanges();
        return coOp;
    }

    [GeneratedRegex("^[a-z0-9](-?[a-z0-9]){0,39}$", RegexOptions.ExplicitCapture, 100)] private static partial Regex CodeForm();
    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.ExplicitCapture, 100)] private static partial Regex CountryForm();
    [GeneratedRegex("^(USD|GBP|EUR|CAD)$", RegexOptions.ExplicitCapture, 100)] private static partial Regex CurrencyForm();
    [GeneratedRegex("^#[0-9A-Fa-f]{6}$", RegexOptions.ExplicitCapture, 100)] private static partial Regex ColourForm();
}

using System.CommandLine;
using System.Globalization;
using Evergreen.Application.CoOps;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;

namespace Evergreen.Cli.CoOps;

/// <summary><c>evergreen co-op create NAME --code …</c></summary>
internal static class CreateCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The co-op's full name, as it stands on statements." };
        var code = Ask.Text("--code", "CODE", "Short name for --co-op: lower-case letters, digits and hyphens.");
        var country = Ask.Text("--country", "COUNTRY", "Two capital letters, such as US or GB.");
        var currency = Ask.Text("--currency", "CURRENCY", "USD, GBP, EUR or CAD.");
        var yearEnd = Ask.Text("--fiscal-year-end", "MM-DD", "The last day of fiscal years, such as 06-30.");
        var regime = Ask.Choice("--regime", "The law of the surplus.", TaxRegime.SubchapterT, ("subchapter-t", TaxRegime.SubchapterT), ("uk-society", TaxRegime.UkRegisteredSociety));
        regime.Required = true;
        regime.DefaultValueFactory = null;
        var hoursDatedBy = Ask.Choice("--hours-dated-by", "Which date of a pay period puts its hours into a year.", HoursDating.PeriodEnd, ("period-end", HoursDating.PeriodEnd), ("paid-on", HoursDating.PaidOn));
        var address = new Option<string[]>("--address") { HelpName = "LINE", Description = "A line of the postal address; give it once for each line." };
        var zone = Ask.MaybeText("--time-zone", "ZONE", "In which its days and years begin, such as America/Chicago; that of the machine without it.");
        var contactName = Ask.MaybeText("--contact-name", "NAME", "Whom members ask.");
        var contactEmail = Ask.MaybeText("--contact-email", "EMAIL", "Where they write.");
        var contactPhone = Ask.MaybeText("--contact-phone", "PHONE", "Where they call.");
        var colour = Ask.MaybeText("--colour", "#RRGGBB", "The co-op's colour on statements.");
        var logo = Ask.MaybeText("--logo", "FILE", "A PNG picture for statements.");
        var redemption = Ask.MaybeText("--redemption", "TEXT", "When and how retained amounts are paid out; printed on statements.");
        var limit = Ask.MaybeAmount("--share-limit", "UK societies: how many withdrawable shares one person may hold by the society's rules, where that is less than the law allows.");
        var command = new Command("create", "Found a co-op with its chart of accounts. A SQLite file that is not there yet is made.")
        {
            name, code, country, currency, yearEnd, regime, hoursDatedBy, zone, address, contactName, contactEmail, contactPhone, colour, logo, redemption, limit,
        };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) =>
            {
                var month = EndMonth(parse.GetRequiredValue(yearEnd));
                if (month.IsRefused) return month.Refusal!;
                Outcome<byte[]> picture = parse.GetValue(logo) is { } path ? Files.ReadBytes(path) : Array.Empty<byte>();
                if (picture.IsRefused) return picture.Refusal!;
                return new CreateCoOp(books).Run(new(parse.GetRequiredValue(code), parse.GetRequiredValue(name), parse.GetRequiredValue(country), parse.GetRequiredValue(currency), month.Value, parse.GetValue(regime), by)
                {
                    HoursDatedBy = parse.GetValue(hoursDatedBy), TimeZone = parse.GetValue(zone), Address = string.Join('\n', parse.GetValue(address) ?? []), ContactName = parse.GetValue(contactName) ?? "", ContactEmail = parse.GetValue(contactEmail) ?? "",
                    ContactPhone = parse.GetValue(contactPhone) ?? "", BrandColour = parse.GetValue(colour), LogoPng = picture.Value is { Length: > 0 } bytes ? bytes : null, RedemptionSentence = parse.GetValue(redemption) ?? "", ShareLimit = parse.GetValue(limit), DryRun = door.DryRun,
                });
            }, Say, mayFound: true);
        });
        return command;
    }

    internal static Outcome<int> EndMonth(string text) =>
        DateOnly.TryParseExact($"2025-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end) && end.AddDays(1).Day == 1 ? end.Month : Refusals.FiscalYearEnd(text);

    private static Reply Say(CoOp coOp) => new(
        new { coOp.Code, coOp.Name, coOp.Country, coOp.Currency, coOp.FiscalYearEndMonth, coOp.Regime, coOp.HoursDatedBy, coOp.TimeZone, ShareLimit = coOp.WithdrawableLimitCents is { } cents ? new Money(cents) : (Money?)null },
        screen => screen.Line($"{coOp.Name} is founded as '{coOp.Code}', with its accounts in {coOp.Currency} and an empty ledger."));
}

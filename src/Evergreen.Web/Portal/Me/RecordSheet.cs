using System.Globalization;
using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Documents.Notices;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Patronage;
using Evergreen.Web.Layout;

namespace Evergreen.Web.Portal.Me;

/// <summary>The record of a person as a paper that can be read, in the person's language.</summary>
public sealed class RecordSheet(PortalWords words, CoOp coOp)
{
    public RecordPaper Of(RecordOfPerson.Content record) => new(record.CoOp, coOp.BrandColour, words["record.title"], words["whose", record.Particulars.Name ?? "", record.Number], words.Day(record.AsOf), record.AsOf, words.Language.Tag,
        [words["record.intro"]], [.. Parts(record)]);

    private IEnumerable<RecordPaper.Part> Parts(RecordOfPerson.Content record)
    {
        var who = record.Particulars;
        yield return Part("record.who",
        [
            Line(words["record.number"], record.Number), Line(words["field.name"], who.Name), Line(words["details.line1"], Joined(who.AddressLine1, who.AddressLine2, who.City, who.Region, who.PostalCode, who.Country)), Line(words["field.email"], who.Email),
            Line(words["field.phone"], who.Phone), Line(words["field.language"], who.Language), Line(words["record.tax"], record.TaxNumber), Line(words["bank.title"], Joined(Way(record.BankScheme), record.BankRouting, record.BankAccount)),
        ]);
        yield return Part("record.status", record.Statuses.Select(one => Line(words.ShortDay(one.On), Joined(words[$"status.{one.State}"], one.Reason))));
        yield return Part("record.class", record.Classes.Select(one => Line(words.ShortDay(one.On), $"{one.Code}, {words[one.Entered ? "record.class.in" : "record.class.out"]}")));
        yield return Part("record.consent", record.Consents.Select(one => Line(words.ShortDay(one.On), Joined(words[$"consent.{one.Kind}"], one.Ended ? words["consent.ended"] : null))));
        yield return Part("delivery.title", record.Deliveries.Select(one => Line(words.ShortDay(one.On), Joined(words[one.Way == Domain.Members.DeliveryWay.Paper ? "delivery.paper" : "delivery.electronic"], one.NoticeVersion is { } notice ? words["delivery.notice-of", notice] : null))));
        yield return Part("record.household", record.Households.Select(one => Line(words.ShortDay(one.On), $"{one.Member} → {one.PrimaryOwner ?? "–"}")));
        yield return Part("record.shares", record.HouseholdShares.Select(one => Line(words.Language.Moment(one.At), Joined($"{one.Owner} → {one.Adult}", words[$"record.share.{one.Part}"], words[one.Allowed ? "record.allowed" : "record.not-allowed"]))));
        yield return Part("record.merges", record.Merges.Select(one => Line(words.Language.Moment(one.At), Joined($"{one.Record} → {one.Into}", one.Reason, one.By))));
        foreach (var part in Entering(record.SignIn)) yield return part;
        yield return Part("record.patronage", record.PatronageByYear.Select(one => Line($"{one.FiscalYear.ToString(CultureInfo.InvariantCulture)}, {words[$"measure.{one.Measure}"]}", words["record.rows", one.Measure is Measure.Hours or Measure.Volume ? one.Total : Amount(one.Total), words.Number(one.Rows)])));
        yield return Part("record.rows-one-by-one", record.PurchasesAndHours.Select(one => Line(Joined(words.ShortDay(one.On), one.Reference), Row(one))));
        yield return Part("record.dividends", record.Dividends.Select(one => Line($"{one.Run}, {one.Pool}", words["record.dividend", Amount(one.Amount), Amount(one.Cash), Amount(one.Retained)])));
        yield return Part("record.ledger", record.Ledger.Select(one => Line($"{words.ShortDay(one.On)}, {one.Number.ToString(CultureInfo.InvariantCulture)}", $"{Amount(one.Amount)}: {one.Account}{(one.Lot is { } lot ? " " + lot.ToString(CultureInfo.InvariantCulture) : "")}, {Narration(one.Narration)}")));
        yield return Part("record.equity-rows", record.EquityRows.Select(one => Line(words.ShortDay(one.On), Joined(Amount(one.Amount), one.Account, one.Lot?.ToString(CultureInfo.InvariantCulture), one.Source, one.Reference))));
        yield return Part("record.statements", record.Statements.Select(one => Line(one.Run, words.Language.Moment(one.At))).Concat(record.StatementsHandedOut.Select(one => Line(one.Run, Joined(words[$"delivered.{one.Way}"], words.Language.Moment(one.At), one.By)))));
        yield return Part("record.tax-forms", record.TaxForms.Select(one => Line($"1099-PATR {one.CalendarYear.ToString(CultureInfo.InvariantCulture)}", Joined(words.ShortDay(one.ReleasedOn), Amount(one.Dividends), Amount(one.Withheld), Amount(one.Redeemed)))));
        yield return Part("record.requests", record.Requests.Select(one => Line(words["request.number", one.Number], Joined(words[$"kind.{one.Kind}"], one.On is { } on ? words.ShortDay(on) : null, one.Amount is { } amount ? Amount(amount) : null, one.Hours, one.Receipt, one.Words, one.Answer))));
        yield return Part("bank.waiting", record.BankChanges.Select(one => Line(words.Language.Moment(one.At), Joined(Way(one.Scheme) ?? words["bank.check"], one.Routing, one.AccountEnding, words.ShortDay(one.InForceOn), one.Stopped ? words["bank.stopped"] : null))));
        yield return Part("beneficiary.title", record.Beneficiaries.Select(one => Line(words.ShortDay(one.On), Joined(one.Name, words[$"kin.{one.Kinship}"], words["beneficiary.percent", one.Percent], one.Whereabouts, one.WithdrawnOn is { } until ? $"{words["beneficiary.until"]} {words.ShortDay(until)}" : null))));
        yield return Part("record.applications", record.Applications.Select(one => Line(words.ShortDay(one.ReceivedOn), Joined(one.Name, one.Email, one.Phone, one.AddressLine1, one.AddressLine2, one.City, one.Region, one.PostalCode, one.Country, one.Class, one.Reason))));
        yield return Part("record.notes", record.Notes.Select(one => Line(words.Language.Moment(one.At), $"{one.By}: {one.Text}")));
        yield return Part("record.documents", record.Documents.Select(one => Line(words.Language.Moment(one.At), Joined(one.FileName, one.By))));
        yield return Part("record.mails", record.Mails.Select(one => Line(words.Language.Moment(one.At), Joined(one.Subject, one.To))));
        yield return Part("record.addresses", record.MailAddresses.Select(one => Line(words.Language.Moment(one.At), Joined(one.Address, one.ConfirmedAt is { } confirmed ? words["record.confirmed", words.Language.Moment(confirmed)] : null))));
        yield return Part("record.changes", record.Changes.Select(one => Line(words.Language.Moment(one.At), $"{(words.Has("field." + one.Field) ? words["field." + one.Field] : one.Field.Replace('_', ' '))}: {one.Before ?? "–"} → {one.After ?? "–"} ({one.By})")));
        yield return Part("record.before", record.BeforeImports.Select(one => Line(words["record.import", one.Import], string.Join("; ", one.Fields.Select(field => $"{(words.Has("field." + field.Key) ? words["field." + field.Key] : field.Key.Replace('_', ' '))}: {field.Value}")))));
        yield return Part("data.looked", record.WhoLooked.Select(one => Line(words.Language.Moment(one.At), Joined(one.Person, words[$"look.{one.What}"], one.Why))));
        // What was noted beside an act stands as it is stored; the file for programs has the acts so, too.
        yield return Part("record.acts", record.Acts.Select(one => Line(words.Language.Moment(one.At), Joined(AuditVerbs.Say(one.Verb, words.Language), one.By, one.Detail, one.From))));
    }

    /// <summary>The account and its ways in.</summary>
    private IEnumerable<RecordPaper.Part> Entering(RecordOfPerson.Entering entering)
    {
        var account = entering.Account;
        yield return Part("record.account", account is null ? [] :
        [
            Line(words["field.email"], account.Mail), Line(words["field.name"], account.Name), Line(words["record.account.since"], words.Language.Moment(account.CreatedAt)),
            Line(words["record.account.last"], account.LastSignInAt is { } last ? words.Language.Moment(last) : null), Line(words["record.account.authenticator"], account.AuthenticatorSince is { } since ? words.Language.Moment(since) : null),
            Line(words["record.account.codes"], words.Number(account.RecoveryCodesLeft)), Line(words["record.account.theme"], account.Theme switch { Theme.Light => words["frame.theme.light"], Theme.Dark => words["frame.theme.dark"], Theme.Auto => words["frame.theme.system"], _ => null }),
            Line(words["record.account.roles"], Joined([.. account.Roles.Select(one => Joined(words[$"record.role.{one.Role}"], one.CoOp))])),
        ]);
        yield return Part("record.stays", account?.Stays.Select(one => Line(words.Language.Moment(one.StartedAt), Joined(one.From, one.Device, words["record.seen", words.Language.Moment(one.LastSeenAt)]))) ?? []);
        yield return Part("record.passkeys", account?.Passkeys.Select(one => Line(words.Language.Moment(one.AddedAt), one.Name)) ?? []);
        yield return Part("record.outside", account?.OutsideLogins.Select(one => Line(one.Name ?? one.Provider, one.Key)).Concat(account.Claims.Select(claim => Line("", claim))).Concat(account.Tokens.Select(token => Line("", token))) ?? []);
        yield return Part("record.apps", account?.Apps.Select(one => Line(one.App, Joined([one.CoOp, .. one.Scopes, one.Since is { } since ? words.Language.Moment(since) : null, one.Status, one.LastTokenAt is { } last ? words["record.seen", words.Language.Moment(last)] : null]))) ?? []);
        yield return Part("record.invitations", entering.Invitations.Select(one => Line(words.Language.Moment(one.At), Joined(words[$"invited.{one.Way}"], one.By)))
            .Concat(entering.Links.Select(one => Line(words.Language.Moment(one.At), Joined(words["record.linked"], one.By, one.EndedAt is { } until ? $"{words["consent.ended"]} {words.Language.Moment(until)}" : null))))
            .Concat(account?.MailedCodes.Select(one => Line(words.Language.Moment(one.MadeAt), words["record.mailed-code"])) ?? []).Concat(account?.Invitations.Select(one => Line(words.Language.Moment(one.At), Joined(one.Role is { } role ? words[$"record.role.{role}"] : null, one.By))) ?? []));
    }

    private string? Way(string? scheme) => scheme is not null && words.Has("bank.scheme." + scheme) ? words["bank.scheme." + scheme] : scheme;

    private string Row(RecordOfPerson.Row row) => Joined(row.Kind == Domain.Members.PatronageKind.Hours ? $"{row.Quantity} {words["measure.Hours"]}" : Amount(row.Quantity), row.Department, row.Store, row.Volume is { } volume ? $"{volume} {words["measure.Volume"]}" : null,
        row.Wages is { } wages ? $"{words["measure.Wages"]} {Amount(wages)}" : null, row.From is { } from && row.Until is { } until ? $"{words.ShortDay(from)} – {words.ShortDay(until)}" : null, row.PaidOn is { } paid ? words["record.paid", words.ShortDay(paid)] : null,
        row.Eligibility == RowEligibility.ByDepartment ? null : words[$"eligibility.{row.Eligibility}"], row.Source);

    private RecordPaper.Part Part(string heading, IEnumerable<RecordPaper.Line> lines) => new(words[heading], [.. lines], words["record.nothing"]);

    private static RecordPaper.Line Line(string label, string? text) => new(label, text ?? "");

    private static string Joined(params string?[] parts) => string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));

    private string Amount(string cents) => words.Amount(Money.Parse(cents), coOp.Currency);

    /// <summary>The first entry of a posting bears a seal behind its narration, which says nothing to a reader.</summary>
    private static string Narration(string text) => text.IndexOf(", sealed sha256 ", StringComparison.Ordinal) is var seal and > 0 ? text[..seal] : text;
}

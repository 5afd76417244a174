using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evergreen.Application.Audit;
using Evergreen.Application.Members;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;

namespace Evergreen.Application;

/// <summary>Everything that is kept about a member, for the member: read in one picture, handed out as JSON, and printed by the door.</summary>
/// <remarks>Stands above the street because every room holds something of a person. Tax and account numbers are told by their last characters: the member knows them, and a file lies about.</remarks>
public sealed class RecordOfPerson(Books books)
{
    public sealed record Status(DateOnly On, MemberStatus State, string? Reason);
    public sealed record Class(DateOnly On, string Code, bool Entered);
    public sealed record Consent(DateOnly On, ConsentKind Kind, bool Ended);
    public sealed record Delivery(DateOnly On, DeliveryWay Way, string? NoticeVersion, string? Notice);
    public sealed record Household(DateOnly On, string? PrimaryOwner);
    public sealed record Edit(DateTime At, string By, string Field, string? Before, string? After);
    public sealed record Note(DateTime At, string By, string Text);
    public sealed record Document(DateTime At, string By, string FileName, string MediaType, int Bytes);
    public sealed record Mail(DateTime At, string To, string Subject);
    public sealed record Asked(int Number, DateTime At, RequestKind Kind, PatronageKind? About, DateOnly? On, string? Amount, string? Hours, string? Receipt, string? Words, RequestEnding? Ending, string? Answer);
    public sealed record BankGiven(DateTime At, string? Scheme, string? Routing, string? AccountEnding, DateOnly InForceOn, bool Stopped);
    public sealed record Named(DateOnly On, string Name, Kinship Kinship, string? Whereabouts, int Percent, DateOnly? WithdrawnOn);
    public sealed record Application(int Number, DateOnly ReceivedOn, string Name, string? Email, string? Phone, string? City);
    public sealed record PatronageYear(int FiscalYear, Measure Measure, string Total, long Rows);
    public sealed record Row(PatronageKind Kind, DateOnly On, string Quantity, string? Department, string Reference);
    public sealed record Entry(long Number, DateOnly On, string Account, int? Lot, string Amount, string Narration);
    public sealed record Dividend(string Run, int FiscalYear, string Pool, string Amount, string Cash, string Retained, bool Reversed);
    public sealed record Statement(string Run, int FiscalYear, DateTime At, string Sha256);
    public sealed record TaxForm(int CalendarYear, DateOnly ReleasedOn, string Dividends, string Withheld, string Redeemed);
    public sealed record Look(DateTime At, string Person, string What, string? Why);

    public sealed record Content(DateOnly AsOf, string CoOp, string Currency, string Number, Particulars Particulars, string? TaxNumber, string? BankScheme, string? BankRouting, string? BankAccount, IReadOnlyList<Status> Statuses,
        IReadOnlyList<Class> Classes, IReadOnlyList<Consent> Consents, IReadOnlyList<Delivery> Deliveries, IReadOnlyList<Household> Households, IReadOnlyList<PatronageYear> PatronageByYear, IReadOnlyList<Dividend> Dividends,
        IReadOnlyList<Entry> Ledger, IReadOnlyList<Statement> Statements, IReadOnlyList<TaxForm> TaxForms, IReadOnlyList<Asked> Requests, IReadOnlyList<BankGiven> BankChanges, IReadOnlyList<Named> Beneficiaries, IReadOnlyList<Application> Applications,
        IReadOnlyList<Note> Notes, IReadOnlyList<Document> Documents, IReadOnlyList<Mail> Mails, IReadOnlyList<Edit> Changes, IReadOnlyList<Look> WhoLooked, IReadOnlyList<Row> PurchasesAndHours);

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>That it was handed out stands in the audit.</summary>
    public Outcome<Content> Run(string? coOp, string member, string by)
    {
        var read = books.Read(db => Read(db, coOp, member));
        if (read.IsRefused) return read.Refusal!;
        books.Write<bool>(dryRun: false, db =>
        {
            AuditTrail.Add(db, FindMember.Run(db, coOp, member).Value.CoOp.Id, books.Now, by, "members.record", $"member {member}");
            return true;
        });
        return read;
    }

    public static byte[] Json(Content content) => JsonSerializer.SerializeToUtf8Bytes(content, Written);

    private Outcome<Content> Read(EvergreenDb db, string? coOpCode, string number)
    {
        var found = FindMember.Run(db, coOpCode, number);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var ids = MemberIdentities.Of(db, member.Id).ToArray();
        var codes = db.MemberClasses.Where(one => one.CoOpId == coOp.Id).ToDictionary(one => one.Id, one => one.Code);
        return new Content(DateOnly.FromDateTime(books.Now), coOp.Name, coOp.Currency, member.Number, Particulars.Of(member), member.TaxIdLastFour is null ? null : $"{member.TaxIdType} {MemberSecrets.Mask(member.TaxIdLastFour)}",
            member.BankScheme, member.BankRouting, MemberSecrets.Mask(member.BankAccountLastFour),
            [.. db.StatusChanges.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.On).ThenBy(one => one.Id).AsEnumerable().Select(one => new Status(one.On, one.Status, one.Reason))],
            [.. db.ClassChanges.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.On).ThenBy(one => one.Id).AsEnumerable().Select(one => new Class(one.On, codes[one.ClassId], one.Entered))],
            [.. db.ConsentFacts.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.On).ThenBy(one => one.Id).AsEnumerable().Select(one => new Consent(one.On, one.Kind, one.Ended))],
            [.. db.DeliveryChoices.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.On).ThenBy(one => one.Id).AsEnumerable().Select(one => new Delivery(one.On, one.Way, one.NoticeVersion, one.Notice))],
            [.. db.HouseholdChanges.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.On).ThenBy(one => one.Id).Select(one => new { one.On, Owner = db.Members.Where(owner => owner.Id == one.OwnerId).Select(owner => owner.Number).FirstOrDefault() }).AsEnumerable()
                .Select(one => new Household(one.On, one.Owner))],
            Patronage(db, coOp, ids), Dividends(db, coOp, ids), Ledger(db, coOp, ids), Statements(db, ids),
            [.. MyTaxForms.Rows(db, coOp, member.Id).Select(form => new TaxForm(form.CalendarYear, form.ReleasedOn, form.Boxes.Dividends.ToString(), form.Boxes.Withheld.ToString(), form.Boxes.Redeemed.ToString()))], Requests(db, ids),
            [.. db.BankChanges.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.Id).AsEnumerable().Select(one => new BankGiven(one.At, one.Scheme, one.Routing, MemberSecrets.Mask(one.AccountLastFour), one.InForceOn, one.StoppedAt is not null))],
            [.. db.Beneficiaries.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.Id).AsEnumerable().Select(one => new Named(one.On, one.Name, one.Kinship, one.Whereabouts, one.Percent, one.WithdrawnOn))],
            [.. db.MembershipApplications.Where(one => db.ApplicationDecisions.Any(decision => decision.ApplicationId == one.Id && decision.MemberId != null && ids.Contains(decision.MemberId.Value))).OrderBy(one => one.Id).AsEnumerable()
                .Select(one => new Application(one.Number, one.ReceivedOn, one.Name, one.Email, one.Phone, one.City))],
            [.. db.MemberNotes.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.Id).AsEnumerable().Select(one => new Note(one.At, one.By, one.Text))],
            [.. db.MemberDocuments.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.At).ThenBy(one => one.Id).Select(one => new { one.At, one.By, one.FileName, one.MediaType, one.Length }).AsEnumerable()
                .Select(one => new Document(one.At, one.By, one.FileName, one.MediaType, one.Length))],
            [.. db.Mails.Where(one => one.MemberId != null && ids.Contains(one.MemberId.Value)).OrderBy(one => one.Id).Select(one => new { one.QueuedAt, one.ToAddress, one.Subject }).AsEnumerable().Select(one => new Mail(one.QueuedAt, one.ToAddress, one.Subject))],
            [.. db.MemberEdits.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.Id).AsEnumerable().Select(one => new Edit(one.At, one.By, one.Field, one.Before, one.After))],
            [.. WhoLooked.Of(db, coOp.Id, member.Id).Select(one => new Look(one.At, one.Person, one.Verb, one.Detail))], Rows(db, coOp, ids));
    }

    private static List<Asked> Requests(EvergreenDb db, int[] ids) =>
        [.. (from request in db.MemberRequests
             join closing in db.RequestClosings on request.Id equals closing.RequestId into closings
             from closing in closings.DefaultIfEmpty()
             where ids.Contains(request.MemberId)
             orderby request.Number
             select new { request, closing }).AsEnumerable()
            .Select(one => new Asked(one.request.Number, one.request.At, one.request.Kind, one.request.About, one.request.On, one.request.AmountCents is { } cents ? new Money(cents).ToString() : null,
                one.request.HoursHundredths is { } hours ? new Hours(hours).ToString() : null, one.request.Receipt, one.request.Words, one.closing?.Ending, one.closing?.Words))];

    private static List<PatronageYear> Patronage(EvergreenDb db, CoOp coOp, int[] ids) =>
        [.. db.PatronageTotals.Where(total => total.CoOpId == coOp.Id && ids.Contains(total.MemberId)).GroupBy(total => new { total.FiscalYear, total.Measure })
            .Select(year => new { year.Key.FiscalYear, year.Key.Measure, Quantity = year.Sum(total => total.Quantity), Rows = year.Sum(total => total.Rows) }).OrderBy(year => year.FiscalYear).ThenBy(year => year.Measure).AsEnumerable()
            .Select(year => new PatronageYear(year.FiscalYear, year.Measure, new Money(year.Quantity).ToString(), year.Rows))];

    private static List<Dividend> Dividends(EvergreenDb db, CoOp coOp, int[] ids) =>
        [.. (from allocation in db.Allocations
             join run in db.DividendRuns on allocation.RunId equals run.Id
             join posting in db.DividendPostings on run.Id equals posting.RunId
             join pool in db.RunPools on new { allocation.RunId, allocation.PoolNo } equals new { pool.RunId, pool.PoolNo }
             where run.CoOpId == coOp.Id && ids.Contains(allocation.MemberId)
             orderby run.FiscalYear, run.Number, allocation.PoolNo, allocation.MemberId
             select new { run.FiscalYear, run.Number, pool.Name, allocation.DividendCents, allocation.CashCents, allocation.RetainedCents, Reversed = db.DividendReversals.Any(reversal => reversal.RunId == run.Id) }).AsEnumerable()
            .Select(one => new Dividend($"{one.FiscalYear}-{one.Number}", one.FiscalYear, one.Name, new Money(one.DividendCents).ToString(), new Money(one.CashCents).ToString(), new Money(one.RetainedCents).ToString(), one.Reversed))];

    private static List<Entry> Ledger(EvergreenDb db, CoOp coOp, int[] ids)
    {
        var accounts = db.Accounts.Where(account => account.CoOpId == coOp.Id).ToDictionary(account => account.Id, account => account.Name);
        return [.. (from line in db.LedgerLines
                    join entry in db.LedgerEntries on new { line.CoOpId, line.Sequence } equals new { entry.CoOpId, entry.Sequence }
                    where line.CoOpId == coOp.Id && line.MemberId != null && ids.Contains(line.MemberId.Value)
                    orderby line.Sequence, line.LineNo
                    select new { line.Sequence, entry.On, line.AccountId, line.Lot, line.AmountCents, entry.Narration }).AsEnumerable()
            .Select(one => new Entry(one.Sequence, one.On, accounts[one.AccountId], one.Lot, (-new Money(one.AmountCents)).ToString(), one.Narration))];
    }

    private static List<Statement> Statements(EvergreenDb db, int[] ids) =>
        [.. (from copy in db.StatementCopies
             join issue in db.StatementIssues on copy.RunId equals issue.RunId
             join run in db.DividendRuns on copy.RunId equals run.Id
             where ids.Contains(copy.MemberId)
             orderby run.FiscalYear, run.Number, copy.Paper
             select new { run.FiscalYear, run.Number, issue.At, copy.Sha256 }).AsEnumerable().Select(one => new Statement($"{one.FiscalYear}-{one.Number}", one.FiscalYear, one.At, one.Sha256))];

    private static List<Row> Rows(EvergreenDb db, CoOp coOp, int[] ids)
    {
        var categories = db.PatronageCategories.Where(one => one.CoOpId == coOp.Id).ToDictionary(one => one.Id, one => one.Code);
        var purchases = db.Purchases.Where(row => row.MemberId != null && ids.Contains(row.MemberId.Value)).OrderBy(row => row.On).ThenBy(row => row.SourceId).ThenBy(row => row.SourceRef)
            .Select(row => new { row.On, row.AmountCents, row.CategoryId, row.SourceRef }).AsEnumerable().Select(row => new Row(PatronageKind.Purchases, row.On, new Money(row.AmountCents).ToString(), categories.GetValueOrDefault(row.CategoryId), row.SourceRef));
        var hours = db.HoursWorked.Where(row => row.MemberId != null && ids.Contains(row.MemberId.Value)).OrderBy(row => row.On).ThenBy(row => row.SourceId).ThenBy(row => row.SourceRef)
            .Select(row => new { row.On, row.HoursHundredths, row.CategoryId, row.SourceRef }).AsEnumerable().Select(row => new Row(PatronageKind.Hours, row.On, new Hours(row.HoursHundredths).ToString(), categories.GetValueOrDefault(row.CategoryId), row.SourceRef));
        return [.. purchases, .. hours];
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Members;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Statements;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application;

/// <summary>Everything that is kept about a member, for the member: read in one picture, handed out as JSON, and printed by the door.</summary>
/// <remarks>Stands above the street because every room holds something of a person. Tax and account numbers are told by their last characters: the member knows them, and a file lies about.</remarks>
public sealed class RecordOfPerson(Books books)
{
    public sealed record Status(DateOnly On, MemberStatus State, string? Reason);
    public sealed record Class(DateOnly On, string Code, bool Entered);
    public sealed record Consent(DateOnly On, ConsentKind Kind, bool Ended);
    public sealed record Delivery(DateOnly On, DeliveryWay Way, string? NoticeVersion, string? Notice);
    public sealed record Household(DateOnly On, string Member, string? PrimaryOwner);

    /// <param name="Owner">Number of the primary owner, whose account it is.</param>
    /// <param name="Adult">Number of who may see it.</param>
    public sealed record Shared(DateTime At, string By, string Owner, string Adult, Share Part, bool Allowed);
    public sealed record Merged(DateTime At, string By, string Record, string Into, string Reason);

    /// <param name="Fields">What stood in the record before an import changed it; numbers by their last characters.</param>
    public sealed record Earlier(int Import, DateTime At, IReadOnlyDictionary<string, string?> Fields);
    public sealed record Edit(DateTime At, string By, string Field, string? Before, string? After);
    public sealed record Note(DateTime At, string By, string Text);

    /// <param name="Content">The file itself, in Base64 where it is written as JSON.</param>
    public sealed record Document(DateTime At, string By, string FileName, string MediaType, int Bytes, byte[] Content);
    public sealed record Mail(DateTime At, string To, string Subject, MailState State, DateTime? SentAt);
    public sealed record AddressGiven(DateTime At, string Address, DateTime? ConfirmedAt, DateTime? DroppedAt);
    public sealed record Asked(int Number, DateTime At, RequestKind Kind, PatronageKind? About, DateOnly? On, string? Amount, string? Hours, string? Receipt, string? Words, RequestEnding? Ending, string? Answer);
    public sealed record BankGiven(DateTime At, string? Scheme, string? Routing, string? AccountEnding, DateOnly InForceOn, bool Stopped);
    public sealed record Named(DateOnly On, string Name, Kinship Kinship, string? Whereabouts, int Percent, DateOnly? WithdrawnOn);
    public sealed record Application(int Number, DateOnly ReceivedOn, string Name, string? Email, string? Phone, string? AddressLine1, string? AddressLine2, string? City, string? Region, string? PostalCode, string? Country, string? Language, string? Class, DateOnly? BylawGivenOn,
        bool? Approved, DateOnly? DecidedOn, string? Reason);
    public sealed record PatronageYear(int FiscalYear, Measure Measure, string Total, long Rows);

    /// <param name="Eligibility">What the row itself says of whether it counts.</param>
    /// <param name="From">First day of the pay period.</param>
    /// <param name="Line">Of the import's file.</param>
    public sealed record Row(PatronageKind Kind, DateOnly On, string Quantity, string? Department, string Source, string Reference, RowEligibility Eligibility, string? Store, string? Volume, string? Wages, DateOnly? From, DateOnly? Until,
        DateOnly? PaidOn, int Import, long Line);

    /// <summary>A row of an equity file, from which entries of the ledger were made.</summary>
    public sealed record EquityTaken(DateOnly On, string Account, int? Lot, string Amount, string Source, string Reference, int Import, long Line);
    public sealed record Entry(long Number, DateOnly On, string Account, int? Lot, string Amount, string Narration);
    public sealed record Dividend(string Run, int FiscalYear, string Pool, string Units, string Amount, string Cash, string Withheld, string Retained, string Qualified, string Nonqualified, string Capital, bool Reversed);
    public sealed record Statement(string Run, int FiscalYear, DateTime At, string Sha256);
    public sealed record Delivered(string Run, StatementDeliveryWay Way, DateTime At, string By);
    public sealed record TaxForm(int CalendarYear, DateOnly ReleasedOn, string Dividends, string Withheld, string Redeemed);
    public sealed record Look(DateTime At, string Person, string What, string? Why);

    /// <summary>A line of the audit about the member or the account.</summary>
    /// <param name="From">Network address; told only where the member, or nobody known, was there.</param>
    public sealed record Act(DateTime At, string By, string Verb, string Subject, string? Detail, string? From);

    /// <summary>How the member gets in.</summary>
    /// <param name="Account">Null where no account stands for the member.</param>
    public sealed record Entering(AccountOfPerson.Account? Account, IReadOnlyList<AccountOfPerson.Link> Links, IReadOnlyList<AccountOfPerson.Letter> Invitations);

    public sealed record Content(DateOnly AsOf, string CoOp, string Currency, string Number, Particulars Particulars, string? TaxNumber, string? BankScheme, string? BankRouting, string? BankAccount, IReadOnlyList<Status> Statuses,
        IReadOnlyList<Class> Classes, IReadOnlyList<Consent> Consents, IReadOnlyList<Delivery> Deliveries, IReadOnlyList<Household> Households, IReadOnlyList<PatronageYear> PatronageByYear, IReadOnlyList<Dividend> Dividends,
        IReadOnlyList<Entry> Ledger, IReadOnlyList<Statement> Statements, IReadOnlyList<Asked> Requests, IReadOnlyList<BankGiven> BankChanges, IReadOnlyList<Named> Beneficiaries, IReadOnlyList<Application> Applications,
        IReadOnlyList<Note> Notes, IReadOnlyList<Document> Documents, IReadOnlyList<Mail> Mails, IReadOnlyList<Edit> Changes, IReadOnlyList<Look> WhoLooked, IReadOnlyList<Row> PurchasesAndHours)
    {
        public required Entering SignIn { get; init; }
        public required IReadOnlyList<Shared> HouseholdShares { get; init; }
        public required IReadOnlyList<AddressGiven> MailAddresses { get; init; }
        public required IReadOnlyList<Merged> Merges { get; init; }
        public required IReadOnlyList<Earlier> BeforeImports { get; init; }
        public required IReadOnlyList<EquityTaken> EquityRows { get; init; }
        public required IReadOnlyList<Delivered> StatementsHandedOut { get; init; }
        public required IReadOnlyList<TaxForm> TaxForms { get; init; }
        public required IReadOnlyList<Act> Acts { get; init; }
    }

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
        var numbers = KnownNumbers(db, ids);
        var user = AccountOfPerson.Standing(db, ids);
        var codes = db.MemberClasses.Where(one => one.CoOpId == coOp.Id).ToDictionary(one => one.Id, one => one.Code);
        return new Content(DateOnly.FromDateTime(books.Now), coOp.Name, coOp.Currency, member.Number, Particulars.Of(member), member.TaxIdLastFour is null ? null : $"{member.TaxIdType} {MemberSecrets.Mask(member.TaxIdLastFour)}",
            member.BankScheme, member.BankRouting, MemberSecrets.Mask(member.BankAccountLastFour),
            [.. db.StatusChanges.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.On).ThenBy(one => one.Id).AsEnumerable().Select(one => new Status(one.On, one.Status, one.Reason))],
            [.. db.ClassChanges.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.On).ThenBy(one => one.Id).AsEnumerable().Select(one => new Class(one.On, codes[one.ClassId], one.Entered))],
            [.. db.ConsentFacts.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.On).ThenBy(one => one.Id).AsEnumerable().Select(one => new Consent(one.On, one.Kind, one.Ended))],
            [.. db.DeliveryChoices.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.On).ThenBy(one => one.Id).AsEnumerable().Select(one => new Delivery(one.On, one.Way, one.NoticeVersion, one.Notice))],
            [.. db.HouseholdChanges.Where(one => ids.Contains(one.MemberId) || (one.OwnerId != null && ids.Contains(one.OwnerId.Value))).OrderBy(one => one.On).ThenBy(one => one.Id).AsEnumerable()
                .Select(one => new Household(one.On, numbers[one.MemberId], one.OwnerId is { } owner ? numbers[owner] : null))],
            Patronage(db, coOp, ids), Dividends(db, coOp, ids), Ledger(db, coOp, ids), Statements(db, ids), Requests(db, ids),
            [.. db.BankChanges.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.Id).AsEnumerable().Select(one => new BankGiven(one.At, one.Scheme, one.Routing, MemberSecrets.Mask(one.AccountLastFour), one.InForceOn, one.StoppedAt is not null))],
            [.. db.Beneficiaries.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.Id).AsEnumerable().Select(one => new Named(one.On, one.Name, one.Kinship, one.Whereabouts, one.Percent, one.WithdrawnOn))],
            Applications(db, ids),
            [.. db.MemberNotes.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.Id).AsEnumerable().Select(one => new Note(one.At, one.By, one.Text))],
            [.. db.MemberDocuments.AsNoTracking().Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.At).ThenBy(one => one.Id).AsEnumerable().Select(one => new Document(one.At, one.By, one.FileName, one.MediaType, one.Length, one.Bytes))],
            [.. db.Mails.Where(one => one.MemberId != null && ids.Contains(one.MemberId.Value)).OrderBy(one => one.Id).Select(one => new { one.QueuedAt, one.ToAddress, one.Subject, one.State, one.SentAt }).AsEnumerable()
                .Select(one => new Mail(one.QueuedAt, one.ToAddress, one.Subject, one.State, one.SentAt))],
            [.. db.MemberEdits.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.Id).AsEnumerable().Select(one => new Edit(one.At, one.By, one.Field, one.Before, one.After))],
            [.. WhoLooked.Of(db, coOp.Id, member.Id).Select(one => new Look(one.At, one.Person, one.Verb, one.Detail))], Rows(db, coOp, ids))
        {
            SignIn = new Entering(user is null ? null : AccountOfPerson.Read(db, user), AccountOfPerson.Links(db, ids), AccountOfPerson.Letters(db, ids)),
            HouseholdShares = [.. db.HouseholdShares.Where(one => ids.Contains(one.OwnerId) || ids.Contains(one.AdultId)).OrderBy(one => one.Id).AsEnumerable().Select(one => new Shared(one.At, one.By, numbers[one.OwnerId], numbers[one.AdultId], one.Share, one.Allowed))],
            MailAddresses = [.. db.MailAddressChanges.Where(one => ids.Contains(one.MemberId)).OrderBy(one => one.Id).AsEnumerable().Select(one => new AddressGiven(one.At, one.NewAddress, one.ConfirmedAt, one.DroppedAt))],
            Merges = [.. db.MemberMerges.Where(one => ids.Contains(one.OtherId) || ids.Contains(one.KeptId)).OrderBy(one => one.At).ThenBy(one => one.OtherId).AsEnumerable().Select(one => new Merged(one.At, one.By, numbers[one.OtherId], numbers[one.KeptId], one.Reason))],
            BeforeImports = BeforeImports(db, ids), EquityRows = EquityRows(db, ids), StatementsHandedOut = HandedOut(db, ids),
            TaxForms = [.. MyTaxForms.Rows(db, coOp, member.Id).Select(form => new TaxForm(form.CalendarYear, form.ReleasedOn, form.Boxes.Dividends.ToString(), form.Boxes.Withheld.ToString(), form.Boxes.Redeemed.ToString()))],
            Acts = Acts(db, coOp, ids, user),
        };
    }

    /// <summary>The member's own records, and those of everybody with whom the member shares or shared a household or a merger.</summary>
    private static Dictionary<int, string> KnownNumbers(EvergreenDb db, int[] ids) => db.Members.Where(one => ids.Contains(one.Id)
            || db.HouseholdChanges.Any(change => (change.OwnerId == one.Id && ids.Contains(change.MemberId)) || (change.MemberId == one.Id && change.OwnerId != null && ids.Contains(change.OwnerId.Value)))
            || db.HouseholdShares.Any(share => (share.OwnerId == one.Id && ids.Contains(share.AdultId)) || (share.AdultId == one.Id && ids.Contains(share.OwnerId)))
            || db.MemberMerges.Any(merge => (merge.KeptId == one.Id && ids.Contains(merge.OtherId)) || (merge.OtherId == one.Id && ids.Contains(merge.KeptId))))
        .Select(one => new { one.Id, one.Number }).ToDictionary(one => one.Id, one => one.Number);

    private static List<Application> Applications(EvergreenDb db, int[] ids) =>
        [.. (from one in db.MembershipApplications
             join decision in db.ApplicationDecisions on one.Id equals decision.ApplicationId
             where decision.MemberId != null && ids.Contains(decision.MemberId.Value)
             orderby one.Id
             select new { one, decision }).AsEnumerable()
            .Select(row => new Application(row.one.Number, row.one.ReceivedOn, row.one.Name, row.one.Email, row.one.Phone, row.one.AddressLine1, row.one.AddressLine2, row.one.City, row.one.Region, row.one.PostalCode, row.one.Country, row.one.Language,
                row.one.Class, row.one.BylawGivenOn, row.decision.Approved, row.decision.On, row.decision.Reason))];

    private static List<Earlier> BeforeImports(EvergreenDb db, int[] ids) =>
        [.. (from before in db.MembersBeforeImport
             join import in db.Imports on before.ImportId equals import.Id
             where ids.Contains(before.MemberId)
             orderby import.Id, before.MemberId
             select new { import.Number, import.At, before.BeforeJson }).AsEnumerable()
            .Select(one => new Earlier(one.Number, one.At, MemberBefore.FromJson(one.BeforeJson).Told()))];

    private static List<EquityTaken> EquityRows(EvergreenDb db, int[] ids) =>
        [.. (from row in db.EquityRows
             join import in db.Imports on row.ImportId equals import.Id
             join source in db.ImportSources on row.SourceId equals source.Id
             where ids.Contains(row.MemberId)
             orderby row.Sequence
             select new { row.On, row.AccountCode, row.FiscalYear, row.AmountCents, source.Name, row.SourceRef, import.Number, row.Row }).AsEnumerable()
            .Select(one => new EquityTaken(one.On, one.AccountCode, one.FiscalYear, new Money(one.AmountCents).ToString(), one.Name, one.SourceRef, one.Number, one.Row))];

    private static List<Delivered> HandedOut(EvergreenDb db, int[] ids) =>
        [.. (from delivery in db.StatementDeliveries
             join run in db.DividendRuns on delivery.RunId equals run.Id
             where ids.Contains(delivery.MemberId)
             orderby delivery.Id
             select new { run.FiscalYear, run.Number, delivery.Way, delivery.At, delivery.By }).AsEnumerable().Select(one => new Delivered($"{one.FiscalYear}-{one.Number}", one.Way, one.At, one.By))];

    /// <summary>Who did what to the record and the account; who looked stands apart. Of what the person did in the office there is only what concerns the own account: the rest speaks of other members.</summary>
    private static List<Act> Acts(EvergreenDb db, CoOp coOp, int[] ids, SignIn? user)
    {
        var subjects = MemberIdentities.Numbers(db, ids).Values.Select(known => $"member {known}").ToList();
        var own = subjects.ToArray();
        // Account acts stood under the mail address before they stood under the account's number.
        var (name, account) = (user?.UserName, user is null ? null : Actors.Account(user.Id));
        if (account is not null) subjects.Add(account);
        var acts = db.AuditRecords.AsNoTracking().Where(record => (record.CoOpId == coOp.Id || record.CoOpId == null) && record.Verb != NoteLook.Verb
                && (subjects.Contains(record.Subject) || own.Contains(record.By) || (account != null && (record.By == account || (record.By == name && record.Verb.StartsWith("access.")))))).OrderBy(record => record.Id).ToList();
        foreach (var record in acts.Where(record => !own.Contains(record.By) && record.By != account && record.By != name && record.By != Actors.Stranger)) record.From = null;
        WhoActed.Tell(db, acts);
        return acts.ConvertAll(record => new Act(record.At, record.By, record.Verb, record.Subject, record.Detail, record.From));
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
             select new { run.FiscalYear, run.Number, pool.Name, allocation, Reversed = db.DividendReversals.Any(reversal => reversal.RunId == run.Id) }).AsEnumerable()
            .Select(one => new Dividend($"{one.FiscalYear}-{one.Number}", one.FiscalYear, one.Name, one.allocation.Units, Said(one.allocation.DividendCents), Said(one.allocation.CashCents), Said(one.allocation.WithheldCents), Said(one.allocation.RetainedCents),
                Said(one.allocation.QualifiedCents), Said(one.allocation.NonqualifiedCents), Said(one.allocation.CapitalCents), one.Reversed))];

    private static string Said(long cents) => new Money(cents).ToString();

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
        var sources = db.ImportSources.Where(one => one.CoOpId == coOp.Id).ToDictionary(one => one.Id, one => one.Name);
        var imports = db.Imports.Where(one => one.CoOpId == coOp.Id).Select(one => new { one.Id, one.Number }).ToDictionary(one => one.Id, one => one.Number);
        var purchases = db.Purchases.AsNoTracking().Where(row => row.MemberId != null && ids.Contains(row.MemberId.Value)).OrderBy(row => row.On).ThenBy(row => row.SourceId).ThenBy(row => row.SourceRef).AsEnumerable()
            .Select(row => new Row(PatronageKind.Purchases, row.On, Said(row.AmountCents), categories.GetValueOrDefault(row.CategoryId), sources[row.SourceId], row.SourceRef, row.Eligibility, row.Store,
                row.VolumeHundredths is { } volume ? new Hours(volume).ToString() : null, null, null, null, null, imports.GetValueOrDefault(row.ImportId), row.Row));
        var hours = db.HoursWorked.AsNoTracking().Where(row => row.MemberId != null && ids.Contains(row.MemberId.Value)).OrderBy(row => row.On).ThenBy(row => row.SourceId).ThenBy(row => row.SourceRef).AsEnumerable()
            .Select(row => new Row(PatronageKind.Hours, row.On, row.Hours.ToString(), categories.GetValueOrDefault(row.CategoryId), sources[row.SourceId], row.SourceRef, RowEligibility.ByDepartment, null,
                null, row.WagesCents is { } wages ? Said(wages) : null, row.PeriodStart, row.PeriodEnd, row.PaidOn, imports.GetValueOrDefault(row.ImportId), row.Row));
        return [.. purchases, .. hours];
    }
}

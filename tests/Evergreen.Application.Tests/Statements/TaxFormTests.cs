using Evergreen.Application.Dividends;
using Evergreen.Application.Members;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using Evergreen.Domain.Tax;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Statements;

/// <summary>From runs that were paid to the forms of a calendar year, which come to what the ledger has, to the cent.</summary>
[TestFixtureSource(typeof(TestDatabases))]
public sealed class TaxFormTests(TestDatabase databases)
{
    private const string Link = "https://bakery.example/my/bakery/statements";
    private OpenTestDatabase database = null!;
    private Bakery bakery = null!;
    private string folder = null!;

    [SetUp]
    public void Open()
    {
        database = databases.Create();
        folder = Directory.CreateTempSubdirectory("evergreen-tax-").FullName;
        bakery = Bakery.In(database, Bakery.SevenWorkers);
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private WorkOutTaxForms.Result Forms(int year = 2026)
    {
        var result = new WorkOutTaxForms(database.Books).Run(new(null, year)).Value;
        Assert.That(result.Agrees, Is.True, "the forms are what the ledger has");
        return result;
    }

    private Outcome<ReleaseTaxForms.Result> Release(string? payer = "12-3456789", bool dryRun = false) => new ReleaseTaxForms(database.Books).Run(new(null, 2026, payer, "bea", Link, dryRun));
    private IReadOnlyList<MyTaxForms.Row> Mine(int member) => new MyTaxForms(database.Books).Run(bakery.CoOp, bakery.Members[member].Id);
    private IReadOnlyList<string> Findings() => new CheckBooks(database.Books).Run(new CheckBooks.Request()).Value.Findings;

    private void Issue(string run = Bakery.Run) => Assert.That(new IssueStatements(database.Books).Run(new(null, run, "bea", Path.Combine(folder, run))).Refusal, Is.Null);
    private void Pay(string run = Bakery.Run) => Assert.That(new PayDividend(database.Books).Run(new(null, run, "bea", $"ACH {run}")).Refusal, Is.Null);
    private void Reverse() => Assert.That(new ReverseDividend(database.Books).Run(new(null, Bakery.Run, "bea", "wrong hours") { Recovery = "set off" }).Refusal, Is.Null);

    private void PayAndIssue()
    {
        bakery.UpToApproval();
        bakery.Post();
        Pay();
        Issue();
    }

    private void CompletePayer() => database.Books.Write<int>(false, db => db.CoOps.ExecuteUpdate(set => set.SetProperty(coOp => coOp.Address, "1 Mill Street").SetProperty(coOp => coOp.ContactPhone, "+1 309 555 0100")));

    /// <summary>Number and dividend of each member by the run's own worksheet.</summary>
    private List<(string, long)> Dividends(int run) => database.Books.Read(db => (from row in db.Allocations
                                                                                join of in db.DividendRuns on row.RunId equals of.Id
                                                                                join member in db.Members on row.MemberId equals member.Id
                                                                                where of.Number == run
                                                                                orderby member.Number
                                                                                select new { member.Number, row.DividendCents }).AsEnumerable().Select(row => (row.Number, row.DividendCents)).ToList());

    private static List<(string, long)> BoxOne(WorkOutTaxForms.Result result) => [.. result.Forms.Select(form => (form.Number, form.Boxes.Dividends.Cents))];

    [Test]
    public void FormsAreTheLedgersOverTwoRunsAndAReversal()
    {
        bakery.UpToApproval();
        bakery.Post();
        Assert.That(Forms().Forms, Is.Empty, "posted is not paid, and an entry alone is no notice");
        Assert.That(Forms().Waiting, Is.EqualTo(new[] { new WorkOutTaxForms.WaitingRun("2025-1", false, false) }));
        Pay();
        Assert.That((Forms().Ledger.Reportable, Forms().Forms[0].Boxes.Withheld), Is.EqualTo((Money.Parse("13827.18"), Money.Zero)), "a fifth of the dividend, rounded up for each");
        Issue();
        Assert.That((Forms().Waiting.Count, Forms(2025).Forms.Count, Forms().Years.Single()), Is.EqualTo((0, 0, 2026)));
        Assert.That(BoxOne(Forms()), Is.EqualTo(Dividends(1)), "cash and notices together");

        Reverse();
        Assert.That((Forms().Forms.Count, Forms().Ledger.PaidOut, Forms().Ledger.OfReversedRuns, Forms().Ledger.Reportable), Is.EqualTo((0, Money.Parse("13827.18"), Money.Parse("13827.18"), Money.Zero)));

        bakery.Adopt(Bakery.Policy.Replace("\"20%\"", "\"30%\"", StringComparison.Ordinal));
        bakery.Calculate();
        bakery.Approve("2025-2");
        bakery.Post("2025-2");
        Pay("2025-2");
        Issue("2025-2");
        var forms = Forms();
        Assert.That(BoxOne(forms), Is.EqualTo(Dividends(2)), "of which the first payment is a part");
        Assert.That(forms.Ledger.SetOff, Is.EqualTo(Money.Parse("13827.18")));
        Assert.That(forms.Reportable(FormStanding.Form), Is.EqualTo(new Money(Dividends(2).Sum(row => row.Item2))));
        Assert.That(Findings(), Is.Empty);
    }

    /// <remarks>500.00, of which members did four fifths of the work: 400.00; less 30 % to the reserve, 280.00 over 10,000 hours.</remarks>
    [Test]
    public void SmallAmountsExemptRecipientsAndWithheldTaxAddUpToTheLedger()
    {
        using var small = databases.Create();
        (var before, database) = (database, small);
        try
        {
            bakery = Bakery.In(small, Bakery.SevenWorkers, net: "500.00");
            small.Books.Write<int>(false, db =>
            {
                var (first, sixth) = (bakery.Members[0].Id, bakery.Members[5].Id);
                db.Members.Where(member => member.Id == first).ExecuteUpdate(set => set.SetProperty(member => member.Kind, MemberKind.Organisation).SetProperty(member => member.TaxIdType, "EIN"));
                return db.Members.Where(member => member.Id == sixth).ExecuteUpdate(set => set.SetProperty(member => member.TaxIdSealed, (string?)null).SetProperty(member => member.TaxIdLastFour, (string?)null));
            });
            bakery.UpToApproval(Bakery.Policy.Replace("\"collectiveReserve\"", "\"backupWithholding\": \"24%\", \"collectiveReserve\"", StringComparison.Ordinal));
            bakery.Post();
            Pay();
            Issue();
            Assert.That(Exempt("0002", true), Is.EqualTo("exemption-of-person"));
            Assert.That(Exempt("0001", false), Is.EqualTo("exemption-as-before"));
            Assert.That(Exempt("0001", true), Is.Null);
            Assert.That(Exempt("0001", true), Is.EqualTo("exemption-as-before"));

            var forms = Forms();
            Assert.That(forms.Forms.Select(form => form.Standing), Is.EqualTo(new[] { FormStanding.Exempt, FormStanding.Form, FormStanding.Form, FormStanding.Form, FormStanding.Form, FormStanding.Form, FormStanding.BelowThreshold }));
            Assert.That(forms.Forms[0].Boxes.Dividends, Is.EqualTo(Money.Parse("58.24")));
            Assert.That(forms.Forms[6].Boxes.Dividends, Is.EqualTo(Money.Parse("7.04")));
            // A fifth of 21.78, rounded up, is 4.36; 24 % of it is 1.05.
            Assert.That(forms.Forms[5].Boxes, Is.EqualTo(new PatronageBoxes(Money.Parse("21.78"), Money.Parse("1.05"), Money.Zero)), "what was withheld was paid too");
            Assert.That(forms.Forms.Where(form => form.LacksTaxId).Select(form => form.Number), Is.EqualTo(new[] { "0006" }));
            Assert.That(forms.Ledger.Reportable, Is.EqualTo(Money.Parse("280.00")));
            Assert.That(forms.Reportable(FormStanding.Form) + forms.Reportable(FormStanding.BelowThreshold) + forms.Reportable(FormStanding.Exempt), Is.EqualTo(forms.Ledger.Reportable));
            Assert.That(Exempt("0001", false), Is.Null);
            Assert.That(Forms().Count(FormStanding.Form), Is.EqualTo(6));
        }
        finally
        {
            database = before;
        }

        string? Exempt(string member, bool exempt) => new RecordExemption(small.Books).Run(new(null, member, exempt, "bea")).Refusal?.Code;
    }

    [Test]
    public void MembersSeeTheirFormOnceItIsReleasedAndWhatChangedSinceIsCorrected()
    {
        PayAndIssue();
        Assert.That(Release().Refusal!.Code, Is.EqualTo("tax-year-not-over"));
        database.Clock.Advance(TimeSpan.FromDays(366));
        Assert.That(Release(payer: "12-34567").Refusal!.Code, Is.EqualTo("payer-tax-id-form"));
        Assert.That(Release().Refusal!.Code, Is.EqualTo("payer-incomplete"));
        CompletePayer();
        Assert.That(Release(dryRun: true).Value.Forms, Is.EqualTo(7));
        Assert.That((Mine(0).Count, Opened(0)), Is.EqualTo((0, "tax-form-unknown")));

        var released = Release().Value;
        Assert.That((released.Release.Number, released.Forms, released.Corrected), Is.EqualTo((1, 7, 0)));
        Assert.That(Release().Refusal!.Code, Is.EqualTo("tax-forms-nothing-new"));
        Assert.That(new PrintTaxForms(database.Books).Run(new(null, 2025, "bea")).Refusal!.Code, Is.EqualTo("tax-forms-none-on-paper"));
        using (var paper = new PrintedPdf(new PrintTaxForms(database.Books).Run(new(null, 2026, "bea")).Value.Pdf)) Assert.That((paper.PageCount, paper.TextOf(7).Contains("Worker 7", StringComparison.Ordinal)), Is.EqualTo((7, true)), "nobody has agreed to do without paper");
        var mine = Mine(0).Single();
        Assert.That((mine.CalendarYear, mine.Record, mine.Boxes.Dividends.Cents, mine.IsCorrected), Is.EqualTo((2026, "0001", Dividends(1)[0].Item2, false)));
        Assert.That((Opened(0), Opened(0, record: "0002")), Is.EqualTo(((string?)null, "tax-form-unknown")), "another's is not there");
        Assert.That(database.Books.Read(db => db.AuditRecords.Count(record => record.Verb == "tax-forms.open" && record.Subject == "member 0001")), Is.EqualTo(1));

        Reverse();
        Assert.That(Forms().Forms.Count(form => form.Differs), Is.EqualTo(7), "they wait to be corrected");
        Assert.That(Mine(0).Single().Boxes, Is.EqualTo(mine.Boxes), "what was handed out stays until then");
        var corrected = Release().Value;
        Assert.That((corrected.Release.Number, corrected.Forms, corrected.Corrected), Is.EqualTo((2, 7, 7)));
        Assert.That((Mine(0).Single().Boxes, Mine(0).Single().IsCorrected), Is.EqualTo((default(PatronageBoxes), true)));
        Assert.That(Findings(), Is.Empty);

        database.Books.Write<int>(false, db => db.TaxForms.Where(form => form.Number == 2).ExecuteUpdate(set => set.SetProperty(form => form.DividendsCents, form => form.DividendsCents + 1)));
        Assert.That(Findings(), Has.Some.Contains("tax forms 2026, release 2"), "a form that was changed behind the program's back");

        string? Opened(int member, string? record = null) => new OpenMyTaxForm(database.Books).Run(new(bakery.CoOp, bakery.Members[member].Id, 2026, "0001", record)).Refusal?.Code;
    }

    [Test]
    public void WhoeverReadsOnlineIsToldByMailOnceForEachReleaseAndTheOthersArePrinted()
    {
        PayAndIssue();
        ReadsOnline("0002", "en");
        ReadsOnline("0005", "es");
        database.Clock.Advance(TimeSpan.FromDays(366));
        CompletePayer();
        Assert.That(new ReleaseTaxForms(database.Books).Run(new(null, 2026, "12-3456789", "bea", "not a link")).Refusal!.Code, Is.EqualTo("statements-link"));
        Assert.That((Release(dryRun: true).Value.Told, Mails().Count), Is.EqualTo((2, 0)));
        Assert.That((Release().Value.Told, Release().Refusal!.Code), Is.EqualTo((2, "tax-forms-nothing-new")));
        var first = Mails();
        Assert.That(first.Select(mail => mail.ToAddress), Is.EqualTo(new[] { "m0002@example.coop", "m0005@example.coop" }));
        Assert.That((first[0].Text[..5], first[1].Text[..5]), Is.EqualTo(("Hello", "Hola:")));
        foreach (var mail in first)
        {
            Assert.That(mail.Subject, Does.StartWith("IMPORTANT TAX RETURN DOCUMENT AVAILABLE").And.Contain("2026"));
            Assert.That(mail.Text, Does.Contain(Link).And.Not.Contain("$"));
            Assert.That((mail.Subject + mail.Text).Replace("2026", "", StringComparison.Ordinal).Replace("1099", "", StringComparison.Ordinal).Where(char.IsAsciiDigit), Is.Empty, "no figure and no number");
        }
        Assert.That(new MemberMails(database.Books).Run(null, "0002").Value.Rows.Single().Subject, Is.EqualTo(first[0].Subject), "in the log of the member");
        Assert.That(database.Books.Read(db => db.AuditRecords.Single(record => record.Verb == "tax-forms.notify").Detail), Is.EqualTo("2 members"));
        using (var paper = new PrintedPdf(new PrintTaxForms(database.Books).Run(new(null, 2026, "bea")).Value.Pdf))
            Assert.That((paper.PageCount, Enumerable.Range(1, 5).Count(page => paper.TextOf(page).Contains("Worker 2", StringComparison.Ordinal) || paper.TextOf(page).Contains("Worker 5", StringComparison.Ordinal))), Is.EqualTo((5, 0)));

        Assert.That(new StopNotices(database.Books).Run(new(first[0].Id)).Refusal, Is.Null, "by the link in the mail");
        Reverse();
        Assert.That((Release().Value.Told, Mails().Count), Is.EqualTo((1, 3)));
        Assert.That(Mails()[2].Text, Does.Contain("corrigió"));
        Assert.That(Mails().Select(mail => mail.Key), Is.Unique);
        Assert.That(Findings(), Is.Empty);

        List<MailMessage> Mails() => database.Books.Read(db => db.Mails.OrderBy(mail => mail.Id).ToList());

        void ReadsOnline(string number, string language)
        {
            database.Books.Write<int>(false, db => db.Members.Where(member => member.Number == number).ExecuteUpdate(set => set.SetProperty(member => member.Email, $"m{number}@example.coop").SetProperty(member => member.Language, language)));
            Assert.That(new RecordDeliveryChoice(database.Books).Run(new(null, number, DeliveryWay.Electronic, new DateOnly(2026, 1, 1), "ann")).Refusal, Is.Null);
        }
    }

    [Test]
    public void RecordsOfOnePersonAreOneForm()
    {
        PayAndIssue();
        var (before, dividends) = (Forms(), Dividends(1));
        database.Clock.Advance(TimeSpan.FromDays(366));
        CompletePayer();
        _ = Release().Value;
        Assert.That(new MergeMembers(database.Books).Run(new(null, "0003", "0004", "the same person", "bea")).Refusal, Is.Null);
        var forms = Forms();
        Assert.That((forms.Forms.Count, forms.AllReportable), Is.EqualTo((6, before.AllReportable)));
        Assert.That(forms.Forms[2].Boxes.Dividends.Cents, Is.EqualTo(dividends[2].Item2 + dividends[3].Item2));
        Assert.That(forms.Forms[2].Differs, Is.False, "the two forms that were released say the same together");
        Assert.That(Mine(2).Select(form => form.Record), Is.EqualTo(new[] { "0003", "0004" }));

        var kept = bakery.Members[2].Id;
        database.Books.Write<int>(false, db => db.Members.Where(member => member.Id == kept).ExecuteUpdate(set => set.SetProperty(member => member.Kind, MemberKind.Organisation)));
        Assert.That(new RecordExemption(database.Books).Run(new(null, "0003", true, "bea")).Refusal, Is.Null);
        Assert.That(Release().Value.Forms, Is.EqualTo(2), "both of them are corrected");
        Assert.That(Mine(2).Select(form => (form.Boxes, form.IsCorrected)), Is.EqualTo(new[] { (default(PatronageBoxes), true), (default, true) }));
        Assert.That(Forms().Forms.Where(form => form.Differs), Is.Empty);
    }

    [Test]
    public void NonqualifiedNoticesCountWhenTheyAreTurnedIntoMoney()
    {
        var member = bakery.Members[0].Id;
        database.Books.Write<int>(false, db =>
        {
            LedgerGuard.Append(db, bakery.CoOp,
            [
                Entry(1, new EntryLine(AccountCodes.NetAssets, null, null, 40_00), new EntryLine(AccountCodes.NonqualifiedNotices, member, 2024, -40_00)),
                Entry(2, new EntryLine(AccountCodes.NonqualifiedNotices, member, 2024, 25_00), new EntryLine(AccountCodes.Bank, null, null, -25_00)),
                Entry(3, new EntryLine(AccountCodes.NonqualifiedNotices, member, 2024, 5_00), new EntryLine(AccountCodes.NetAssets, null, null, -5_00)),
            ], database.Books.Now);
            return 1;
        });
        var form = Forms().Forms.Single();
        Assert.That((form.Boxes, form.Standing), Is.EqualTo((new PatronageBoxes(Money.Zero, Money.Zero, Money.Parse("25.00")), FormStanding.Form)), "what was taken back against the net assets was not redeemed");
        Assert.That(Forms(2025).Forms, Is.Empty);

        static EntryDraft Entry(long item, params EntryLine[] lines) => new(EntryKind.EquityContribution, 99, item, new DateOnly(2026, 1, 15), "Redeemed", null, lines);
    }

    [Test]
    public void ASocietyOfTheUnitedKingdomHasNoSuchForms()
    {
        Bakery.In(database, [100_00], code: "society", regime: TaxRegime.UkRegisteredSociety);
        Assert.That(new WorkOutTaxForms(database.Books).Run(new("society", 2026)).Refusal!.Code, Is.EqualTo("tax-forms-none-here"));
    }
}

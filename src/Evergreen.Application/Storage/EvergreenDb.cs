using Evergreen.Domain.Audit;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Jobs;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Payments;
using Evergreen.Domain.Statements;
using Evergreen.Domain.Tax;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Evergreen.Application.Storage;

/// <summary>All that is stored. Each room maps its own facts (<c>Members/MemberMapping</c> …); the facts are the Domain's types themselves.</summary>
public sealed class EvergreenDb(DbContextOptions<EvergreenDb> options) : DbContext(options)
{
    /// <summary>Done before the context goes: a turn to write that it still holds is given back.</summary>
    internal Action<EvergreenDb>? Leaving { get; init; }

    /// <summary>What the work under way will say in the audit trail when its transaction ends.</summary>
    internal List<AuditRecord> Noted { get; } = [];

    public override void Dispose()
    {
        Leaving?.Invoke(this);
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        Leaving?.Invoke(this);
        return base.DisposeAsync();
    }

    public DbSet<CoOp> CoOps => Set<CoOp>();
    public DbSet<TextVersion> TextVersions => Set<TextVersion>();

    public DbSet<Member> Members => Set<Member>();
    public DbSet<StatusChange> StatusChanges => Set<StatusChange>();
    public DbSet<MemberClass> MemberClasses => Set<MemberClass>();
    public DbSet<ClassChange> ClassChanges => Set<ClassChange>();
    public DbSet<ConsentFact> ConsentFacts => Set<ConsentFact>();
    public DbSet<DeliveryChoice> DeliveryChoices => Set<DeliveryChoice>();
    public DbSet<MemberEdit> MemberEdits => Set<MemberEdit>();
    public DbSet<MemberNote> MemberNotes => Set<MemberNote>();
    public DbSet<MemberDocument> MemberDocuments => Set<MemberDocument>();
    public DbSet<HouseholdChange> HouseholdChanges => Set<HouseholdChange>();
    public DbSet<HouseholdShare> HouseholdShares => Set<HouseholdShare>();
    public DbSet<MemberMerge> MemberMerges => Set<MemberMerge>();
    public DbSet<MembershipApplication> MembershipApplications => Set<MembershipApplication>();
    public DbSet<ApplicationDecision> ApplicationDecisions => Set<ApplicationDecision>();
    public DbSet<SavedFilter> SavedFilters => Set<SavedFilter>();
    public DbSet<MemberRequest> MemberRequests => Set<MemberRequest>();
    public DbSet<RequestClosing> RequestClosings => Set<RequestClosing>();
    public DbSet<BankChange> BankChanges => Set<BankChange>();
    public DbSet<MailAddressChange> MailAddressChanges => Set<MailAddressChange>();
    public DbSet<Beneficiary> Beneficiaries => Set<Beneficiary>();

    public DbSet<ImportSource> ImportSources => Set<ImportSource>();
    public DbSet<ImportBatch> Imports => Set<ImportBatch>();
    public DbSet<HeldRow> HeldRows => Set<HeldRow>();
    public DbSet<MemberBeforeImport> MembersBeforeImport => Set<MemberBeforeImport>();
    public DbSet<UploadedFile> UploadedFiles => Set<UploadedFile>();
    public DbSet<ImportDraft> ImportDrafts => Set<ImportDraft>();

    public DbSet<PatronageCategory> PatronageCategories => Set<PatronageCategory>();
    public DbSet<Purchase> Purchases => Set<Purchase>();
    public DbSet<HoursWorked> HoursWorked => Set<HoursWorked>();
    public DbSet<PatronageTotal> PatronageTotals => Set<PatronageTotal>();

    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<LedgerHead> LedgerHeads => Set<LedgerHead>();
    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();
    public DbSet<LedgerLine> LedgerLines => Set<LedgerLine>();
    public DbSet<EquityRow> EquityRows => Set<EquityRow>();
    public DbSet<EquityRedemption> EquityRedemptions => Set<EquityRedemption>();
    public DbSet<EquityRedemptionReversal> EquityRedemptionReversals => Set<EquityRedemptionReversal>();

    public DbSet<YearClosing> YearClosings => Set<YearClosing>();
    public DbSet<SurplusLine> SurplusLines => Set<SurplusLine>();
    public DbSet<PolicyVersion> PolicyVersions => Set<PolicyVersion>();
    public DbSet<DividendRun> DividendRuns => Set<DividendRun>();
    public DbSet<RunPool> RunPools => Set<RunPool>();
    public DbSet<Allocation> Allocations => Set<Allocation>();
    public DbSet<DividendApproval> DividendApprovals => Set<DividendApproval>();
    public DbSet<DividendPosting> DividendPostings => Set<DividendPosting>();
    public DbSet<DividendPayment> DividendPayments => Set<DividendPayment>();
    public DbSet<DividendReversal> DividendReversals => Set<DividendReversal>();
    public DbSet<Scenario> Scenarios => Set<Scenario>();
    public DbSet<ScenarioDrop> ScenarioDrops => Set<ScenarioDrop>();
    public DbSet<DividendReview> DividendReviews => Set<DividendReview>();
    public DbSet<FindingSignOff> FindingSignOffs => Set<FindingSignOff>();

    public DbSet<PaymentRun> PaymentRuns => Set<PaymentRun>();
    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<PaymentLeftOut> PaymentLeftOuts => Set<PaymentLeftOut>();
    public DbSet<PaymentApproval> PaymentApprovals => Set<PaymentApproval>();
    public DbSet<PaymentFile> PaymentFiles => Set<PaymentFile>();
    public DbSet<PaymentSettlement> PaymentSettlements => Set<PaymentSettlement>();
    public DbSet<PaymentVoid> PaymentVoids => Set<PaymentVoid>();

    public DbSet<StatementIssue> StatementIssues => Set<StatementIssue>();
    public DbSet<StatementCopy> StatementCopies => Set<StatementCopy>();
    public DbSet<StatementDelivery> StatementDeliveries => Set<StatementDelivery>();
    public DbSet<TaxFormRelease> TaxFormReleases => Set<TaxFormRelease>();
    public DbSet<TaxForm> TaxForms => Set<TaxForm>();
    public DbSet<ExemptRecipient> ExemptRecipients => Set<ExemptRecipient>();
    public DbSet<TaxFiling> TaxFilings => Set<TaxFiling>();
    public DbSet<TaxFilingFile> TaxFilingFiles => Set<TaxFilingFile>();
    public DbSet<TaxFilingSent> TaxFilingsSent => Set<TaxFilingSent>();

    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<JobLine> JobLines => Set<JobLine>();
    public DbSet<MailMessage> Mails => Set<MailMessage>();

    public DbSet<AuditRecord> AuditRecords => Set<AuditRecord>();
    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();
    public DbSet<AuditAddress> AuditAddresses => Set<AuditAddress>();

    public DbSet<SubmittedForm> SubmittedForms => Set<SubmittedForm>();
    public DbSet<KeptAnswer> KeptAnswers => Set<KeptAnswer>();

    public DatabaseKind Kind => Database.ProviderName switch
    {
        "Microsoft.EntityFrameworkCore.Sqlite" => DatabaseKind.Sqlite,
        "Npgsql.EntityFrameworkCore.PostgreSQL" => DatabaseKind.PostgreSql,
        _ => DatabaseKind.SqlServer,
    };

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // An index is kept where a question needs it, not for every foreign key: each costs every insert.
        configurationBuilder.Conventions.Remove<ForeignKeyIndexConvention>();
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcMoment>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(EvergreenDb).Assembly);
        // Text compares by code point everywhere, so that equal keys and the order of rows are the same on every database.
        var collation = Kind switch { DatabaseKind.PostgreSql => "C", DatabaseKind.SqlServer => "Latin1_General_100_BIN2", _ => null };
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var key in entity.GetForeignKeys()) key.DeleteBehavior = DeleteBehavior.Restrict;
            if (collation is not null)
                foreach (var text in entity.GetProperties().Where(p => p.ClrType == typeof(string))) text.SetCollation(collation);
        }
    }

    private sealed class UtcMoment() : ValueConverter<DateTime, DateTime>(at => at, at => DateTime.SpecifyKind(at, DateTimeKind.Utc));
}

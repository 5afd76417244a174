using Evergreen.Application.Storage.Guards;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Dividends;

public sealed class DividendMapping : IEntityTypeConfiguration<YearClosing>, IEntityTypeConfiguration<SurplusLine>, IEntityTypeConfiguration<PolicyVersion>,
    IEntityTypeConfiguration<DividendRun>, IEntityTypeConfiguration<RunPool>, IEntityTypeConfiguration<Allocation>, IEntityTypeConfiguration<DividendApproval>,
    IEntityTypeConfiguration<DividendPosting>, IEntityTypeConfiguration<DividendPayment>, IEntityTypeConfiguration<DividendReversal>
{
    public void Configure(EntityTypeBuilder<YearClosing> closing)
    {
        closing.ToTable("YearClosings", t => t.HasCheckConstraint("CK_YearClosings_Days", "\"StartsOn\" < \"EndsOn\"")).HasGuards();
        closing.HasKey(x => new { x.CoOpId, x.FiscalYear });
        closing.Property(x => x.FiguresSha256).HasMaxLength(64);
        closing.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<SurplusLine> line)
    {
        line.ToTable("SurplusLines");
        line.HasKey(x => new { x.CoOpId, x.FiscalYear, x.No });
        line.HasOne<YearClosing>().WithMany().HasForeignKey(x => new { x.CoOpId, x.FiscalYear });
    }

    public void Configure(EntityTypeBuilder<PolicyVersion> policy)
    {
        policy.ToTable("PolicyVersions").HasGuards();
        policy.HasKey(x => x.Id);
        policy.Property(x => x.Sha256).HasMaxLength(64);
        policy.HasIndex(x => new { x.CoOpId, x.FiscalYear, x.Version }).IsUnique();
        policy.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<DividendRun> run)
    {
        run.ToTable("DividendRuns").HasGuards();
        run.HasKey(x => x.Id);
        run.Property(x => x.InputsSha256).HasMaxLength(64);
        run.Property(x => x.ResultSha256).HasMaxLength(64);
        run.HasIndex(x => new { x.CoOpId, x.FiscalYear, x.Number }).IsUnique();
        run.HasOne<YearClosing>().WithMany().HasForeignKey(x => new { x.CoOpId, x.FiscalYear });
        run.HasOne<PolicyVersion>().WithMany().HasForeignKey(x => x.PolicyVersionId);
    }

    public void Configure(EntityTypeBuilder<RunPool> pool)
    {
        pool.ToTable("RunPools").HasGuards();
        pool.HasKey(x => new { x.RunId, x.PoolNo });
        pool.HasOne<DividendRun>().WithMany().HasForeignKey(x => x.RunId);
    }

    public void Configure(EntityTypeBuilder<Allocation> allocation)
    {
        allocation.ToTable("Allocations", t =>
        {
            t.HasCheckConstraint("CK_Allocations_Parts", "\"DividendCents\" = \"CashCents\" + \"QualifiedCents\" + \"NonqualifiedCents\" + \"CapitalCents\"");
            t.HasCheckConstraint("CK_Allocations_ExtraCent", "\"ExtraCent\" IN (0, 1)");
            t.HasCheckConstraint("CK_Allocations_WithheldCents", "\"WithheldCents\" >= 0 AND (\"WithheldCents\" = 0 OR \"WithheldCents\" <= \"CashCents\")");
        }).HasGuards();
        allocation.HasKey(x => new { x.RunId, x.PoolNo, x.MemberId });
        allocation.HasIndex(x => x.MemberId);
        allocation.HasOne<RunPool>().WithMany().HasForeignKey(x => new { x.RunId, x.PoolNo });
        allocation.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<DividendApproval> approval)
    {
        approval.ToTable("DividendApprovals").HasGuards();
        approval.HasKey(x => x.RunId);
        approval.Property(x => x.RunId).ValueGeneratedNever();
        approval.HasOne<DividendRun>().WithOne().HasForeignKey<DividendApproval>(x => x.RunId);
    }

    public void Configure(EntityTypeBuilder<DividendPosting> posting)
    {
        posting.ToTable("DividendPostings", t => t.HasCheckConstraint("CK_DividendPostings_Sequences", "\"FirstSequence\" <= \"LastSequence\"")).HasGuards();
        posting.HasKey(x => x.RunId);
        posting.Property(x => x.RunId).ValueGeneratedNever();
        posting.HasIndex(x => new { x.CoOpId, x.FiscalYear, x.Generation }).IsUnique();
        posting.HasOne<DividendRun>().WithOne().HasForeignKey<DividendPosting>(x => x.RunId);
    }

    public void Configure(EntityTypeBuilder<DividendPayment> payment)
    {
        payment.ToTable("DividendPayments", t =>
        {
            t.HasCheckConstraint("CK_DividendPayments_Sequences", "\"FirstSequence\" <= \"LastSequence\" + 1");
            t.HasCheckConstraint("CK_DividendPayments_PaidCents", "\"PaidCents\" >= 0");
        }).HasGuards();
        payment.HasKey(x => x.RunId);
        payment.Property(x => x.RunId).ValueGeneratedNever();
        payment.Property(x => x.Reference).HasMaxLength(PayDividend.LongestReference);
        payment.HasOne<DividendPosting>().WithOne().HasForeignKey<DividendPayment>(x => x.RunId);
    }

    public void Configure(EntityTypeBuilder<DividendReversal> reversal)
    {
        reversal.ToTable("DividendReversals", t => t.HasCheckConstraint("CK_DividendReversals_Sequences", "\"FirstSequence\" <= \"LastSequence\"")).HasGuards();
        reversal.HasKey(x => x.RunId);
        reversal.Property(x => x.RunId).ValueGeneratedNever();
        reversal.HasOne<DividendPosting>().WithOne().HasForeignKey<DividendReversal>(x => x.RunId);
    }
}

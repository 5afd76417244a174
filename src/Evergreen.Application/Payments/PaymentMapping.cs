using Evergreen.Application.Dividends;
using Evergreen.Application.Storage.Guards;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using Evergreen.Domain.Payments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Payments;

public sealed class PaymentMapping : IEntityTypeConfiguration<PaymentRun>, IEntityTypeConfiguration<Payment>, IEntityTypeConfiguration<PaymentLeftOut>, IEntityTypeConfiguration<PaymentApproval>,
    IEntityTypeConfiguration<PaymentFile>, IEntityTypeConfiguration<PaymentSettlement>, IEntityTypeConfiguration<PaymentVoid>
{
    public void Configure(EntityTypeBuilder<PaymentRun> run)
    {
        run.ToTable("PaymentRuns", t => t.HasCheckConstraint("CK_PaymentRuns_Totals", "\"Members\" >= 1 AND \"TotalCents\" >= 1 AND \"Round\" >= 1")).HasGuards();
        run.HasKey(x => x.Id);
        run.HasIndex(x => new { x.CoOpId, x.Number }).IsUnique();
        run.HasIndex(x => x.DividendRunId);
        run.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
        run.HasOne<DividendPosting>().WithMany().HasForeignKey(x => x.DividendRunId);
    }

    public void Configure(EntityTypeBuilder<Payment> payment)
    {
        payment.ToTable("Payments", t => t.HasCheckConstraint("CK_Payments_Amount", "\"PatronageCents\" >= 0 AND \"InterestCents\" >= 0 AND \"PatronageCents\" + \"InterestCents\" >= 1")).HasGuards();
        payment.HasKey(x => new { x.PaymentRunId, x.No });
        payment.Ignore(x => x.Amount);
        payment.Property(x => x.Bank).HasMaxLength(8);
        payment.Property(x => x.AccountDigest).HasMaxLength(32);
        // The member first: of two indexes that begin alike a planner may take the wrong one.
        payment.HasIndex(x => new { x.MemberId, x.PaymentRunId }).IsUnique();
        payment.HasOne<PaymentRun>().WithMany().HasForeignKey(x => x.PaymentRunId);
        payment.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<PaymentLeftOut> leftOut)
    {
        leftOut.ToTable("PaymentLeftOuts", t => t.HasCheckConstraint("CK_PaymentLeftOuts_Amount", "\"PatronageCents\" >= 0 AND \"InterestCents\" >= 0")).HasGuards();
        leftOut.HasKey(x => new { x.PaymentRunId, x.MemberId });
        leftOut.Ignore(x => x.Amount);
        leftOut.HasIndex(x => x.MemberId);
        leftOut.HasOne<PaymentRun>().WithMany().HasForeignKey(x => x.PaymentRunId);
        leftOut.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<PaymentApproval> approval)
    {
        approval.ToTable("PaymentApprovals").HasGuards();
        approval.HasKey(x => x.PaymentRunId);
        approval.Property(x => x.PaymentRunId).ValueGeneratedNever();
        approval.HasOne<PaymentRun>().WithOne().HasForeignKey<PaymentApproval>(x => x.PaymentRunId);
    }

    public void Configure(EntityTypeBuilder<PaymentFile> file)
    {
        file.ToTable("PaymentFiles").HasGuards();
        file.HasKey(x => x.PaymentRunId);
        file.Property(x => x.PaymentRunId).ValueGeneratedNever();
        file.Property(x => x.Modifier).HasMaxLength(1);
        file.Property(x => x.BankRouting).HasMaxLength(9);
        file.Property(x => x.BankName).HasMaxLength(NachaOriginator.LongestName);
        file.Property(x => x.CompanyId).HasMaxLength(NachaOriginator.LongestId);
        file.Property(x => x.Sha256).HasMaxLength(64);
        file.HasIndex(x => new { x.DividendRunId, x.Round }).IsUnique();
        file.HasOne<PaymentRun>().WithOne().HasForeignKey<PaymentFile>(x => x.PaymentRunId);
    }

    public void Configure(EntityTypeBuilder<PaymentSettlement> settlement)
    {
        settlement.ToTable("PaymentSettlements").HasGuards();
        settlement.HasKey(x => x.PaymentRunId);
        settlement.Property(x => x.PaymentRunId).ValueGeneratedNever();
        settlement.Property(x => x.Reference).HasMaxLength(PayDividend.LongestReference);
        settlement.HasIndex(x => new { x.DividendRunId, x.Round }).IsUnique();
        settlement.HasOne<PaymentRun>().WithOne().HasForeignKey<PaymentSettlement>(x => x.PaymentRunId);
    }

    public void Configure(EntityTypeBuilder<PaymentVoid> taken)
    {
        taken.ToTable("PaymentVoids").HasGuards();
        taken.HasKey(x => new { x.PaymentRunId, x.No });
        taken.HasOne<Payment>().WithOne().HasForeignKey<PaymentVoid>(x => new { x.PaymentRunId, x.No });
        taken.HasOne<PaymentSettlement>().WithMany().HasForeignKey(x => x.PaymentRunId);
    }
}

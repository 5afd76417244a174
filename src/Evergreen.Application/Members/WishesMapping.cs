using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Members;

/// <summary>What members ask for and instruct by themselves.</summary>
public sealed class WishesMapping : IEntityTypeConfiguration<MemberRequest>, IEntityTypeConfiguration<RequestClosing>, IEntityTypeConfiguration<BankChange>, IEntityTypeConfiguration<MailAddressChange>,
    IEntityTypeConfiguration<Beneficiary>
{
    public void Configure(EntityTypeBuilder<MemberRequest> request)
    {
        request.ToTable("MemberRequests");
        request.HasKey(x => x.Id);
        request.Property(x => x.Receipt).HasMaxLength(200);
        request.Property(x => x.SourceRef).HasMaxLength(200);
        request.Property(x => x.DocumentId).HasMaxLength(32);
        request.HasIndex(x => new { x.CoOpId, x.Number }).IsUnique();
        request.HasIndex(x => x.MemberId);
        request.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
        request.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<RequestClosing> closing)
    {
        closing.ToTable("RequestClosings");
        closing.HasKey(x => x.RequestId);
        closing.Property(x => x.RequestId).ValueGeneratedNever();
        closing.HasOne<MemberRequest>().WithOne().HasForeignKey<RequestClosing>(x => x.RequestId);
    }

    public void Configure(EntityTypeBuilder<BankChange> change)
    {
        change.ToTable("BankChanges");
        change.HasKey(x => x.Id);
        change.HasIndex(x => x.MemberId);
        // Few wait at any time, and they are looked for every minute.
        change.HasIndex(x => x.InForceOn).HasFilter("\"SettledAt\" IS NULL AND \"StoppedAt\" IS NULL");
        change.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
        change.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<MailAddressChange> change)
    {
        change.ToTable("MailAddressChanges");
        change.HasKey(x => x.Id);
        change.Property(x => x.NewAddress).HasMaxLength(320);
        change.Property(x => x.CodeDigest).HasMaxLength(64);
        change.HasIndex(x => x.MemberId);
        change.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<Beneficiary> beneficiary)
    {
        beneficiary.ToTable("Beneficiaries", t => t.HasCheckConstraint("CK_Beneficiaries_Percent", "\"Percent\" BETWEEN 1 AND 100"));
        beneficiary.HasKey(x => x.Id);
        beneficiary.HasIndex(x => x.MemberId);
        beneficiary.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }
}

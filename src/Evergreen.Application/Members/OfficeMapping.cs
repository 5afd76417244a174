using Evergreen.Application.Storage.Guards;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Members;

/// <summary>What the office keeps about members beside the register.</summary>
public sealed class OfficeMapping : IEntityTypeConfiguration<MemberEdit>, IEntityTypeConfiguration<MemberNote>, IEntityTypeConfiguration<MemberDocument>, IEntityTypeConfiguration<HouseholdChange>,
    IEntityTypeConfiguration<MemberMerge>, IEntityTypeConfiguration<MembershipApplication>, IEntityTypeConfiguration<ApplicationDecision>, IEntityTypeConfiguration<SavedFilter>
{
    public void Configure(EntityTypeBuilder<MemberEdit> edit)
    {
        edit.ToTable("MemberEdits");
        edit.HasKey(x => x.Id);
        edit.Property(x => x.Field).HasMaxLength(50);
        edit.HasIndex(x => new { x.MemberId, x.Version });
        edit.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<MemberNote> note)
    {
        note.ToTable("MemberNotes");
        note.HasKey(x => x.Id);
        note.HasIndex(x => x.MemberId);
        note.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<MemberDocument> document)
    {
        document.ToTable("MemberDocuments");
        document.HasKey(x => x.Id);
        document.Property(x => x.Id).HasMaxLength(32);
        document.Property(x => x.MediaType).HasMaxLength(50);
        document.Property(x => x.Sha256).HasMaxLength(64);
        document.HasIndex(x => x.MemberId);
        document.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<HouseholdChange> change)
    {
        change.ToTable("HouseholdChanges").HasGuards();
        change.HasKey(x => x.Id);
        change.HasIndex(x => new { x.MemberId, x.On });
        change.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
        change.HasOne<Member>().WithMany().HasForeignKey(x => x.OwnerId);
    }

    public void Configure(EntityTypeBuilder<MemberMerge> merge)
    {
        merge.ToTable("MemberMerges", t => t.HasCheckConstraint("CK_MemberMerges_Two", "\"OtherId\" <> \"KeptId\"")).HasGuards();
        merge.HasKey(x => x.OtherId);
        merge.Property(x => x.OtherId).ValueGeneratedNever();
        merge.HasIndex(x => x.KeptId);
        merge.HasIndex(x => x.CoOpId);
        merge.HasOne<Member>().WithMany().HasForeignKey(x => x.OtherId);
        merge.HasOne<Member>().WithMany().HasForeignKey(x => x.KeptId);
    }

    public void Configure(EntityTypeBuilder<MembershipApplication> application)
    {
        application.ToTable("MembershipApplications");
        application.HasKey(x => x.Id);
        application.HasIndex(x => new { x.CoOpId, x.Number }).IsUnique();
        application.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<ApplicationDecision> decision)
    {
        decision.ToTable("ApplicationDecisions").HasGuards();
        decision.HasKey(x => x.ApplicationId);
        decision.Property(x => x.ApplicationId).ValueGeneratedNever();
        decision.HasOne<MembershipApplication>().WithOne().HasForeignKey<ApplicationDecision>(x => x.ApplicationId);
        decision.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<SavedFilter> filter)
    {
        filter.ToTable("SavedFilters");
        filter.HasKey(x => x.Id);
        filter.Property(x => x.List).HasMaxLength(50);
        filter.Property(x => x.Owner).HasMaxLength(200);
        filter.Property(x => x.Name).HasMaxLength(100);
        filter.HasIndex(x => new { x.CoOpId, x.List, x.Owner, x.Name }).IsUnique();
        filter.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }
}

using Evergreen.Application.Access;
using Evergreen.Application.Storage.Guards;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Members;

/// <summary>How members come in: which account stands for whom, and what a household's owner lets the others see.</summary>
public sealed class EntryMapping : IEntityTypeConfiguration<MemberSignIn>, IEntityTypeConfiguration<MemberInvitation>, IEntityTypeConfiguration<HouseholdShare>
{
    public void Configure(EntityTypeBuilder<MemberSignIn> link)
    {
        link.ToTable("MemberSignIns");
        link.HasKey(x => x.Id);
        link.Property(x => x.LinkedBy).HasMaxLength(256);
        link.Property(x => x.EndedBy).HasMaxLength(256);
        link.HasIndex(x => new { x.UserId, x.CoOpId }).IsUnique().HasFilter("\"EndedAt\" IS NULL");
        link.HasIndex(x => x.MemberId).IsUnique().HasFilter("\"EndedAt\" IS NULL");
        link.HasOne<SignIn>().WithMany().HasForeignKey(x => x.UserId);
        link.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
        link.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<MemberInvitation> invitation)
    {
        invitation.ToTable("MemberInvitations");
        invitation.HasKey(x => x.Id);
        invitation.Property(x => x.CodeDigest).HasMaxLength(64);
        invitation.Property(x => x.Way).HasConversion<string>().HasMaxLength(30);
        invitation.Property(x => x.InvitedBy).HasMaxLength(256);
        invitation.HasIndex(x => x.CodeDigest).IsUnique();
        invitation.HasIndex(x => x.MemberId);
        invitation.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
        invitation.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<HouseholdShare> share)
    {
        share.ToTable("HouseholdShares").HasGuards();
        share.HasKey(x => x.Id);
        share.HasIndex(x => new { x.OwnerId, x.AdultId });
        share.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
        share.HasOne<Member>().WithMany().HasForeignKey(x => x.OwnerId);
        share.HasOne<Member>().WithMany().HasForeignKey(x => x.AdultId);
    }
}

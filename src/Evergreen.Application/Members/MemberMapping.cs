using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Members;

public sealed class MemberMapping : IEntityTypeConfiguration<Member>, IEntityTypeConfiguration<StatusChange>, IEntityTypeConfiguration<MemberClass>,
    IEntityTypeConfiguration<ClassChange>, IEntityTypeConfiguration<ConsentFact>
{
    public void Configure(EntityTypeBuilder<Member> member)
    {
        member.ToTable("Members");
        member.HasKey(x => x.Id);
        member.Property(x => x.Number).HasMaxLength(50);
        member.Property(x => x.Country).HasMaxLength(2);
        member.HasIndex(x => new { x.CoOpId, x.Number }).IsUnique();
        member.Property(x => x.SearchKey).HasMaxLength(SearchKey.Longest);
        // Holds all that a search looks at, so that looking through every member reads the index alone.
        member.HasIndex(x => new { x.CoOpId, x.SearchKey });
        // The orders of the list, each so that a page of it is read and no more.
        member.HasIndex(x => new { x.CoOpId, x.Name, x.Number });
        member.HasIndex(x => new { x.CoOpId, x.JoinedOn, x.Number });
        member.HasIndex(x => x.HouseholdOfId).HasFilter("\"HouseholdOfId\" IS NOT NULL");
        member.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
        member.HasOne<Member>().WithMany().HasForeignKey(x => x.HouseholdOfId);
    }

    public void Configure(EntityTypeBuilder<StatusChange> change)
    {
        change.ToTable("StatusChanges");
        change.HasKey(x => x.Id);
        change.HasIndex(x => new { x.MemberId, x.On });
        change.HasIndex(x => x.CoOpId);
        change.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<MemberClass> @class)
    {
        @class.ToTable("MemberClasses");
        @class.HasKey(x => x.Id);
        @class.Property(x => x.Code).HasMaxLength(50);
        @class.HasIndex(x => new { x.CoOpId, x.Code }).IsUnique();
        @class.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<ClassChange> change)
    {
        change.ToTable("ClassChanges");
        change.HasKey(x => x.Id);
        change.HasIndex(x => new { x.MemberId, x.On });
        change.HasIndex(x => x.CoOpId);
        change.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
        change.HasOne<MemberClass>().WithMany().HasForeignKey(x => x.ClassId);
    }

    public void Configure(EntityTypeBuilder<ConsentFact> consent)
    {
        consent.ToTable("ConsentFacts");
        consent.HasKey(x => x.Id);
        consent.HasIndex(x => new { x.MemberId, x.On });
        consent.HasIndex(x => x.CoOpId);
        consent.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }
}

using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Patronage;

/// <remarks>Rows come by the million: one foreign key, to the member, and one index, by which a member's rows are explained.</remarks>
public sealed class PatronageMapping : IEntityTypeConfiguration<PatronageCategory>, IEntityTypeConfiguration<Purchase>, IEntityTypeConfiguration<HoursWorked>,
    IEntityTypeConfiguration<PatronageTotal>
{
    public void Configure(EntityTypeBuilder<PatronageCategory> category)
    {
        category.ToTable("PatronageCategories");
        category.HasKey(x => x.Id);
        category.Property(x => x.Code).HasMaxLength(100);
        category.Property(x => x.Name).HasMaxLength(100).HasDefaultValue("");
        category.Property(x => x.Note).HasMaxLength(500).HasDefaultValue("");
        category.HasIndex(x => new { x.CoOpId, x.Measure, x.Code }).IsUnique();
        category.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<Purchase> purchase)
    {
        purchase.ToTable("Purchases");
        purchase.HasKey(x => new { x.SourceId, x.SourceRef });
        purchase.Property(x => x.SourceRef).HasMaxLength(200);
        purchase.HasIndex(x => new { x.MemberId, x.On });
        purchase.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<HoursWorked> hours)
    {
        hours.ToTable("HoursWorked");
        hours.HasKey(x => new { x.SourceId, x.SourceRef });
        hours.Property(x => x.SourceRef).HasMaxLength(200);
        hours.HasIndex(x => new { x.MemberId, x.On });
        hours.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<PatronageTotal> total)
    {
        total.ToTable("PatronageTotals", t => t.HasCheckConstraint("CK_PatronageTotals_Rows", "\"Rows\" >= 0"));
        total.HasKey(x => new { x.CoOpId, x.FiscalYear, x.Measure, x.MemberId, x.CategoryId, x.Eligibility });
    }
}

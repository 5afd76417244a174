using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;
using Evergreen.Domain.Statements;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Statements;

public sealed class StatementMapping : IEntityTypeConfiguration<StatementIssue>, IEntityTypeConfiguration<StatementCopy>, IEntityTypeConfiguration<StatementDelivery>
{
    public void Configure(EntityTypeBuilder<StatementIssue> issue)
    {
        issue.ToTable("StatementIssues");
        issue.HasKey(x => x.RunId);
        issue.Property(x => x.RunId).ValueGeneratedNever();
        issue.HasOne<DividendRun>().WithOne().HasForeignKey<StatementIssue>(x => x.RunId);
    }

    public void Configure(EntityTypeBuilder<StatementCopy> copy)
    {
        copy.ToTable("StatementCopies");
        copy.HasKey(x => new { x.RunId, x.MemberId, x.Paper });
        copy.Property(x => x.Paper).HasMaxLength(20);
        copy.Property(x => x.Sha256).HasMaxLength(64);
        copy.HasOne<StatementIssue>().WithMany().HasForeignKey(x => x.RunId);
    }

    public void Configure(EntityTypeBuilder<StatementDelivery> delivery)
    {
        delivery.ToTable("StatementDeliveries");
        delivery.HasKey(x => x.Id);
        delivery.Property(x => x.Reference).HasMaxLength(100);
        delivery.HasIndex(x => new { x.RunId, x.MemberId, x.Reference }).IsUnique();
        delivery.HasOne<StatementIssue>().WithMany().HasForeignKey(x => x.RunId);
        delivery.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }
}

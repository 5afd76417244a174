using Evergreen.Domain.Equity;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Equity;

public sealed class EquityRowMapping : IEntityTypeConfiguration<EquityRow>
{
    public void Configure(EntityTypeBuilder<EquityRow> row)
    {
        row.ToTable("EquityRows");
        row.HasKey(x => new { x.SourceId, x.SourceRef });
        row.Property(x => x.SourceRef).HasMaxLength(200);
        row.Property(x => x.AccountCode).HasMaxLength(50);
        row.HasIndex(x => x.ImportId);
        row.HasOne<ImportBatch>().WithMany().HasForeignKey(x => x.ImportId);
        row.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
        row.HasOne<LedgerEntry>().WithMany().HasForeignKey(x => new { x.CoOpId, x.Sequence });
    }
}

using Evergreen.Domain.CoOps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.CoOps;

public sealed class CoOpMapping : IEntityTypeConfiguration<CoOp>
{
    public void Configure(EntityTypeBuilder<CoOp> coOp)
    {
        coOp.ToTable("CoOps", t =>
        {
            t.HasCheckConstraint("CK_CoOps_FiscalYearEndMonth", "\"FiscalYearEndMonth\" BETWEEN 1 AND 12");
            t.HasCheckConstraint("CK_CoOps_Currency", "\"Currency\" <> ''");
        });
        coOp.HasKey(x => x.Id);
        coOp.Property(x => x.Code).HasMaxLength(50);
        coOp.Property(x => x.TimeZone).HasMaxLength(64);
        coOp.Property(x => x.Language).HasMaxLength(8);
        coOp.Property(x => x.Country).HasMaxLength(2);
        coOp.Property(x => x.Currency).HasMaxLength(3);
        coOp.Property(x => x.RetentionYears).HasDefaultValue(CoOp.DefaultRetentionYears);
        coOp.Property(x => x.BankHoldDays).HasDefaultValue(CoOp.DefaultBankHoldDays);
        coOp.HasIndex(x => x.Code).IsUnique();
    }
}

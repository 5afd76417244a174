using Evergreen.Application.Storage.Guards;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Equity;

public sealed class EquityRedemptionMapping : IEntityTypeConfiguration<EquityRedemption>, IEntityTypeConfiguration<EquityRedemptionReversal>
{
    public void Configure(EntityTypeBuilder<EquityRedemption> redemption)
    {
        redemption.ToTable("EquityRedemptions", t =>
        {
            t.HasCheckConstraint("CK_EquityRedemptions_Sequences", "\"FirstSequence\" + \"Members\" = \"LastSequence\" + 1 AND \"Members\" > 0");
            t.HasCheckConstraint("CK_EquityRedemptions_Cents", "\"PaidCents\" > 0 AND \"NonqualifiedCents\" >= 0 AND \"NonqualifiedCents\" <= \"PaidCents\" AND (\"AskedCents\" IS NULL OR \"AskedCents\" = \"PaidCents\")");
            t.HasCheckConstraint("CK_EquityRedemptions_Scope", "\"ThroughYear\" IS NOT NULL OR \"MemberId\" IS NOT NULL");
        }).HasGuards();
        redemption.HasKey(x => new { x.CoOpId, x.Number });
        redemption.Property(x => x.Resolution).HasMaxLength(RedeemEquity.LongestResolution);
        redemption.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
        redemption.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<EquityRedemptionReversal> reversal)
    {
        reversal.ToTable("EquityRedemptionReversals", t => t.HasCheckConstraint("CK_EquityRedemptionReversals_Sequences", "\"FirstSequence\" <= \"LastSequence\"")).HasGuards();
        reversal.HasKey(x => new { x.CoOpId, x.Number });
        reversal.HasOne<EquityRedemption>().WithOne().HasForeignKey<EquityRedemptionReversal>(x => new { x.CoOpId, x.Number });
    }
}

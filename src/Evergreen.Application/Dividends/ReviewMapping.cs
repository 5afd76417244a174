using Evergreen.Application.Storage.Guards;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Dividends;

/// <summary>Scenarios, and what people said of a run before it was approved.</summary>
public sealed class ReviewMapping : IEntityTypeConfiguration<Scenario>, IEntityTypeConfiguration<ScenarioDrop>, IEntityTypeConfiguration<DividendReview>, IEntityTypeConfiguration<FindingSignOff>
{
    public void Configure(EntityTypeBuilder<Scenario> scenario)
    {
        scenario.ToTable("Scenarios").HasGuards();
        scenario.HasKey(x => x.Id);
        scenario.Property(x => x.Name).HasMaxLength(SaveScenario.LongestName);
        scenario.Property(x => x.PolicySha256).HasMaxLength(64);
        scenario.Property(x => x.InputsSha256).HasMaxLength(64);
        scenario.Property(x => x.ResultSha256).HasMaxLength(64);
        scenario.HasIndex(x => new { x.CoOpId, x.FiscalYear });
        scenario.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<ScenarioDrop> drop)
    {
        drop.ToTable("ScenarioDrops").HasGuards();
        drop.HasKey(x => x.ScenarioId);
        drop.Property(x => x.ScenarioId).ValueGeneratedNever();
        drop.HasOne<Scenario>().WithOne().HasForeignKey<ScenarioDrop>(x => x.ScenarioId);
    }

    public void Configure(EntityTypeBuilder<DividendReview> review)
    {
        review.ToTable("DividendReviews").HasGuards();
        review.HasKey(x => x.RunId);
        review.Property(x => x.RunId).ValueGeneratedNever();
        review.HasOne<DividendRun>().WithOne().HasForeignKey<DividendReview>(x => x.RunId);
    }

    public void Configure(EntityTypeBuilder<FindingSignOff> signOff)
    {
        signOff.ToTable("FindingSignOffs").HasGuards();
        signOff.HasKey(x => new { x.RunId, x.Finding });
        signOff.Property(x => x.Finding).HasMaxLength(60);
        signOff.HasOne<DividendRun>().WithMany().HasForeignKey(x => x.RunId);
    }
}

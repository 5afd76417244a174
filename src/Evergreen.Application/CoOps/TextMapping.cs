using Evergreen.Application.Storage.Guards;
using Evergreen.Domain.CoOps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.CoOps;

public sealed class TextMapping : IEntityTypeConfiguration<TextVersion>
{
    public void Configure(EntityTypeBuilder<TextVersion> text)
    {
        text.ToTable("TextVersions").HasGuards();
        text.HasKey(x => new { x.CoOpId, x.Name, x.Language, x.Version });
        text.Property(x => x.Name).HasMaxLength(50);
        text.Property(x => x.Language).HasMaxLength(8);
        text.Property(x => x.Version).ValueGeneratedNever();
        text.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }
}

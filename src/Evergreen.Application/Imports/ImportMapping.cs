using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Imports;

public sealed class ImportMapping : IEntityTypeConfiguration<ImportSource>, IEntityTypeConfiguration<ImportBatch>, IEntityTypeConfiguration<HeldRow>,
    IEntityTypeConfiguration<MemberBeforeImport>
{
    public void Configure(EntityTypeBuilder<ImportSource> source)
    {
        source.ToTable("ImportSources");
        source.HasKey(x => x.Id);
        source.Property(x => x.Name).HasMaxLength(100);
        source.HasIndex(x => new { x.CoOpId, x.Kind, x.Name }).IsUnique();
        source.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<ImportBatch> import)
    {
        import.ToTable("Imports", t => t.HasCheckConstraint("CK_Imports_Counts", "\"Accepted\" >= 0 AND \"Rejected\" >= 0 AND \"Held\" >= 0 AND \"Skipped\" >= 0 AND \"Blank\" >= 0"));
        import.HasKey(x => x.Id);
        import.Property(x => x.Sha256).HasMaxLength(64);
        import.HasIndex(x => new { x.CoOpId, x.Number }).IsUnique();
        import.HasIndex(x => new { x.CoOpId, x.Kind, x.Sha256 }).IsUnique().HasFilter("\"WithdrawnAt\" IS NULL");
        import.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
        import.HasOne<ImportSource>().WithMany().HasForeignKey(x => x.SourceId);
    }

    public void Configure(EntityTypeBuilder<HeldRow> row)
    {
        row.ToTable("HeldRows");
        row.HasKey(x => x.Id);
        row.Property(x => x.SourceRef).HasMaxLength(200);
        row.Property(x => x.MemberNumber).HasMaxLength(50);
        row.HasIndex(x => new { x.SourceId, x.SourceRef }).IsUnique();
        row.HasIndex(x => new { x.CoOpId, x.MemberNumber });
        row.HasOne<ImportBatch>().WithMany().HasForeignKey(x => x.ImportId);
    }

    public void Configure(EntityTypeBuilder<MemberBeforeImport> before)
    {
        before.ToTable("MembersBeforeImport");
        before.HasKey(x => new { x.ImportId, x.MemberId });
        before.HasIndex(x => x.MemberId);
        before.HasOne<ImportBatch>().WithMany().HasForeignKey(x => x.ImportId);
        before.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }
}

using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Imports;

public sealed class DraftMapping : IEntityTypeConfiguration<UploadedFile>, IEntityTypeConfiguration<ImportDraft>
{
    public void Configure(EntityTypeBuilder<UploadedFile> file)
    {
        file.ToTable("UploadedFiles", t => t.HasCheckConstraint("CK_UploadedFiles_Bytes", "\"Bytes\" >= 0"));
        file.HasKey(x => x.Id);
        file.Property(x => x.Id).HasMaxLength(32);
        file.Property(x => x.FileName).HasMaxLength(200);
        file.Property(x => x.Sha256).HasMaxLength(64);
        file.HasIndex(x => new { x.CoOpId, x.ReceivedAt });
        file.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<ImportDraft> draft)
    {
        draft.ToTable("ImportDrafts", t => t.HasCheckConstraint("CK_ImportDrafts_State", "\"State\" BETWEEN 1 AND 5"));
        draft.HasKey(x => x.Id);
        draft.Property(x => x.UploadId).HasMaxLength(32);
        draft.Property(x => x.Source).HasMaxLength(100);
        draft.Property(x => x.Profile).HasMaxLength(100);
        draft.HasIndex(x => x.UploadId).IsUnique();
        draft.HasIndex(x => new { x.CoOpId, x.State });
        draft.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
        draft.HasOne<UploadedFile>().WithMany().HasForeignKey(x => x.UploadId);
    }
}

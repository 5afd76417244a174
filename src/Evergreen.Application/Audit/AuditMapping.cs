using Evergreen.Application.Storage.Guards;
using Evergreen.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Audit;

public sealed class AuditMapping : IEntityTypeConfiguration<AuditRecord>
{
    public void Configure(EntityTypeBuilder<AuditRecord> record)
    {
        record.ToTable("AuditRecords").HasGuards();
        record.HasKey(x => x.Id);
        record.Property(x => x.From).HasMaxLength(Whence.Longest);
        record.Property(x => x.Subject).HasMaxLength(200);
        record.HasIndex(x => new { x.CoOpId, x.At });
        record.HasIndex(x => new { x.CoOpId, x.Subject });
    }
}

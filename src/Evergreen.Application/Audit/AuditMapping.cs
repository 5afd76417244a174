using Evergreen.Application.Storage.Guards;
using Evergreen.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Audit;

public sealed class AuditMapping : IEntityTypeConfiguration<AuditRecord>, IEntityTypeConfiguration<AuditSeal>, IEntityTypeConfiguration<AuditAddress>, IEntityTypeConfiguration<Announcement>
{
    public void Configure(EntityTypeBuilder<AuditRecord> record)
    {
        record.ToTable("AuditRecords").HasGuards();
        record.HasKey(x => x.Id);
        record.Property(x => x.From).HasMaxLength(Whence.Longest);
        record.Property(x => x.Subject).HasMaxLength(200);
        record.Property(x => x.Hash).HasMaxLength(32);
        record.HasIndex(x => new { x.CoOpId, x.At });
        record.HasIndex(x => new { x.CoOpId, x.Subject });
        // The last line of a co-op, by which is known whether anything happened there.
        record.HasIndex(x => new { x.CoOpId, x.Id });
    }

    public void Configure(EntityTypeBuilder<AuditSeal> seal)
    {
        seal.ToTable("AuditSeals").HasGuards();
        // Two that end a chain alike meet here: the second is done again.
        seal.HasKey(x => new { x.Chain, x.Number });
        seal.Property(x => x.Hash).HasMaxLength(32);
    }

    public void Configure(EntityTypeBuilder<AuditAddress> address)
    {
        // Without guards: these rows go when their person is erased, and the digest in the trail finds whoever changes one.
        address.ToTable("AuditAddresses");
        address.HasKey(x => new { x.Chain, x.Number });
        address.Property(x => x.Salt).HasMaxLength(16);
        address.Property(x => x.Address).HasMaxLength(Whence.Longest);
    }

    public void Configure(EntityTypeBuilder<Announcement> announcement)
    {
        announcement.ToTable("Announcements");
        announcement.HasKey(x => x.Id);
        announcement.Property(x => x.Type).HasMaxLength(50);
        announcement.Property(x => x.Subject).HasMaxLength(200);
        // Also the order of what is still to be passed on: those without a number come together.
        announcement.HasIndex(x => new { x.Sequence, x.Id });
        announcement.HasIndex(x => new { x.CoOpId, x.Subject });
    }
}

using Evergreen.Domain.CoOps;
using Evergreen.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Jobs;

public sealed class JobMapping : IEntityTypeConfiguration<Job>, IEntityTypeConfiguration<JobLine>
{
    public void Configure(EntityTypeBuilder<Job> job)
    {
        job.ToTable("Jobs", t => t.HasCheckConstraint("CK_Jobs_Progress", "\"Done\" >= 0 AND \"Total\" >= 0"));
        job.HasKey(x => x.Id);
        job.Property(x => x.Kind).HasMaxLength(50);
        job.Property(x => x.OnceKey).HasMaxLength(100);
        job.Property(x => x.Subject).HasMaxLength(100);
        job.Property(x => x.Stage).HasMaxLength(100);
        job.Property(x => x.Owner).HasMaxLength(100);
        job.Property(x => x.RefusalCode).HasMaxLength(50);
        job.HasIndex(x => new { x.Kind, x.OnceKey }).IsUnique();
        job.HasIndex(x => new { x.State, x.Id });
        job.HasIndex(x => new { x.CoOpId, x.Id });
        job.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<JobLine> line)
    {
        line.ToTable("JobLines");
        line.HasKey(x => new { x.JobId, x.No });
        line.HasOne<Job>().WithMany().HasForeignKey(x => x.JobId);
    }
}

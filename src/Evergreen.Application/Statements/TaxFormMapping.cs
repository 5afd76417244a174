using Evergreen.Application.Storage.Guards;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Domain.Tax;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Statements;

public sealed class TaxFormMapping : IEntityTypeConfiguration<TaxFormRelease>, IEntityTypeConfiguration<TaxForm>, IEntityTypeConfiguration<ExemptRecipient>,
    IEntityTypeConfiguration<TaxFiling>, IEntityTypeConfiguration<TaxFilingFile>, IEntityTypeConfiguration<TaxFilingSent>
{
    public void Configure(EntityTypeBuilder<TaxFormRelease> release)
    {
        release.ToTable("TaxFormReleases");
        release.HasKey(x => new { x.CoOpId, x.CalendarYear, x.Number });
        release.Property(x => x.PayerTaxId).HasMaxLength(10);
        release.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<TaxForm> form)
    {
        form.ToTable("TaxForms");
        form.HasKey(x => new { x.CoOpId, x.CalendarYear, x.MemberId, x.Number });
        // A member's own forms, over all years.
        form.HasIndex(x => x.MemberId);
        form.HasOne<TaxFormRelease>().WithMany().HasForeignKey(x => new { x.CoOpId, x.CalendarYear, x.Number });
        form.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<ExemptRecipient> exempt)
    {
        exempt.ToTable("ExemptRecipients");
        exempt.HasKey(x => x.MemberId);
        exempt.Property(x => x.MemberId).ValueGeneratedNever();
        exempt.HasOne<Member>().WithOne().HasForeignKey<ExemptRecipient>(x => x.MemberId);
    }

    public void Configure(EntityTypeBuilder<TaxFiling> filing)
    {
        filing.ToTable("TaxFilings", t => t.HasCheckConstraint("CK_TaxFilings_Counts", "\"Number\" >= 1 AND \"Files\" >= 1 AND \"Forms\" >= \"Files\"")).HasGuards();
        filing.HasKey(x => new { x.CoOpId, x.CalendarYear, x.Number });
        filing.Ignore(x => x.Boxes);
        filing.Property(x => x.PayerTaxId).HasMaxLength(10);
        filing.HasOne<TaxFormRelease>().WithMany().HasForeignKey(x => new { x.CoOpId, x.CalendarYear, x.Release });
    }

    public void Configure(EntityTypeBuilder<TaxFilingFile> file)
    {
        file.ToTable("TaxFilingFiles").HasGuards();
        file.HasKey(x => new { x.CoOpId, x.CalendarYear, x.Number, x.No });
        file.Property(x => x.Sha256).HasMaxLength(64);
        file.HasOne<TaxFiling>().WithMany().HasForeignKey(x => new { x.CoOpId, x.CalendarYear, x.Number });
    }

    public void Configure(EntityTypeBuilder<TaxFilingSent> sent)
    {
        sent.ToTable("TaxFilingsSent").HasGuards();
        sent.HasKey(x => new { x.CoOpId, x.CalendarYear });
        sent.HasOne<TaxFiling>().WithMany().HasForeignKey(x => new { x.CoOpId, x.CalendarYear, x.Number });
    }
}

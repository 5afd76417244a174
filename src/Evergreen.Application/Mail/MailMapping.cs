using Evergreen.Domain.CoOps;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Mail;

public sealed class MailMapping : IEntityTypeConfiguration<MailMessage>
{
    public void Configure(EntityTypeBuilder<MailMessage> mail)
    {
        mail.ToTable("Mails");
        mail.HasKey(x => x.Id);
        mail.Property(x => x.Key).HasMaxLength(100);
        mail.Property(x => x.ToAddress).HasMaxLength(320);
        mail.HasIndex(x => x.Key).IsUnique();
        mail.HasIndex(x => new { x.State, x.DueAt });
        mail.HasIndex(x => x.MemberId);
        mail.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
        mail.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }
}

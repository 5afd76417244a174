using Evergreen.Domain.CoOps;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Mail;

public sealed class MailMapping : IEntityTypeConfiguration<MailMessage>, IEntityTypeConfiguration<MailServer>
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

    public void Configure(EntityTypeBuilder<MailServer> server)
    {
        server.ToTable("MailServers");
        server.HasKey(x => x.Id);
        server.Property(x => x.Id).ValueGeneratedNever();
        server.Property(x => x.Host).HasMaxLength(253);
        server.Property(x => x.Security).HasConversion<string>().HasMaxLength(10);
        server.Property(x => x.User).HasMaxLength(320);
        server.Property(x => x.Sender).HasMaxLength(400);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Access;

public sealed class MailLinkMapping : IEntityTypeConfiguration<MailLinkRequest>, IEntityTypeConfiguration<MailLink>
{
    public void Configure(EntityTypeBuilder<MailLinkRequest> request)
    {
        request.ToTable("MailLinkRequests");
        request.HasKey(x => x.Id);
        request.Property(x => x.Kind).HasConversion<string>().HasMaxLength(30);
        request.Property(x => x.Mail).HasMaxLength(AskForMailLink.LongestMail);
        request.Property(x => x.From).HasMaxLength(64);
        request.Property(x => x.ReturnUrl).HasMaxLength(AskForMailLink.LongestReturn);
    }

    public void Configure(EntityTypeBuilder<MailLink> link)
    {
        link.ToTable("MailLinks");
        link.HasKey(x => x.Id);
        link.Property(x => x.Kind).HasConversion<string>().HasMaxLength(30);
        link.Property(x => x.CodeDigest).HasMaxLength(64);
        link.Property(x => x.Stamp).HasMaxLength(64);
        link.Property(x => x.ReturnUrl).HasMaxLength(AskForMailLink.LongestReturn);
        link.HasIndex(x => x.CodeDigest).IsUnique();
        link.HasIndex(x => new { x.UserId, x.MadeAt });
        link.HasOne<SignIn>().WithMany().HasForeignKey(x => x.UserId);
    }
}

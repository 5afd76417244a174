using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Members;

public sealed class DeliveryMapping : IEntityTypeConfiguration<DeliveryChoice>
{
    public void Configure(EntityTypeBuilder<DeliveryChoice> choice)
    {
        choice.ToTable("DeliveryChoices");
        choice.HasKey(x => x.Id);
        choice.HasIndex(x => new { x.MemberId, x.On });
        choice.HasIndex(x => x.CoOpId);
        choice.Property(x => x.NoticeVersion).HasMaxLength(50);
        choice.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId);
    }
}

using Evergreen.Application.Storage.Guards;
using Evergreen.Domain.Audit;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Webhooks;

public sealed class WebhookMapping : IEntityTypeConfiguration<WebhookEndpoint>, IEntityTypeConfiguration<WebhookDelivery>, IEntityTypeConfiguration<WebhookAttempt>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> endpoint)
    {
        endpoint.ToTable("WebhookEndpoints");
        endpoint.HasKey(x => x.Id);
        endpoint.Property(x => x.Url).HasMaxLength(OutsideAddress.LongestUrl);
        endpoint.Property(x => x.Events).HasMaxLength(1000);
        endpoint.HasIndex(x => new { x.CoOpId, x.Number }).IsUnique();
        endpoint.HasOne<CoOp>().WithMany().HasForeignKey(x => x.CoOpId);
    }

    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.ToTable("WebhookDeliveries");
        delivery.HasKey(x => x.Id);
        delivery.Property(x => x.MessageId).HasMaxLength(60);
        delivery.Property(x => x.Type).HasMaxLength(50);
        delivery.HasIndex(x => new { x.EndpointId, x.Id });
        delivery.HasIndex(x => new { x.EndpointId, x.MessageId }).IsUnique();
        delivery.HasIndex(x => new { x.State, x.DueAt });
        delivery.HasOne<WebhookEndpoint>().WithMany().HasForeignKey(x => x.EndpointId);
        delivery.HasOne<Announcement>().WithMany().HasForeignKey(x => x.AnnouncementId);
    }

    public void Configure(EntityTypeBuilder<WebhookAttempt> attempt)
    {
        attempt.ToTable("WebhookAttempts").HasGuards();
        attempt.HasKey(x => x.Id);
        attempt.HasIndex(x => x.DeliveryId);
        attempt.HasOne<WebhookDelivery>().WithMany().HasForeignKey(x => x.DeliveryId);
    }
}

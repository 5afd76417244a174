using Evergreen.Application.Storage;
using Evergreen.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Webhooks;

/// <summary>The tables of this room.</summary>
public static class WebhookTables
{
    extension(EvergreenDb db)
    {
        public DbSet<WebhookEndpoint> WebhookEndpoints => db.Set<WebhookEndpoint>();
        public DbSet<WebhookDelivery> WebhookDeliveries => db.Set<WebhookDelivery>();
        public DbSet<WebhookAttempt> WebhookAttempts => db.Set<WebhookAttempt>();
    }
}

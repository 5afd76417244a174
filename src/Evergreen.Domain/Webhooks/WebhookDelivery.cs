namespace Evergreen.Domain.Webhooks;

public enum DeliveryState
{
    Queued = 1,

    /// <summary>In the hands of one sender.</summary>
    Sending = 2,
    Delivered = 3,

    /// <summary>Given up after the last try, or because the address was switched off.</summary>
    Failed = 4,
}

/// <summary>One event on its way to one address. A receiver may get it more than once, always under the same <see cref="MessageId"/>.</summary>
public sealed class WebhookDelivery
{
    public long Id { get; init; }
    public required int EndpointId { get; init; }

    /// <summary>The event; null for a test.</summary>
    public long? AnnouncementId { get; init; }

    /// <summary>The header <c>webhook-id</c>.</summary>
    public required string MessageId { get; init; }
    public required string Type { get; init; }

    /// <summary>The JSON as it is signed and sent.</summary>
    public required string Body { get; init; }
    public required DateTime QueuedAt { get; init; }
    public DeliveryState State { get; init; } = DeliveryState.Queued;

    /// <summary>How often it was sent, since it was last asked for by a person.</summary>
    public int Tries { get; init; }

    /// <summary>Not before this moment.</summary>
    public required DateTime DueAt { get; init; }
    public DateTime? ClaimedAt { get; init; }
    public DateTime? DeliveredAt { get; init; }
}

/// <summary>One try and what became of it. What the other side answered is not kept, only its status.</summary>
public sealed class WebhookAttempt
{
    public long Id { get; init; }
    public required long DeliveryId { get; init; }
    public required DateTime At { get; init; }

    /// <summary>The HTTP status; null where there was no answer.</summary>
    public int? Status { get; init; }

    /// <summary>Why it did not arrive, as a sentence; null where it did.</summary>
    public string? Problem { get; init; }

    /// <summary>In milliseconds.</summary>
    public required int TookMs { get; init; }
}

namespace Evergreen.Domain.Webhooks;

/// <summary>An address of another program that a co-op tells of what happens.</summary>
public sealed class WebhookEndpoint
{
    /// <summary>For so long the secret before still signs beside the new one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public int Id { get; init; }
    public required int CoOpId { get; init; }

    /// <summary>From 1, for each co-op.</summary>
    public required int Number { get; init; }

    /// <summary>Absolute, <c>https</c>.</summary>
    public required string Url { get; init; }

    /// <summary>The kinds of events, with a space between; one space alone stands for none, an asterisk for all.</summary>
    public required string Events { get; init; }
    public required string SecretSealed { get; set; }

    /// <summary>The secret before, which signs as well until <see cref="PreviousUntil"/>.</summary>
    public string? PreviousSealed { get; set; }
    public DateTime? PreviousUntil { get; set; }
    public required DateTime CreatedAt { get; init; }

    /// <summary>Who registered it: the mail address is told when it is switched off.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Since when nothing is sent there; null while it is in use.</summary>
    public DateTime? DisabledAt { get; set; }

    /// <summary>Why, as a sentence.</summary>
    public string? DisabledFor { get; set; }
    public DateTime? WithdrawnAt { get; set; }

    public bool IsInUse => DisabledAt is null && WithdrawnAt is null;

    public bool Wants(string type) => Events == "*" || Events.Split(' ').Contains(type, StringComparer.Ordinal);
}

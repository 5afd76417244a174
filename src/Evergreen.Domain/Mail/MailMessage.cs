namespace Evergreen.Domain.Mail;

public enum MailState
{
    Queued = 1,

    /// <summary>In the hands of one sender.</summary>
    Sending = 2,
    Sent = 3,

    /// <summary>Not sent, or not known to have been: a person decides whether to send it again.</summary>
    Failed = 4,
}

/// <summary>A mail on its way out, kept as the log of what was sent. It never holds a balance, a tax number or a bank detail: only a link to where they are.</summary>
public sealed class MailMessage
{
    public int Id { get; init; }
    public int? CoOpId { get; init; }

    /// <summary>One of a kind: the same mail is queued once, however often it is asked for.</summary>
    public required string Key { get; init; }

    /// <summary>The member it is about; null for a mail to staff.</summary>
    public int? MemberId { get; init; }
    public required string ToAddress { get; init; }
    public required string ToName { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }
    public required string Html { get; init; }
    public required string By { get; init; }
    public required DateTime QueuedAt { get; init; }

    public MailState State { get; init; } = MailState.Queued;

    /// <summary>How often it was handed over.</summary>
    public int Tries { get; init; }

    /// <summary>Not before this moment.</summary>
    public required DateTime DueAt { get; init; }

    /// <summary>When the sender took it that has it now, or had it last.</summary>
    public DateTime? ClaimedAt { get; init; }
    public DateTime? SentAt { get; init; }

    /// <summary>Why it is not sent yet, as a sentence.</summary>
    public string? Problem { get; init; }
}

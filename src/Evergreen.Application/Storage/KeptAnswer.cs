using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Evergreen.Application.Storage;

/// <summary>What a program was answered under the key of its call: sent again, the call does nothing more and is answered the same.</summary>
/// <remarks>Stored in the transaction of the work itself. A refused call leaves none, since it did nothing: with its cause removed it may come again under its key.</remarks>
public sealed class KeptAnswer
{
    /// <summary>Longest key, in characters.</summary>
    public const int LongestKey = 128;

    /// <summary>For how many days an answer is kept. What a receipt id protects is protected for ever.</summary>
    public const int Days = 30;

    public required string ClientId { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body, lower-case hexadecimal: the same key with something else is a mistake.</summary>
    public required string Asked { get; init; }
    public required DateTime At { get; init; }

    /// <summary>HTTP status of the first answer.</summary>
    public required int Status { get; init; }
    public required string Body { get; init; }

    /// <summary>The import that took the rows in; when it is withdrawn, the answer goes with them.</summary>
    public int? ImportId { get; init; }
}

internal sealed class KeptAnswerMapping : IEntityTypeConfiguration<KeptAnswer>
{
    public void Configure(EntityTypeBuilder<KeptAnswer> answer)
    {
        answer.ToTable("KeptAnswers");
        answer.HasKey(x => new { x.ClientId, x.Key });
        answer.Property(x => x.ClientId).HasMaxLength(100);
        answer.Property(x => x.Key).HasMaxLength(KeptAnswer.LongestKey);
        answer.Property(x => x.Asked).HasMaxLength(64);
    }
}

/// <summary>A call under its key, as a program makes it.</summary>
/// <param name="Client">Whose key it is.</param>
/// <param name="Asked">SHA-256 of what was asked, see <see cref="KeptAnswer.Asked"/>.</param>
public sealed record KeyedCall(string Client, string Key, string Asked);

/// <param name="Replayed">It was given before, and nothing was done now.</param>
public sealed record KeyedAnswer(int Status, string Body, bool Replayed);

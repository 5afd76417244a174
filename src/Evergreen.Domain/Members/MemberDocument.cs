namespace Evergreen.Domain.Members;

/// <summary>A paper that belongs to a member: a signed application, a letter. Inserted, never changed.</summary>
public sealed class MemberDocument
{
    /// <summary>In bytes.</summary>
    public const int Largest = 5 * 1024 * 1024;

    /// <summary>32 hexadecimal digits drawn at random, which nobody guesses.</summary>
    public required string Id { get; init; }
    public required int CoOpId { get; init; }
    public required int MemberId { get; init; }
    public required DateTime At { get; init; }
    public required string By { get; init; }
    public required string FileName { get; init; }

    /// <summary>Media type, as the bytes say and not as the name does.</summary>
    public required string MediaType { get; init; }
    public required int Length { get; init; }

    /// <summary>SHA-256 of the bytes, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
    public required byte[] Bytes { get; init; }
}

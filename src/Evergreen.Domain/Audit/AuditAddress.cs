using System.Security.Cryptography;
using System.Text;

namespace Evergreen.Domain.Audit;

/// <summary>The network address from which an act was asked for. It stands beside the audit trail, whose record holds a digest of it, so that it can be erased with the person whose it was while the chain goes on to verify.</summary>
/// <remarks>Whoever changes it is found by the digest. The salt goes with the row: without it a digest tells nothing, though all addresses there are could be tried out.</remarks>
public sealed class AuditAddress
{
    private const string Mark = "address ";

    /// <summary>The chain of the record, as its seals name it.</summary>
    public required int Chain { get; init; }

    /// <summary>The record's number in its chain.</summary>
    public required long Number { get; init; }

    /// <summary>Chance, of its own for each row.</summary>
    public required byte[] Salt { get; init; }
    public required string Address { get; init; }

    /// <returns>What the record says in place of the address.</returns>
    public string Digest() => Mark + Convert.ToBase64String(SHA256.HashData([.. Salt, .. Encoding.UTF8.GetBytes(Address)]));

    public static bool IsDigest(string? from) => from is not null && from.StartsWith(Mark, StringComparison.Ordinal);
}

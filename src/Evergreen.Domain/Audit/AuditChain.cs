using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Evergreen.Domain.Audit;

/// <summary>The hash chain over the audit records of a co-op, or of what belongs to none.</summary>
/// <remarks>
/// Canonical form, version 1, UTF-8 with line feeds:
/// <code>
/// evergreen-audit-1
/// {chain}|{number}|{at yyyy-MM-ddTHH:mm:ss.fffffffZ}|{by}|{verb}|{subject}|{detail}|{from}
/// </code>
/// In the texts \ | and line feed are escaped by \; a detail or place that was not given is - and one that was given is = and the text. The hash of record n is SHA-256(hash of record n−1 ‖ canonical form of n); before the first stand 32 zero
/// bytes, or the hash of the seal with the number 0. That one covers the records from before there was a chain, in the order of their ids: each is hashed onto the one before in the same form, with its id for a number.
/// </remarks>
public static class AuditChain
{
    private const int HashLength = 32;

    public static readonly byte[] Genesis = new byte[HashLength];

    /// <returns>The next hash.</returns>
    public static byte[] Link(byte[] previous, long number, AuditRecord record)
    {
        var form = string.Create(CultureInfo.InvariantCulture,
            $"evergreen-audit-1\n{AuditSeal.ChainOf(record.CoOpId)}|{number}|{record.At:yyyy-MM-ddTHH:mm:ss.fffffff}Z|{Escaped(record.By)}|{Escaped(record.Verb)}|{Escaped(record.Subject)}|{Given(record.Detail)}|{Given(record.From)}\n");
        var bytes = new byte[HashLength + Encoding.UTF8.GetByteCount(form)];
        previous.CopyTo(bytes, 0);
        Encoding.UTF8.GetBytes(form, bytes.AsSpan(HashLength));
        return SHA256.HashData(bytes);
    }

    private static string Given(string? text) => text is null ? "-" : "=" + Escaped(text);

    private static string Escaped(string text) =>
        text.AsSpan().IndexOfAny('\\', '|', '\n') < 0 ? text : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}

using System.Security.Cryptography;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Keeps a paper of a member: PDF, PNG, JPEG or plain text, up to 5 MB. What it is, its bytes say.</summary>
public sealed class AddDocument(Books books)
{
    private const int LongestName = 150;

    public sealed record Request(string? CoOp, string Member, string FileName, byte[] Bytes, string By);

    /// <summary>A file whose size and kind were looked at.</summary>
    public sealed record Clean(string FileName, string MediaType, byte[] Bytes);

    public Outcome<MemberDocument> Run(Request request)
    {
        var clean = Checked(request.FileName, request.Bytes);
        if (clean.IsRefused) return clean.Refusal!;
        return books.Write<MemberDocument>(dryRun: false, db =>
        {
            var found = FindMember.Run(db, request.CoOp, request.Member);
            return found.IsRefused ? found.Refusal! : Keep(db, found.Value.Member, clean.Value, books.Now, request.By);
        });
    }

    /// <summary>Whether the file may be kept, and as what.</summary>
    internal static Outcome<Clean> Checked(string fileName, byte[] bytes)
    {
        var name = SafeName(fileName);
        if (bytes.Length > MemberDocument.Largest) return Refusals.DocumentTooLarge(MemberDocument.Largest);
        return DocumentForm.MediaTypeOf(bytes) is { } mediaType ? new Clean(name, mediaType, bytes) : Refusals.DocumentForm(name);
    }

    /// <summary>Keeps it in the transaction of a verb.</summary>
    internal static MemberDocument Keep(EvergreenDb db, Member member, Clean file, DateTime at, string by)
    {
        var document = new MemberDocument
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), CoOpId = member.CoOpId, MemberId = member.Id, At = at, By = by, FileName = file.FileName, MediaType = file.MediaType,
            Length = file.Bytes.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(file.Bytes)), Bytes = file.Bytes,
        };
        db.MemberDocuments.Add(document);
        AuditTrail.Add(db, document.CoOpId, document.At, by, "members.document", $"member {member.Number}", $"{file.MediaType}, {document.Length} bytes, SHA-256 {document.Sha256}");
        return document;
    }

    /// <summary>The last part of the path without what no file system takes.</summary>
    private static string SafeName(string fileName)
    {
        var last = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = string.Concat(last.Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or ':' or '|' or '?' or '*'))).Trim(' ', '.');
        return clean.Length == 0 ? "document" : clean.Length <= LongestName ? clean : clean[^LongestName..];
    }
}

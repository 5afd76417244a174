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

    public Outcome<MemberDocument> Run(Request request)
    {
        var name = SafeName(request.FileName);
        if (request.Bytes.Length > MemberDocument.Largest) return Refusals.DocumentTooLarge(MemberDocument.Largest);
        if (DocumentForm.MediaTypeOf(request.Bytes) is not { } mediaType) return Refusals.DocumentForm(name);
        return books.Write<MemberDocument>(dryRun: false, db =>
        {
            var found = FindMember.Run(db, request.CoOp, request.Member);
            if (found.IsRefused) return found.Refusal!;
            var document = new MemberDocument
            {
                Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), CoOpId = found.Value.CoOp.Id, MemberId = found.Value.Member.Id, At = books.Now, By = request.By, FileName = name, MediaType = mediaType,
                Length = request.Bytes.Length, Sha256 = Convert.ToHexStringLower(SHA256.HashData(request.Bytes)), Bytes = request.Bytes,
            };
            db.MemberDocuments.Add(document);
            AuditTrail.Add(db, document.CoOpId, document.At, request.By, "members.document", $"member {found.Value.Member.Number}", $"{mediaType}, {document.Length} bytes, SHA-256 {document.Sha256}");
            return document;
        });
    }

    /// <summary>The last part of the path without what no file system takes.</summary>
    private static string SafeName(string fileName)
    {
        var last = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = string.Concat(last.Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or ':' or '|' or '?' or '*'))).Trim(' ', '.');
        return clean.Length == 0 ? "document" : clean.Length <= LongestName ? clean : clean[^LongestName..];
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Documents.Drawing;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.CoOps;

/// <summary>Sets or removes the co-op's logo. It is kept only where statements can be printed with it.</summary>
public sealed class SetLogo(Books books)
{
    public const int MostBytes = 512 * 1024, MostPixels = 4_000;

    /// <param name="Logo">PNG, or SVG of plain filled shapes; null removes the logo.</param>
    /// <param name="Seen"><see cref="Mark"/> of the logo that was there when the form was opened: somebody else's in between is not taken away unseen. Null for whoever opened no form.</param>
    public sealed record Request(string? CoOp, byte[]? Logo, string By, string? Seen = null);

    /// <returns>Whether the co-op now has a logo.</returns>
    public Outcome<bool> Run(Request request) =>
        request.Logo is { } logo && Fault(logo) is { } fault ? fault : books.Write<bool>(dryRun: false, db => Set(db, request), db => LookUp(db, request));

    /// <summary>By what one logo is told from another; empty where there is none.</summary>
    public static string Mark(byte[]? logo) => logo is { Length: > 0 } ? Convert.ToHexStringLower(SHA256.HashData(logo)) : "";

    /// <summary>What kind of picture it is; null where it is neither.</summary>
    public static string? ContentType(ReadOnlySpan<byte> logo) => logo switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        _ when logo.TrimStart(" \t\r\n"u8) is [(byte)'<', ..] or [0xEF, 0xBB, 0xBF, (byte)'<', ..] => "image/svg+xml",
        _ => null,
    };

    private static Refusal? Fault(byte[] logo)
    {
        if (logo.Length > MostBytes) return Refusals.LogoTooLarge($"{MostBytes / 1024} KB");
        switch (ContentType(logo))
        {
            case null: return Refusals.LogoUnreadable("This is neither PNG nor SVG.");
            case "image/png":
                // The size is read before the picture is unpacked: a small file can unpack to a large one. PNG (third edition) 11.2.2.
                if (logo.Length < 24) return Refusals.LogoUnreadable("The PNG is cut off.");
                if (BinaryPrimitives.ReadUInt32BigEndian(logo.AsSpan(16)) > MostPixels || BinaryPrimitives.ReadUInt32BigEndian(logo.AsSpan(20)) > MostPixels) return Refusals.LogoTooLarge($"{MostPixels} × {MostPixels} dots");
                break;
        }
        try
        {
            _ = new Logo(logo);
            return null;
        }
        catch (FormatException unreadable)
        {
            return Refusals.LogoUnreadable(unreadable.Message);
        }
    }

    private Outcome<bool> Set(EvergreenDb db, Request request)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = db.CoOps.Single(c => c.Id == found.Value.Id);
        var (now, wanted) = (Mark(coOp.LogoPng), Mark(request.Logo));
        if (request.Seen is { } seen && now != seen && now != wanted)
        {
            var last = db.AuditRecords.Where(record => record.CoOpId == coOp.Id && record.Verb == "co-op.logo").OrderByDescending(record => record.Id).FirstOrDefault();
            return Refusals.LogoChanged(last?.By ?? "Somebody", last?.At ?? books.Now, removed: now.Length == 0);
        }
        coOp.LogoPng = request.Logo;
        AuditTrail.Add(db, found.Value.Id, books.Now, request.By, "co-op.logo", $"co-op {found.Value.Code}", request.Logo is null ? "removed" : $"{request.Logo.Length} bytes, SHA-256 {wanted}");
        return request.Logo is not null;
    }

    private static Outcome<bool>? LookUp(EvergreenDb db, Request request) =>
        FindCoOp.Run(db, request.CoOp) is { IsRefused: false } found && (found.Value.LogoPng ?? []).AsSpan().SequenceEqual(request.Logo ?? []) ? request.Logo is not null : (Outcome<bool>?)null;
}

using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Layout;

/// <summary>Styles, icons and scripts. Their addresses hold a part of their hash, so that a browser may keep them for ever.</summary>
public sealed class Assets
{
    private const string Prefix = "assets/";
    private readonly FrozenDictionary<string, Asset> assets;

    public sealed record Asset(string Hash, string ContentType, byte[] Bytes, byte[] Gzip);

    public Assets()
    {
        var assembly = typeof(Assets).Assembly;
        assets = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(name => name[Prefix.Length..], name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return new Asset(Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..12], TypeOf(name), bytes.ToArray(), Compress(bytes.ToArray()));
        }, StringComparer.Ordinal);
    }

    public string Url(string name) => $"/assets/{assets[name].Hash}/{name}";

    public Asset? Find(string hash, string name) => assets.TryGetValue(name, out var asset) && asset.Hash == hash ? asset : null;

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };

    private static byte[] Compress(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize)) gzip.Write(bytes);
        return packed.ToArray();
    }
}

[AllowAnonymous]
[Route("assets/{hash}/{name}")]
public sealed class AssetsController(Assets assets) : Controller
{
    [HttpGet]
    public IActionResult Show(string hash, string name)
    {
        if (assets.Find(hash, name) is not { } asset) return NotFound();
        Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        Response.Headers.Vary = "Accept-Encoding";
        var packed = Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (packed) Response.Headers.ContentEncoding = "gzip";
        return File(packed ? asset.Gzip : asset.Bytes, asset.ContentType);
    }
}

using Evergreen.Web.Api.Wire;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Api.Reference;

/// <summary>What the API can do, for whoever writes a program for it: made from the same code, shown in our own pages.</summary>
public sealed class ReferenceController : Controller
{
    private static readonly Lazy<byte[]> Document = new(Read);
    private static readonly Lazy<ApiReference> Shown = new(() => ApiReference.Read(Document.Value));

    /// <summary>The description that is checked in.</summary>
    public static ReadOnlyMemory<byte> CheckedIn => Document.Value;

    [HttpGet("/help/api/reference")]
    [ForAnyoneSignedIn]
    public IActionResult Show() => View("Reference", Shown.Value);

    [HttpGet("/help/api/openapi.json")]
    [ForAnyoneSignedIn]
    public IActionResult Download() => File(Document.Value, "application/json", "evergreen-openapi.json");

    [HttpGet("/help/api/problems")]
    [AllowAnonymous]
    public IActionResult Problems() => View("Problems", KnownProblem.All);

    private static byte[] Read()
    {
        using var stream = typeof(ReferenceController).Assembly.GetManifestResourceStream("api/openapi.json")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

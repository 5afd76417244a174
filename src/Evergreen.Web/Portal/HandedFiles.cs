using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Portal;

/// <summary>Files that a member takes home: kept by no cache, and able to do nothing in the browser.</summary>
internal static class HandedFiles
{
    public static FileContentResult Hand(this Controller controller, byte[] bytes, string kind, string name)
    {
        controller.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
        controller.Response.Headers.CacheControl = "no-store";
        return controller.File(bytes, kind, name);
    }
}

using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Evergreen.Web.Access.Unsubscribe;

/// <summary>Ends mails that a member need not get: by one press on this page, or by the mail program itself, which posts here without ever having seen it.</summary>
/// <remarks>
/// The header and the post are those of RFC 8058. No form token is asked for, since a mail program has none; what may be done stands sealed in the address. Opening the page changes nothing: programs that look through mail open links too.
/// </remarks>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[Route("unsubscribe")]
public sealed class UnsubscribeController(UnsubscribeLink link, Books books) : Controller
{
    public sealed class CodeForm
    {
        public string? Code { get; set; }
    }

    [HttpGet("")]
    public IActionResult Ask(string? code)
    {
        ModelState.Clear();
        return View("Unsubscribe", new CodeForm { Code = code });
    }

    [HttpPost("")]
    public IActionResult End(string? code)
    {
        ModelState.Clear();
        var ended = new StopNotices(books).Run(new(link.MailOf(code)));
        if (!ended.IsRefused) return View("Unsubscribed", ended.Value);
        ModelState.Refuse(ended.Refusal!);
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Unsubscribe", new CodeForm { Code = code });
    }
}

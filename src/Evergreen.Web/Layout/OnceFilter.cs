using Evergreen.Application.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Evergreen.Web.Layout;

/// <summary>Whoever sends a form twice has its work done once, and lands where the first one led.</summary>
public sealed class OnceFilter(Books books) : IAsyncActionFilter
{
    public const string FieldName = "_once";

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        // What asks for no form's token is sent by programs, or shows under its own method what went wrong with a form.
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType || context.Filters.OfType<IgnoreAntiforgeryTokenAttribute>().Any())
        {
            await next();
            return;
        }
        var key = request.Form[FieldName].ToString();
        if (key.Length != SubmittedForm.KeyLength)
        {
            context.Result = new BadRequestResult();
            return;
        }
        var once = OnceKey.Begin(key);
        var done = await next();
        if (done.Exception is AlreadySubmitted earlier)
        {
            done.ExceptionHandled = true;
            done.Result = new LocalRedirectResult(earlier.Answer ?? CameFrom(request));
        }
        else if (done is { Exception: null, Result: IActionResult result } && LocationOf(done, result) is { } location)
        {
            once.Answer(books, location);
        }
    }

    /// <summary>The page that held the form; the start where the browser does not say.</summary>
    private static string CameFrom(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == request.Host.Value ? page.PathAndQuery : "/";

    private static string? LocationOf(ActionExecutedContext context, IActionResult result) => result switch
    {
        LocalRedirectResult local => local.Url,
        RedirectResult redirect => redirect.Url,
        RedirectToActionResult action => ((Controller)context.Controller).Url.Action(action.ActionName, action.ControllerName, action.RouteValues),
        _ => null,
    };
}

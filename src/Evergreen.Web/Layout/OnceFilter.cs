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
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
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
            done.Result = new LocalRedirectResult(earlier.Answer ?? request.Path);
        }
        else if (done is { Exception: null, Result: IActionResult result } && LocationOf(done, result) is { } location)
        {
            once.Answer(books, location);
        }
    }

    private static string? LocationOf(ActionExecutedContext context, IActionResult result) => result switch
    {
        LocalRedirectResult local => local.Url,
        RedirectResult redirect => redirect.Url,
        RedirectToActionResult action => ((Controller)context.Controller).Url.Action(action.ActionName, action.ControllerName, action.RouteValues),
        _ => null,
    };
}

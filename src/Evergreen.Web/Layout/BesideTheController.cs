using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Razor;

namespace Evergreen.Web.Layout;

/// <summary>A page lies in the folder of its controller: <c>Office/Members/MembersController</c> shows <c>Office/Members/List.cshtml</c>. What all share lies in <c>Layout</c>.</summary>
public sealed class BesideTheController : IViewLocationExpander
{
    private const string Folder = "folder";
    private const string Root = "Evergreen.Web.";

    public void PopulateValues(ViewLocationExpanderContext context)
    {
        if (context.ActionContext.ActionDescriptor is ControllerActionDescriptor action && action.ControllerTypeInfo.Namespace is { } space && space.StartsWith(Root, StringComparison.Ordinal))
            context.Values[Folder] = space[Root.Length..].Replace('.', '/');
    }

    public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations)
    {
        if (context.Values.TryGetValue(Folder, out var folder)) yield return $"/{folder}/{{0}}.cshtml";
        yield return "/Layout/{0}.cshtml";
    }
}

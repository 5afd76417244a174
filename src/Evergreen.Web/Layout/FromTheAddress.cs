using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Evergreen.Web.Layout;

/// <summary>What an address names is taken from the address alone. Otherwise a field of the same name in the form that is sent would go before it.</summary>
public sealed class FromTheAddress : IActionModelConvention
{
    public void Apply(ActionModel action)
    {
        var parts = action.Controller.Selectors.Concat(action.Selectors).Select(selector => selector.AttributeRouteModel?.Template).OfType<string>()
            .SelectMany(template => RoutePatternFactory.Parse(template).Parameters).Select(part => part.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in action.Parameters.Where(parameter => parts.Contains(parameter.ParameterName)))
        {
            parameter.BindingInfo ??= new BindingInfo();
            parameter.BindingInfo.BindingSource ??= BindingSource.Path;
        }
    }
}

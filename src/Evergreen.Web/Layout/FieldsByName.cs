using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Evergreen.Web.Layout;

/// <summary>A form's fields are found by their own names. Otherwise one further field that is named like the action's parameter, such as <c>form</c>, would have all the others looked for under <c>form.</c>, and the form would seem empty.</summary>
public sealed class FieldsByName : IParameterModelConvention
{
    public void Apply(ParameterModel parameter)
    {
        var type = parameter.ParameterType;
        if (!type.IsClass || type.Namespace?.StartsWith("Evergreen.", StringComparison.Ordinal) != true || parameter.BindingInfo?.BindingSource is not null || parameter.Action.Controller.Attributes.OfType<ApiControllerAttribute>().Any()) return;
        parameter.BindingInfo ??= new BindingInfo();
        parameter.BindingInfo.BinderModelName ??= "";
    }
}

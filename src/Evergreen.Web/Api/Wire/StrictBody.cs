using Microsoft.AspNetCore.Http.Features;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Evergreen.Web.Api.Wire;

/// <summary>The body of a call, read strictly from the bytes that <see cref="KeyedAttribute"/> has read.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class StrictBodyAttribute : ModelBinderAttribute
{
    public StrictBodyAttribute() : base(typeof(StrictBodyBinder)) => BindingSource = BindingSource.Body;
}

internal sealed class StrictBodyBinder : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var body = bindingContext.HttpContext.Features.GetRequiredFeature<KeyedBody>();
        try
        {
            bindingContext.Result = JsonSerializer.Deserialize(body.Bytes.Span, bindingContext.ModelType, WireJson.Options) is { } read ? ModelBindingResult.Success(read) : Mistake("$", "The body is null.");
        }
        catch (JsonException fault)
        {
            bindingContext.Result = Mistake(fault.Path, Say(fault));
        }
        return Task.CompletedTask;

        ModelBindingResult Mistake(string? path, string sentence)
        {
            body.Mistake = new ProblemError(Pointers.OfPath(path), sentence);
            return ModelBindingResult.Failed();
        }
    }

    /// <remarks>The reader's own sentences name types of ours, so they are not passed on.</remarks>
    private static string Say(JsonException fault) => fault.Message switch
    {
        { } m when m.Contains("could not be mapped", StringComparison.Ordinal) => "There is no member of this name here.",
        { } m when m.Contains("missing required", StringComparison.Ordinal) => $"A required member is missing: {Missing(m)}.",
        { } m when m.Contains("Duplicate property", StringComparison.Ordinal) => "A member comes twice.",
        { } m when m.Contains("null", StringComparison.Ordinal) => "This may not be null.",
        { } m when m.Contains("could not be converted", StringComparison.Ordinal) => "This is of another kind than the reference says: amounts are texts such as \"12.34\", dates such as \"2026-11-29\".",
        _ => "This is not JSON, or nested too deeply.",
    };

    private static string Missing(string message)
    {
        var colon = message.IndexOf("including", StringComparison.Ordinal);
        var names = (colon < 0 ? message : message[colon..]).Split('\'').Where((_, i) => i % 2 == 1).ToList();
        return names.Count == 0 ? "see the reference" : string.Join(", ", names);
    }
}

internal static class Pointers
{
    /// <summary>From the reader's path, <c>$.lines[3].amount</c>, to a pointer, <c>#/lines/3/amount</c>.</summary>
    public static string OfPath(string? path)
    {
        if (path is null or "" or "$") return "#";
        var pointer = new System.Text.StringBuilder("#");
        for (var i = 1; i < path.Length;)
        {
            if (path[i] == '.')
            {
                var end = path.AsSpan(i + 1).IndexOfAny('.', '[') is var at and >= 0 ? i + 1 + at : path.Length;
                pointer.Append('/').Append(Escaped(path[(i + 1)..end]));
                i = end;
            }
            else
            {
                var end = path.IndexOf(']', i);
                if (end < 0) break;
                pointer.Append('/').Append(Escaped(path[(i + 1)..end].Trim('\'')));
                i = end + 1;
            }
        }
        return pointer.ToString();
    }

    private static string Escaped(string name) => Uri.EscapeDataString(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
}

using System.Diagnostics;
using System.Text.RegularExpressions;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Pages;

/// <summary>Listens to what the doorkeeper of a running site says, so that "not found" at the door can be told from "not found" behind it: to a visitor both look the same.</summary>
internal sealed partial class DoorWatch : IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly IDisposable listening;
    private bool spoken;

    public DoorWatch(IServiceProvider site) => listening = site.GetRequiredService<DiagnosticListener>().Subscribe(this);

    /// <summary>Whether the doorkeeper hid the page itself. Its first word in a request counts; the page of trouble passes it again.</summary>
    public bool SaidNotFound { get; private set; }

    public void Forget() => (spoken, SaidNotFound) = (false, false);

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (spoken || value.Value is not AfterAuthorizationFilterOnAuthorizationEventData { Filter: DoorKeeper } door) return;
        (spoken, SaidNotFound) = (true, door.AuthorizationContext.Result is NotFoundResult);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose() => listening.Dispose();

    /// <summary>A page without the number of its request, the keys of its forms and its own address, which are never the same twice.</summary>
    public static string WithoutWhatDiffersEachTime(string html) => Changing().Replace(html, "");

    [GeneratedRegex("<code>[^<]*</code>|(?:value|data-key)=\"[^\"]*\"")]
    private static partial Regex Changing();
}

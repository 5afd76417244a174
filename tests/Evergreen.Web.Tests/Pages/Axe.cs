using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages;

/// <summary>The rules of WCAG 2.2 AA that a program can judge.</summary>
internal static class Axe
{
    private static readonly AxeRunOptions Rules = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    // The other way of running it opens a second window for every page, for the sake of frames, of which we have none.
#pragma warning disable CS0618
    public static Task<AxeResult> Judge(this IPage page) => page.Locator("html").RunAxeLegacy(Rules);
#pragma warning restore CS0618
}

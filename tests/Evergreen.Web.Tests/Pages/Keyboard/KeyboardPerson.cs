using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages.Keyboard;

/// <summary>
/// Somebody without a mouse: goes from stop to stop, presses and types. At every stop the focus must be seen, nothing that stays in its place may cover it,
/// and it must come in the order in which the page is read.
/// </summary>
internal sealed class KeyboardPerson(IPage page, Uri site)
{
    private const int MostStops = 250;

    // Kept on the page itself, so that it is forgotten with it.
    private const string Stop = """
        selector => {
          const at = document.activeElement;
          if (!at || at === document.body || at === document.documentElement) { window.lastStop = null; return { there: false, faults: [] }; }
          const html = at.outerHTML.slice(0, 120), faults = [], style = getComputedStyle(at), box = at.getBoundingClientRect();
          const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none";
          if (!marked) faults.push(`the focus cannot be seen: ${html}`);
          const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth), top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
          if (right <= left || bottom <= top) faults.push(`the focus is outside the window: ${html}`);
          else {
            const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
            if (over && !at.contains(over) && !over.contains(at)) faults.push(`the focus is covered by ${over.outerHTML.slice(0, 80)}: ${html}`);
          }
          if (at.tabIndex > 0) faults.push(`comes before its turn: ${html}`);
          const last = window.lastStop;
          if (last && last !== at && last.isConnected && !at.matches(".skip") && !(last.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING)) faults.push(`comes after ${last.outerHTML.slice(0, 80)} and is read before it: ${html}`);
          window.lastStop = at;
          return { there: at.matches(selector), faults };
        }
        """;

    /// <summary>How often the tabulator was pressed.</summary>
    public int Stops { get; private set; }

    public IPage Page => page;

    public async Task SignIn(string mail, string password)
    {
        await Type("[name=Mail]", mail);
        await Type("[name=Password]", password);
        await Leave("Enter");
    }

    /// <summary>Goes on with the tabulator until the focus stands on what is looked for.</summary>
    public async Task Reach(string selector)
    {
        for (var steps = 0; steps < MostStops; steps++)
        {
            var stop = await page.EvaluateAsync<JsonElement>(Stop, selector);
            Assert.That(stop.GetProperty("faults").EnumerateArray().Select(fault => fault.GetString()), Is.Empty, page.Url);
            if (stop.GetProperty("there").GetBoolean()) return;
            await page.Keyboard.PressAsync("Tab");
            Stops++;
        }
        Assert.Fail($"{selector} cannot be reached with the keyboard on {page.Url}.");
    }

    /// <summary>Whatever stood in the field is typed over.</summary>
    public async Task Type(string selector, string text)
    {
        await Reach(selector);
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Finds an entry of a list by the beginning of its name.</summary>
    public async Task Choose(string selector, string name, string value)
    {
        await Reach(selector);
        await page.Keyboard.TypeAsync(name);
        Assert.That(await page.InputValueAsync(selector), Is.EqualTo(value));
    }

    /// <summary>One of several round buttons: to the group with the tabulator, within it with the arrows.</summary>
    public async Task Pick(string name, string value)
    {
        await Reach($"[type=radio][name='{name}']");
        await page.Keyboard.PressAsync("Space");
        for (var steps = 0; steps < 20 && !await page.IsCheckedAsync($"[type=radio][name='{name}'][value='{value}']"); steps++) await page.Keyboard.PressAsync("ArrowDown");
        Assert.That(await page.IsCheckedAsync($"[type=radio][name='{name}'][value='{value}']"), Is.True, value);
    }

    public async Task Tick(string selector)
    {
        await Reach(selector);
        await page.Keyboard.PressAsync("Space");
        Assert.That(await page.IsCheckedAsync(selector), Is.True, selector);
    }

    public async Task Give(string selector, string name, string text)
    {
        // The browser is told to hand over its window for files when somebody first listens for one; a round trip later that is sure to be done.
        page.FileChooser += Heard;
        await Reach(selector);
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Keyboard.PressAsync("Enter"));
        page.FileChooser -= Heard;
        await chooser.SetFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
    }

    private static void Heard(object? page, IFileChooser chooser)
    {
        // Only the listening counts.
    }

    /// <summary>Presses a link or a button that leads to another page.</summary>
    /// <param name="to">The path of it; a part in braces stands for anything.</param>
    public async Task Follow(string selector, string to)
    {
        await Reach(selector);
        var path = new System.Text.RegularExpressions.Regex("^" + System.Text.RegularExpressions.Regex.Replace(to, "{[^}]*}", "[^/]+", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) + "$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
        await Leave("Enter");
        Assert.That(new Uri(page.Url).AbsolutePath, Does.Match(path), await page.InnerTextAsync("main"));
    }

    /// <summary>Presses a key that brings another page, or the same one anew.</summary>
    public async Task Leave(string key)
    {
        await page.EvaluateAsync("window.isLeft = true");
        await page.Keyboard.PressAsync(key);
        await page.WaitForFunctionAsync("() => !window.isLeft && document.readyState === 'complete'");
    }

    /// <summary>Closes what is open; the focus may go back to where it was opened.</summary>
    public async Task Escape()
    {
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("window.lastStop = null");
    }

    public async Task<IDownload> Download(string selector)
    {
        await Reach(selector);
        return await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Enter"));
    }

    public Task Open(string path) => page.GotoAsync(new Uri(site, path).ToString());

    /// <summary>From where the focus stands to the beginning of the page and back: the same stops the other way round.</summary>
    public async Task GoBackAndForth(int stops)
    {
        var there = new List<string>();
        for (var step = 0; step < stops; step++, await page.Keyboard.PressAsync("Tab")) there.Add(await Here());
        for (var step = stops - 1; step >= 0; step--)
        {
            await page.Keyboard.PressAsync("Shift+Tab");
            Assert.That(await Here(), Is.EqualTo(there[step]), string.Create(CultureInfo.InvariantCulture, $"stop {step}"));
        }
    }

    private Task<string> Here() => page.EvaluateAsync<string>("[...document.querySelectorAll('*')].indexOf(document.activeElement) + document.activeElement.outerHTML.slice(0, 80)");
}

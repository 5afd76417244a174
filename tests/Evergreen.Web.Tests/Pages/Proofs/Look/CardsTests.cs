using Microsoft.Playwright;

namespace Evergreen.Web.Tests.Pages.Proofs.Look;

/// <summary>A table as cards on a phone, with what is longest in it: a name of an account, an amount of fifteen digits, a label of many words.</summary>
public sealed class CardsTests
{
    private const string Ledger = """
        <table class="ledger"><tbody><tr>
          <td data-label="Account"><a href="/">2315-solidarity Fund for members in need and for what the general meeting decides besides</a></td>
          <td data-label="Of the year">2026</td>
          <td data-label="Debit" class="figure"><span class="money">-$123,456,789,012,345.00</span></td>
          <td data-label="Withdrawable shares of the society" class="figure"><a href="/"><span class="money">£123,456,789,012,345.67</span></a></td>
          <td data-label="Fingerprint">3f786850e387550fdab836ed7e6dc881de23001b3f786850e387550fdab836ed7e6dc881de23001b</td>
        </tr></tbody>
        <tfoot><tr><th scope="row">Sum</th><td data-label="Debit" class="figure"><span class="money">$123,456,789,012,345.00</span></td></tr></tfoot></table>
        """;

    [TestCase(360, false)]
    [TestCase(320, false)]
    [TestCase(640, true)]
    public async Task NeitherALabelIsBrokenInsideAWordNorDoesAnAmountStickOut(int width, bool enlarged)
    {
        using var styles = new StreamReader(typeof(Site).Assembly.GetManifestResourceStream("assets/site.css")!);
        var html = $"<!doctype html><html lang=\"en\"><head><title>Cards</title><style>{await styles.ReadToEndAsync()}</style></head><body><main>{Ledger}</main></body></html>";
        await using var context = await Eyes.Window(new Uri("http://cards.invalid/"), "");
        var page = await context.NewPageAsync();
        await page.RouteAsync("**/*", route => route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = html }));
        await page.GotoAsync("http://cards.invalid/");
        await page.SetViewportSizeAsync(width, 740);
        if (enlarged) await page.EvaluateAsync("eyes.enlarge(true)");
        Assert.That(await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('td')).display"), Is.EqualTo("flex"), "shown as cards");
        Assert.That(await page.EvaluateAsync<string[]>("eyes.clipped()"), Is.Empty);
    }
}

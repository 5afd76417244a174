using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Evergreen.Application.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>What a person would write into the fields of a form, so that its work is done. A form that is not named here is sent as it stands, with its empty fields filled by their names.</summary>
internal static class Answers
{
    private static readonly Dictionary<string, string> ByName = new(StringComparer.Ordinal)
    {
        ["Reason"] = "As the board decided", ["reason"] = "As the board decided", ["note"] = "Seen", ["Text"] = "A note to be kept", ["Whose"] = "nobody", ["Resolution"] = "2026/7", ["Name"] = "Kept {0}", ["name"] = "Kept {0}",
        ["DisplayName"] = "Pat Proof {0}", ["Mail"] = "pat{0}@proof.example", ["GivenName"] = "Pat", ["FamilyName"] = "Proof{0}", ["Email"] = "pat{0}@proof.example", ["Routing"] = "021000021", ["Account"] = "1234567{0}",
        ["Scheme"] = "ach", ["AccountType"] = "checking", ["Owner"] = "1012", ["Kept"] = "1013", ["Other"] = "1014", ["TakeGoodRows"] = "true", ["ToAddress"] = "pat{0}@proof.example", ["Source"] = "till {0}", ["Reference"] = "Batch {0}",
        ["NewPassword"] = "four other plain words", ["Kind"] = "", ["PayerTaxId"] = "12-3456789",
    };

    private static readonly Dictionary<string, (string Name, string Value)[]> ByPattern = new(StringComparer.Ordinal)
    {
        ["/office/{coop}/members/{number}/tax-id"] = [("Type", "SSN"), ("Number", "900-70-1{0:000}")],
        ["/office/{coop}/members/{number}/status"] = [("Status", "OnLeave")],
        ["/office/{coop}/imports/new"] = [("Kind", "Purchases")],
        ["/office/{coop}/settings/people/invite"] = [("Role", "Clerk")],
        ["/office/{coop}/settings/texts/{text}/{language}"] = [("Subject", "Kept {0}")],
        ["/office/{coop}/settings/people/{id}/grant"] = [("role", "Auditor")],
        ["/office/{coop}/settings/bank-hold"] = [("Days", "9")],
        ["/office/{coop}/settings/retention"] = [("Years", "12")],
        ["/office/{coop}/settings/details"] = [("ContactPhone", "555 0{0}")],
        ["/office/{coop}/settings/mail"] = [("ToAddress", "pat@proof.example")],
        ["/office/{coop}/settings/people/grant"] = [("Mail", "hanh@demo.example"), ("Role", "Clerk")],
        ["/office/{coop}/settings/sign-in"] = [("ByMail", "true")],
        ["/office/{coop}/settings/apps/new-app"] = [("Redirects", "https://app.proof.example/back")],
        ["/office/{coop}/settings/apps/new-program"] = [("Scopes", "purchases.write")],
        ["/office/{coop}/settings/webhooks/new"] = [("Url", "https://hooks.invalid/events"), ("All", "true")],
        ["/office/{coop}/members/duplicates/merge"] = [("step", "merge"), ("Kept", FullBooks.One), ("Other", FullBooks.Other)],
        ["/account/authenticator"] = [("Code", "{code}")],
        ["/my/{coop}/me/beneficiary"] = [("Name", "Pat Proof"), ("Percent", "10")],
        ["/my/{coop}/me/delivery/agree"] = [("Agree", "true")],
        ["/my/{coop}/me/details"] = [("Phone", "555 0{0}")],
        ["/my/{coop}/me/details/mail"] = [("Address", "pat@proof.example")],
        ["/my/{coop}/me/household/{adult}"] = [("Statements", "true"), ("Stake", "true"), ("Records", "true")],
        ["/my/{coop}/me/leave"] = [("On", "{later}")],
        ["/my/{coop}/me/leave/shares"] = [("Amount", "5.00")],
        ["/my/{coop}/activity/reports/new"] = [("Kind", "Purchases"), ("On", "{lately}"), ("Amount", "5.00"), ("Words", "Not on my account")],
        ["/office/{coop}/members/requests/{request}/erase"] = [("Typed", FullBooks.Gone)],
        ["/office/{coop}/settings/retention/over-term"] = [("Typed", "1")],
        ["/office/{coop}/dividends/{year}/policy"] = [("CollectiveReserve", "41%"), ("act", "adopt")],
        ["/office/{coop}/dividends/{year}/policy/document"] = [("Json", "s/\"title\": \"/\"title\": \"{0} ")],
        ["/office/{coop}/dividends/{year}/close"] = [("Lines[0].Line", "Sales"), ("Lines[0].Amount", "1000.00"), ("Lines[0].Sourced", "patronage"), ("Act", "close")],
        ["/office/{coop}/members/{number}/class"] = [("Class", "producer")],
    };

    /// <summary>What the form sends when it is filled in.</summary>
    /// <param name="turn">Makes two fillings of one form different where the co-op keeps each name once.</param>
    public static List<KeyValuePair<string, string>> Of(FoundForm form, int turn, params (string Name, string Value)[] own)
    {
        var sent = new List<KeyValuePair<string, string>>();
        var named = ByPattern.GetValueOrDefault(form.Pattern, []).Concat(own).GroupBy(answer => answer.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        foreach (var field in form.Fields)
        {
            if (field.Type is "file") continue;
            if (named.TryGetValue(field.Name, out var answer)) answer = Filling(answer, turn);
            var value = answer is ['s', '/', ..] && answer.Split('/') is [_, var old, var put] ? field.Value!.Replace(old, put, StringComparison.Ordinal) : answer ?? (Guess(field) is { } guess ? Filling(guess, turn) : null);
            if (value is not null) sent.Add(KeyValuePair.Create(field.Name, value));
        }
        if (form.Buttons.FirstOrDefault(button => button.Name.Length > 0) is { Name.Length: > 0 } button) sent.Add(KeyValuePair.Create(button.Name, named.GetValueOrDefault(button.Name, button.Value)));
        return sent;
    }

    /// <summary>The same with what only the site knows: the password of the demo, the code of an authenticator, a day to come and one that is gone.</summary>
    public static List<KeyValuePair<string, string>> Filled(FoundForm form, int turn, DemoSite site)
    {
        var sent = Of(form, turn);
        for (var i = 0; i < sent.Count; i++)
        {
            if (sent[i].Value == "{password}") sent[i] = KeyValuePair.Create(sent[i].Key, site.Password);
            if (sent[i].Value == "{code}") sent[i] = KeyValuePair.Create(sent[i].Key, CodeNow(site));
            if (sent[i].Value is "{later}" or "{lately}") sent[i] = KeyValuePair.Create(sent[i].Key, site.Books.Now.AddDays(sent[i].Value == "{later}" ? 40 : -40).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
        return sent;
    }

    /// <summary>What the authenticator shows now whose secret was made and not confirmed yet.</summary>
    private static string CodeNow(DemoSite site)
    {
        var user = site.Books.Read(db => db.SignIns.Single(user => user.AuthenticatorSealed != null && user.AuthenticatorSince == null).Id);
        using var scope = site.Site.Services.CreateScope();
        var waiting = new MakeAuthenticator(site.Books, scope.ServiceProvider.GetRequiredService<SealingKeys>()).Waiting(new(user, "Evergreen")).Value!;
        return TimeCode.At(Tests.Access.GettingInTests.Unspell(waiting.Spelled), TimeCode.StepAt(site.Books.Now));
    }

    private static string Filling(string text, int turn) => text.Contains("{0", StringComparison.Ordinal) || text.Contains("{{", StringComparison.Ordinal) ? string.Format(CultureInfo.InvariantCulture, text, turn) : text;

    private static string? Guess(FoundField field) => field switch
    {
        { Type: "password" } => ByName.GetValueOrDefault(field.Name, "{password}"),
        { Type: "checkbox" } => field.Value ?? (ByName.ContainsKey(field.Name) ? field.Choices[0] : null),
        { Type: "radio", Value: null } => field.Choices.FirstOrDefault(choice => choice == ByName.GetValueOrDefault(field.Name)) ?? field.Choices.FirstOrDefault(choice => choice.Length > 0),
        { Type: "select", Value: null or "" } when field.Choices.Contains(ByName.GetValueOrDefault(field.Name, "-")) => ByName[field.Name],
        { Type: "select", Value: null } => field.Choices.FirstOrDefault(choice => choice.Length > 0) ?? "",
        { Type: "select" } => field.Value,
        { Value: { Length: > 0 } value } => value,
        _ when field.Type is "hidden" => field.Value,
        _ => ByName.GetValueOrDefault(field.Name, ""),
    };

    /// <summary>Opens the page anew, as each sending needs a fresh key, and reads its form again; null where it is not there any more.</summary>
    public static async Task<FoundForm?> Again(this HttpClient visitor, FoundForm form)
    {
        using var answer = await visitor.GetAsync(new Uri(form.Page, UriKind.Relative));
        if (answer.StatusCode != HttpStatusCode.OK) return null;
        var html = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        var there = html.QuerySelectorAll("form[method=post]").OfType<IHtmlFormElement>().FirstOrDefault(one => (one.GetAttribute("action") is { Length: > 0 } action ? action : form.Page) == form.Action && one.QuerySelectorAll("[name]").Select(field => field.GetAttribute("name")).Where(name => form.Fields.Any(field => field.Name == name)).Distinct().Count() >= form.Fields.Count - 1);
        return there is null ? null : Walk.Read(form.Page, form.Action, form.Pattern, there);
    }

    public static HttpContent Content(FoundForm form, IEnumerable<KeyValuePair<string, string>> fields, (string Name, byte[] Bytes)? file = null)
    {
        if (!form.WithFiles) return new FormUrlEncodedContent(fields);
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        var field = form.Fields.FirstOrDefault(field => field.Type == "file")?.Name;
        if (field is not null && !form.Pattern.EndsWith("/close", StringComparison.Ordinal)) content.Add(new ByteArrayContent(file?.Bytes ?? FileFor(form)), field, file?.Name ?? (form.Pattern.EndsWith("/logo", StringComparison.Ordinal) ? "logo.png" : form.Pattern.Contains("/imports/", StringComparison.Ordinal) ? "till.csv" : "signed.pdf"));
        return content;
    }

    /// <summary>Sends the form filled in.</summary>
    public static async Task<HttpResponseMessage> SendFilled(this HttpClient visitor, FoundForm form, int turn, string password, params (string Name, string Value)[] own)
    {
        var fresh = await visitor.Again(form) ?? throw new InvalidOperationException($"{form.Page} has no form to {form.Action} any more.");
        using var content = Content(fresh, Of(fresh, turn, own).Select(field => field.Value == "{password}" ? KeyValuePair.Create(field.Key, password) : field).ToList());
        return await visitor.PostAsync(new Uri(form.Action, UriKind.Relative), content);
    }

    private static int files;

    private static byte[] FileFor(FoundForm form)
    {
        if (form.Pattern.EndsWith("/logo", StringComparison.Ordinal)) return File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "books", "grocery", "logo.png"));
        var no = Interlocked.Increment(ref files);
        return Encoding.UTF8.GetBytes(form.Pattern.Contains("/imports/", StringComparison.Ordinal)
            ? $"source_id,member_number,purchased_on,amount,department,eligible,store\r\nP{no}a,1001,2026-11-02,12.00,grocery,,main\r\nP{no}b,0001,2026-11-02,13.00,grocery,,main\r\nP{no}c,99999,2026-11-02,3.50,,,\r\nP{no}d,1001,2026-13-02,1.00,,,\r\n"
            : $"%PDF-1.7 paper {no}");
    }
}

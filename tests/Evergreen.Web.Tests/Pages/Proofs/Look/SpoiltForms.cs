using System.Net;

namespace Evergreen.Web.Tests.Pages.Proofs.Look;

/// <summary>Sends each form with nothing in it, with nonsense, and with far too much, until it comes back and says what is wrong.</summary>
internal static class SpoiltForms
{
    private static readonly string TooMuch = new('m', 6_000);

    /// <summary>A form's page as it came back.</summary>
    public sealed record Returned(FoundForm Form, string How, int Status, string Html);

    /// <returns>Null where the form takes whatever it is given, or stands there no more.</returns>
    /// <param name="full">Whether the form may be left empty, so that only too much is refused.</param>
    public static async Task<Returned?> Spoil(this HttpClient visitor, FoundForm form, bool full)
    {
        foreach (var (how, value) in ((string, Func<FoundField, string?>)[])[("empty", Nothing), ("nonsense", Nonsense), ("too much", Much)])
        {
            if (full && how != "too much") continue;
            if (await visitor.Again(form) is not { } fresh) return null;
            var fields = fresh.Fields.Where(field => field.Type != "file").Select(field => (field.Name, Value: field.Type == "hidden" ? field.Value : value(field))).Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)).ToList();
            // A form's last button is the one that does its work; the others draw it anew.
            if (fresh.Buttons.LastOrDefault(button => button.Name.Length > 0) is { Name.Length: > 0 } button) fields.Add(KeyValuePair.Create(button.Name, button.Value));
            using var content = how == "empty" && fresh.WithFiles ? Parts(fields) : Answers.Content(fresh, fields, ("picture.bin", [0, 1, 2, 3, 0x89, 0, 0xFF, 0xFE, 7]));
            using var answer = await visitor.PostAsync(new Uri(form.Action, UriKind.Relative), content);
            if (answer.StatusCode is HttpStatusCode.UnprocessableEntity || (int)answer.StatusCode >= 500) return new Returned(form, how, (int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
        return null;
    }

    /// <summary>Whether a person fills anything in.</summary>
    public static bool Asks(this FoundForm form) => form.Fields.Any(field => field.Type != "hidden");

    private static MultipartFormDataContent Parts(List<KeyValuePair<string, string>> fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        return content;
    }

    private static string? Nothing(FoundField field) => field.Type is "checkbox" or "radio" ? null : "";

    private static string? Nonsense(FoundField field) => field.Type switch { "checkbox" or "radio" or "select" => "no-such-thing", "date" => "31.31.31", _ => "?!" };

    private static string? Much(FoundField field) => field.Type switch { "checkbox" => field.Choices[0], "radio" or "select" => field.Choices.FirstOrDefault(choice => choice.Length > 0) ?? "", "date" => "9999-12-31", _ => TooMuch };
}

using System.Globalization;
using System.Text.Json;

namespace Evergreen.Domain.Tests.Books;

/// <summary>A fact sheet of <c>tests/books/cases</c>.</summary>
public static class Sheet
{
    public static JsonElement Of(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Evergreen.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the checkout.");
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "tests", "books", "cases", name + ".json")));
        return document.RootElement.Clone();
    }

    public static JsonElement At(this JsonElement sheet, string place)
    {
        foreach (var name in place.Split('.')) sheet = sheet.GetProperty(name);
        return sheet;
    }

    public static string Text(this JsonElement sheet, string place) => sheet.At(place).GetString()!;
    public static Money Money(this JsonElement sheet, string place) => Evergreen.Domain.Arithmetic.Money.Parse(sheet.Text(place));
    public static Ratio Ratio(this JsonElement sheet, string place) => Evergreen.Domain.Arithmetic.Ratio.Parse(sheet.Text(place));
    public static DateOnly Date(this JsonElement sheet, string place) => DateOnly.ParseExact(sheet.Text(place), "yyyy-MM-dd", CultureInfo.InvariantCulture);
    public static int Number(this JsonElement sheet, string place) => sheet.At(place).GetInt32();
}

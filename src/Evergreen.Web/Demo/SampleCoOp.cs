using System.Text.Json;

namespace Evergreen.Web.Demo;

/// <summary>A sample co-op as its folder's <c>coop.json</c> describes it.</summary>
/// <param name="RedemptionIn">The same as <paramref name="Redemption"/> in other languages, by their tags.</param>
/// <param name="PaidOut">The years whose cash has left the bank; that of the others is owed.</param>
public sealed record SampleCoOp(string Code, string Name, string[] AddressLines, string Country, string Currency, string FiscalYearEnd, SampleCoOp.Person Contact, string BrandColour, string Redemption, string Patronage, int[] Years, int[]? PaidOut = null, IReadOnlyDictionary<string, string>? RedemptionIn = null)
{
    public sealed record Person(string Name, string Email, string Phone);

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web);

    public string Folder { get; private init; } = "";
    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Where the sample books lie that are installed beside the program.</summary>
    private static string Shelf => Path.Combine(AppContext.BaseDirectory, "books");

    /// <summary>The samples that are there, by name; none where the program was installed without them.</summary>
    public static IReadOnlyList<SampleCoOp> All() => Directory.Exists(Shelf) ? [.. Directory.GetDirectories(Shelf).Order(StringComparer.Ordinal).Select(Read)] : [];

    private static SampleCoOp Read(string folder) =>
        JsonSerializer.Deserialize<SampleCoOp>(System.IO.File.ReadAllText(Path.Combine(folder, "coop.json")), Form)! with { Folder = folder };
}

using System.Text.Json;

namespace Evergreen.Cli.Demo;

/// <summary>A sample co-op as its folder's <c>coop.json</c> describes it.</summary>
internal sealed record SampleCoOp(string Code, string Name, string[] AddressLines, string Country, string Currency, string FiscalYearEnd, SampleCoOp.Person Contact, string BrandColour, string Redemption, string Patronage, int[] Years)
{
    internal sealed record Person(string Name, string Email, string Phone);

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web);

    public string Folder { get; private init; } = "";
    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>The sample books that are installed beside the program.</summary>
    public static string Shelf => Path.Combine(AppContext.BaseDirectory, "books");

    public static SampleCoOp Read(string folder) =>
        JsonSerializer.Deserialize<SampleCoOp>(System.IO.File.ReadAllText(Path.Combine(folder, "coop.json")), Form)! with { Folder = folder };
}

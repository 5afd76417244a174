using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Evergreen.House.Tests.Walls;

/// <summary>What a built assembly really leans on, read from its metadata without loading it.</summary>
public static class AssemblyReferences
{
    public static IReadOnlyList<string> Of(string assembly)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }

    public static IEnumerable<string> OutsideTheBaseClassLibrary(string assembly) =>
        Of(assembly).Where(r => r != "System" && !r.StartsWith("System.", StringComparison.Ordinal));

    /// <summary>The drawing library is used in Evergreen.Documents and nowhere else.</summary>
    public static IEnumerable<string> ToTheDrawingLibrary(string assembly) =>
        Of(assembly).Where(r => r.StartsWith("SkiaSharp", StringComparison.Ordinal) || r.StartsWith("HarfBuzz", StringComparison.Ordinal));
}

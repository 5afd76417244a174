using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Evergreen.Application.Imports;

/// <summary>The parts of a workbook that say where its sheets are. ECMA-376 part 1, 18.2 and part 2, 9.3.</summary>
internal sealed record Workbook(bool From1904, IReadOnlyList<Workbook.SheetEntry> Sheets, ZipArchiveEntry? Strings, ZipArchiveEntry? Styles)
{
    internal sealed record SheetEntry(string Name, bool Visible, ZipArchiveEntry? Part);

    private const string Main = "xl/workbook.xml";

    public static Workbook Read(ZipArchive archive, WorkbookGuard guard)
    {
        var path = Targets(archive, guard, "_rels/.rels", "").FirstOrDefault(t => t.Type == "officeDocument").Target ?? Main;
        var entry = archive.GetEntry(path) ?? throw WorkbookGuard.Damaged("it has no workbook inside.");
        var folder = path[..(path.LastIndexOf('/') + 1)];
        var targets = Targets(archive, guard, $"{folder}_rels/{path[folder.Length..]}.rels", folder);
        var byId = targets.GroupBy(t => t.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Target, StringComparer.Ordinal);
        var sheets = new List<SheetEntry>();
        var from1904 = false;
        using var xml = guard.OpenXml(entry);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "workbookPr") from1904 = xml.GetAttribute("date1904") is "1" or "true";
            if (xml.LocalName != "sheet") continue;
            var name = xml.GetAttribute("name") ?? (sheets.Count + 1).ToString(CultureInfo.InvariantCulture);
            var part = RelationId(xml) is { } id && byId.TryGetValue(id, out var target) ? archive.GetEntry(target) : null;
            sheets.Add(new SheetEntry(name, xml.GetAttribute("state") is null or "visible", part));
        }
        ZipArchiveEntry? Part(string type) => targets.FirstOrDefault(t => t.Type == type).Target is { } target ? archive.GetEntry(target) : null;
        return new Workbook(from1904, sheets, Part("sharedStrings"), Part("styles"));
    }

    private static List<(string Id, string Type, string Target)> Targets(ZipArchive archive, WorkbookGuard guard, string path, string folder)
    {
        var targets = new List<(string, string, string)>();
        if (archive.GetEntry(path) is not { } entry) return targets;
        using var xml = guard.OpenXml(entry);
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "Relationship" } || xml.GetAttribute("TargetMode") == "External") continue;
            var target = xml.GetAttribute("Target") ?? "";
            var type = xml.GetAttribute("Type") ?? "";
            targets.Add((xml.GetAttribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], target.StartsWith('/') ? target[1..] : folder + target));
        }
        return targets;
    }

    private static string? RelationId(XmlReader xml)
    {
        string? id = null;
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
            if (xml.LocalName == "id" && xml.NamespaceURI.EndsWith("/relationships", StringComparison.Ordinal)) id = xml.Value;
        xml.MoveToElement();
        return id;
    }
}

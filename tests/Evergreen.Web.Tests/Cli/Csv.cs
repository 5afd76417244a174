using System.Text;

namespace Evergreen.Web.Tests.Cli;

/// <summary>Reads a canonical CSV by its headings, without any code of the house.</summary>
internal static class Csv
{
    public static List<Dictionary<string, string>> Read(string path) => Parse(File.ReadAllText(path));

    public static List<Dictionary<string, string>> Parse(string text)
    {
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(Fields).ToList();
        return lines.Skip(1).Select(fields => lines[0].Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal)).ToList();
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') field.Append(line[++i]);
            else if (line[i] == '"') quoted = !quoted;
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else field.Append(line[i]);
        }
        fields.Add(field.ToString());
        return fields;
    }
}

using System.Globalization;
using System.Text.Json;

namespace Evergreen.Client.Samples;

/// <summary>Receipts that wait to be sent, one file each in a folder. A receipt is on the disk, with the key of its call, before anything is sent, so that a crash at any moment neither loses nor doubles it.</summary>
public sealed class TillQueue
{
    private readonly string waiting;
    private readonly string aside;
    private long last;

    public TillQueue(string folder)
    {
        waiting = Directory.CreateDirectory(Path.Combine(folder, "waiting")).FullName;
        aside = Directory.CreateDirectory(Path.Combine(folder, "aside")).FullName;
        foreach (var half in Directory.EnumerateFiles(waiting, "*.new")) File.Delete(half);
        last = Waiting().Concat(Directory.EnumerateFiles(aside, "*.json")).Select(file => long.Parse(Path.GetFileName(file)[..12], CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
    }

    public sealed record Entry(string Key, NewPurchase Purchase);

    /// <summary>Keeps a receipt. When this returns, it will be sent, whatever happens to the till.</summary>
    public void Add(NewPurchase purchase)
    {
        var name = Path.Combine(waiting, (++last).ToString("D12", CultureInfo.InvariantCulture));
        using (var file = new FileStream(name + ".new", FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, new Entry(Guid.NewGuid().ToString("N"), purchase));
            file.Flush(flushToDisk: true);
        }
        // Renaming is all or nothing: there is never half a receipt in the queue.
        File.Move(name + ".new", name + ".json");
    }

    /// <summary>In the order in which they were rung up.</summary>
    public IReadOnlyList<string> Waiting() => [.. Directory.EnumerateFiles(waiting, "*.json").Order(StringComparer.Ordinal)];

    /// <summary>Receipts that the site refused: for a person to look at.</summary>
    public IReadOnlyList<string> Aside() => [.. Directory.EnumerateFiles(aside, "*.json").Order(StringComparer.Ordinal)];

    public static Entry Read(string file) => JsonSerializer.Deserialize<Entry>(File.ReadAllBytes(file))!;

    /// <summary>It is in the books.</summary>
    public static void Done(string file) => File.Delete(file);

    public void PutAside(string file, EvergreenProblem why)
    {
        File.WriteAllText(Path.Combine(aside, Path.GetFileNameWithoutExtension(file) + ".why"), why.Message);
        File.Move(file, Path.Combine(aside, Path.GetFileName(file)));
    }
}

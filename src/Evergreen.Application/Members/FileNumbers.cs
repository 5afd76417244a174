using System.Runtime.InteropServices;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;

namespace Evergreen.Application.Members;

/// <summary>The numbers of the register and of a members file: whose they are, which are new, and which came in the file already. One entry a number, about as large as the number itself.</summary>
internal sealed class FileNumbers
{
    /// <param name="Id">Of the member; zero for one that is not written, who waits or was rejected.</param>
    /// <param name="MetIn">The reading of the file in which the number last came.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Known(int Id, byte MetIn, bool IsNew);

    private readonly Dictionary<string, Known> numbers = new(StringComparer.Ordinal);
    private byte reading;

    public FileNumbers(EvergreenDb db, int coOpId)
    {
        foreach (var (number, id) in MemberIndex.Read(db, coOpId)) numbers.Add(number, new(id, MetIn: 0, IsNew: false));
    }

    /// <summary>The file is read from its beginning.</summary>
    public void Begin() => reading++;

    /// <returns>False where the number came before in this reading.</returns>
    public bool Meet(string number)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, number, out var there);
        if (there && known.MetIn == reading) return false;
        known = there ? known with { MetIn = reading } : new(Id: 0, reading, IsNew: true);
        return true;
    }

    /// <summary>Whether the register did not have the number before this file.</summary>
    public bool IsNew(string number) => !numbers.TryGetValue(number, out var known) || known.IsNew;

    /// <returns>Null where no member has the number, or none that is written yet.</returns>
    public int? Find(string number) => numbers.TryGetValue(number, out var known) && known.Id > 0 ? known.Id : null;

    public void Enrolled(string number, int id) => numbers[number] = numbers[number] with { Id = id };
}

using Evergreen.Application.Imports;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>The co-op's classes by code; new ones come into being only where the import is told to.</summary>
internal sealed class ClassList(ImportSitting sitting)
{
    private readonly Dictionary<string, int> ids =
        sitting.Db.MemberClasses.AsNoTracking().Where(memberClass => memberClass.CoOpId == sitting.CoOp.Id).ToDictionary(memberClass => memberClass.Code, memberClass => memberClass.Id, StringComparer.Ordinal);

    public int this[string code] => ids[code];
    public string CodeOf(int id) => ids.First(memberClass => memberClass.Value == id).Key;

    /// <summary>Makes the classes that are not there, or says which must not be made.</summary>
    public Fault? Unknown(IReadOnlyList<string> codes)
    {
        foreach (var code in codes)
        {
            if (ids.ContainsKey(code)) continue;
            if (!sitting.Request.CreateClasses) return MemberFaults.ClassUnknown(code, ids.Keys);
            var memberClass = new MemberClass { CoOpId = sitting.CoOp.Id, Code = code, Name = code };
            sitting.Db.MemberClasses.Add(memberClass);
            sitting.Db.SaveChanges();
            sitting.Created.Add($"class {code}");
            ids.Add(code, memberClass.Id);
        }
        return null;
    }
}

using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>The classes of membership that a co-op has, by their code.</summary>
public sealed class ListClasses(Books books)
{
    public Outcome<IReadOnlyList<MemberClass>> Run(string? coOpCode) => books.Read<Outcome<IReadOnlyList<MemberClass>>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        return found.IsRefused ? found.Refusal! : db.MemberClasses.Where(one => one.CoOpId == found.Value.Id).OrderBy(one => one.Code).ToList();
    });
}

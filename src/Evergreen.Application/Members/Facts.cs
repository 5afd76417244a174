using Evergreen.Application.Imports;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Dated facts as an import records them.</summary>
internal static class Facts
{
    public static StatusChange Status(ImportSitting sitting, int member, MemberStatus status, DateOnly on) =>
        new() { CoOpId = sitting.CoOp.Id, MemberId = member, On = on, Status = status, RecordedAt = sitting.Now, ImportId = sitting.Import.Id };

    public static ClassChange Class(ImportSitting sitting, int member, int memberClass, DateOnly on, bool entered) =>
        new() { CoOpId = sitting.CoOp.Id, MemberId = member, On = on, ClassId = memberClass, Entered = entered, RecordedAt = sitting.Now, ImportId = sitting.Import.Id };

    public static ConsentFact Consent(ImportSitting sitting, int member, ConsentKind kind, DateOnly on) =>
        new() { CoOpId = sitting.CoOp.Id, MemberId = member, Kind = kind, On = on, RecordedAt = sitting.Now, ImportId = sitting.Import.Id };
}

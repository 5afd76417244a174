using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Writes new members with their dated facts: status from joining and leaving, classes, consent.</summary>
internal sealed class MemberEnrolment(ImportSitting sitting, MemberSecrets secrets, ClassList classes, Func<string, int?> find)
{
    /// <returns>The new members' numbers and ids.</returns>
    public IReadOnlyList<(string Number, int Id)> Write(IReadOnlyList<MemberRow> rows)
    {
        // Made before they are written: sealing may ask the database, which cannot answer during a bulk copy.
        BulkWriter.Insert(sitting.Db, rows.Select(Make).ToList());
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var numbers in rows.Select(row => row.Number).Chunk(500))
            foreach (var member in sitting.Db.Members.AsNoTracking().Where(member => member.CoOpId == sitting.CoOp.Id && numbers.Contains(member.Number)).Select(member => new { member.Number, member.Id }))
                ids.Add(member.Number, member.Id);
        BulkWriter.Insert(sitting.Db, rows.SelectMany(row => Status(row, ids[row.Number])));
        BulkWriter.Insert(sitting.Db, rows.SelectMany(row => row.Classes.Select(code => Facts.Class(sitting, ids[row.Number], classes[code], row.JoinedOn ?? sitting.Today, entered: true))));
        BulkWriter.Insert(sitting.Db, rows.Where(row => row.Consent is not null).Select(row => Facts.Consent(sitting, ids[row.Number], row.Consent!.Value, row.ConsentOn!.Value)));
        sitting.Members = sitting.Members with { New = sitting.Members.New + rows.Count };
        return [.. ids.Select(id => (id.Key, id.Value))];
    }

    private IEnumerable<StatusChange> Status(MemberRow row, int id)
    {
        if (row.JoinedOn is { } joined) yield return Facts.Status(sitting, id, MemberStatus.Active, joined);
        if (row.LeftOn is { } left) yield return Facts.Status(sitting, id, MemberStatus.Left, left);
    }

    private Member Make(MemberRow row)
    {
        var member = new Member { CoOpId = sitting.CoOp.Id, Number = row.Number, Kind = row.KindOrDefault, Name = row.FullName!, JoinedOn = row.JoinedOn ?? Member.Unjoined, ImportId = sitting.Import.Id };
        for (var i = 0; i < row.Texts.Length; i++)
            if (row.Texts[i] is { } text) MemberFields.All[i].Set(member, text);
        if (row.HouseholdOf is { } owner) member.HouseholdOfId = find(owner);
        if (row.TaxIdType is { } type) member.TaxIdType = type;
        if (row.TaxId is { } taxId) secrets.SetTaxId(member, taxId);
        (member.BankScheme, member.BankRouting, member.BankAccountType) = (row.BankScheme, row.BankRouting, row.BankAccountType);
        if (row.BankAccount is { } account) secrets.SetBankAccount(member, account);
        return member;
    }
}

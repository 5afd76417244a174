using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Audit;

namespace Evergreen.Application.Access;

/// <summary>Tells whoever reads the audit trail what is known now of those who are named in it by number (<see cref="Actors"/>): the mail address of the account, and the network address.</summary>
internal static class WhoActed
{
    /// <param name="records">Read, and not to be stored.</param>
    public static void Tell(EvergreenDb db, IReadOnlyList<AuditRecord> records)
    {
        var known = Known(db, records.Select(record => record.By));
        var addresses = new Dictionary<(int, long?), string>();
        foreach (var chain in records.Where(record => AuditAddress.IsDigest(record.From)).GroupBy(record => AuditSeal.ChainOf(record.CoOpId)))
        {
            var numbers = chain.Select(record => record.Number ?? 0).ToArray();
            foreach (var one in db.AuditAddresses.Where(address => address.Chain == chain.Key && numbers.Contains(address.Number)).Select(address => new { address.Number, address.Address }).ToList()) addresses[(chain.Key, one.Number)] = one.Address;
        }
        foreach (var record in records) Tell(record, known, addresses.GetValueOrDefault((AuditSeal.ChainOf(record.CoOpId), record.Number)));
    }

    /// <param name="address">The network address beside the record; null where there is none, or none any more.</param>
    public static void Tell(AuditRecord record, IReadOnlyDictionary<string, string> known, string? address)
    {
        record.By = known.GetValueOrDefault(record.By, record.By);
        if (AuditAddress.IsDigest(record.From)) record.From = address ?? Actors.Gone;
    }

    /// <returns>For each of the names that is an account's, what it is shown as now. An erased account keeps its number.</returns>
    public static Dictionary<string, string> Known(EvergreenDb db, IEnumerable<string> names)
    {
        var accounts = names.Distinct().Select(name => (Name: name, Id: Actors.AccountIn(name) ?? 0)).Where(one => one.Id > 0).ToList();
        if (accounts.Count == 0) return [];
        var ids = accounts.Select(one => one.Id).Distinct().ToArray();
        var mails = db.SignIns.Where(user => ids.Contains(user.Id) && user.Email != null).Select(user => new { user.Id, user.UserName }).ToDictionary(user => user.Id, user => user.UserName!);
        return accounts.Where(one => mails.ContainsKey(one.Id)).ToDictionary(one => one.Name, one => mails[one.Id] + one.Name[Actors.Account(one.Id).Length..], StringComparer.Ordinal);
    }
}

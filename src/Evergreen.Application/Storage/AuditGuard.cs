using System.Net;
using System.Security.Cryptography;
using Evergreen.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Storage;

/// <summary>The only way into the audit trail: gapless numbers, each record hashed onto the one before, network addresses put beside it, and a seal where the transaction ends.</summary>
/// <remarks>
/// Done last in a transaction, when nothing is left to do but to commit: whoever writes waits for another's commit, never for another's work, and since all take their turns in this order, none waits for one who waits for him.
/// A serialisable transaction on PostgreSQL sees only what was there when it began, and a row that was changed since makes it fail; an import of a minute would fail whenever anybody did anything meanwhile. So the end of the chain is no row that
/// changes but the last of those that are added, and once it is this one's turn it is looked up through a connection beside.
/// </remarks>
public static class AuditGuard
{
    /// <summary>Names the turns among other locks of a server: "audt".</summary>
    private const int Turns = 0x61756474;

    /// <summary>From this many records on they are written in bulk on a server; below, the bulk ways cost more than they save.</summary>
    private const int Many = 20;

    private const int SaltBytes = 16;

    private static readonly PreparedQuery<Func<EvergreenDb, int, AuditSeal?>> LastSeal = new(() => EF.CompileQuery((EvergreenDb db, int chain) =>
        db.AuditSeals.AsNoTracking().Where(seal => seal.Chain == chain).OrderByDescending(seal => seal.Number).FirstOrDefault()));

    /// <summary>How far the chain of a co-op has come in the picture that the context reads; 0 where it has no line yet.</summary>
    public static long LastNumber(EvergreenDb db, int coOpId) => LastSeal.For(db)(db, AuditSeal.ChainOf(coOpId))?.Number ?? 0;

    /// <param name="beside">Makes a context on another connection, outside the transaction.</param>
    public static void Append(EvergreenDb db, Func<EvergreenDb> beside)
    {
        if (db.Noted.Count == 0) return;
        List<AuditRecord> records = [.. db.Noted];
        var (seals, addresses) = (new List<AuditSeal>(), new List<AuditAddress>());
        foreach (var chain in records.GroupBy(record => AuditSeal.ChainOf(record.CoOpId)).OrderBy(chain => chain.Key)) seals.Add(Link(chain, TakeEnd(db, chain.Key, beside), addresses));
        db.Noted.Clear();
        if (db.Kind == DatabaseKind.Sqlite || records.Count > Many)
        {
            BulkWriter.Insert(db, records);
            BulkWriter.Insert(db, seals);
            if (addresses.Count > 0) BulkWriter.Insert(db, addresses);
            return;
        }
        db.AddRange(records);
        db.AddRange(seals);
        db.AddRange(addresses);
        db.SaveChanges();
    }

    private static AuditSeal Link(IGrouping<int, AuditRecord> chain, AuditSeal? last, List<AuditAddress> addresses)
    {
        var (number, hash) = (last?.Number ?? 0, last?.Hash ?? AuditChain.Genesis);
        foreach (var record in chain)
        {
            number++;
            if (IsAddress(record.From))
            {
                var address = new AuditAddress { Chain = chain.Key, Number = number, Salt = RandomNumberGenerator.GetBytes(SaltBytes), Address = record.From! };
                addresses.Add(address);
                record.From = address.Digest();
            }
            (record.Number, record.Hash) = (number, hash = AuditChain.Link(hash, number, record));
        }
        return new AuditSeal { Chain = chain.Key, Number = number, Records = number - (last?.Number ?? 0), Hash = hash };
    }

    private static bool IsAddress(string? from) => from is not null && from.AsSpan().IndexOfAny('.', ':') >= 0 && IPAddress.TryParse(from, out _);

    /// <summary>Where the chain ends, for this transaction alone until it is over.</summary>
    private static AuditSeal? TakeEnd(EvergreenDb db, int chain, Func<EvergreenDb> beside)
    {
        switch (db.Kind)
        {
            case DatabaseKind.PostgreSql:
                db.Database.ExecuteSql($"SELECT pg_advisory_xact_lock({Turns}, {chain})");
                using (var other = beside()) return LastSeal.For(other)(other, chain);
            case DatabaseKind.SqlServer:
                var turn = $"evergreen audit {chain}";
                db.Database.ExecuteSql($"EXEC sp_getapplock @Resource = {turn}, @LockMode = 'Exclusive', @LockOwner = 'Transaction'");
                break;
        }
        return LastSeal.For(db)(db, chain);
    }

    /// <summary>Whether records from before there was a chain are still to be covered.</summary>
    public static bool WaitsForSeal(EvergreenDb db) => !db.AuditSeals.Any() && db.AuditRecords.Any();

    /// <summary>Covers the records from before there was a chain, each chain's by one seal with the number 0. Done once, after the migration that began the chains.</summary>
    public static void SealOlder(EvergreenDb db)
    {
        using var transaction = db.Database.BeginTransaction();
        if (WaitsForSeal(db))
        {
            var seals = new SortedDictionary<int, AuditSeal>();
            foreach (var record in db.AuditRecords.AsNoTracking().Where(record => record.Number == null).OrderBy(record => record.Id))
            {
                var chain = AuditSeal.ChainOf(record.CoOpId);
                var last = seals.GetValueOrDefault(chain);
                seals[chain] = new AuditSeal { Chain = chain, Number = 0, Records = (last?.Records ?? 0) + 1, Hash = AuditChain.Link(last?.Hash ?? AuditChain.Genesis, record.Id, record) };
            }
            db.AddRange(seals.Values);
            db.SaveChanges();
        }
        transaction.Commit();
    }
}

using Evergreen.Application.Storage;
using Evergreen.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Reconciliation;

/// <summary>Walks the chains of the audit trail from their first record to their last seal: numbers, hashes, network addresses, and where each transaction ended.</summary>
/// <remarks>All chains in one reading, whichever co-op is asked for: a record that was moved from one to another is then missed here and found there.</remarks>
internal sealed class AuditChainCheck(EvergreenDb db, Findings findings)
{
    private readonly SortedDictionary<string, string> heads = new(StringComparer.Ordinal);
    private Dictionary<int, string> codes = [];

    /// <returns>By co-op code, and empty for what belongs to none, the last number and its hash.</returns>
    public SortedDictionary<string, string> Run()
    {
        codes = db.CoOps.ToDictionary(coOp => coOp.Id, coOp => coOp.Code);
        var seals = db.AuditSeals.AsNoTracking().GroupBy(seal => seal.Chain).Select(chain => new { chain.Key, Count = chain.LongCount(seal => seal.Number != 0), Last = chain.Max(seal => seal.Number) }).ToDictionary(chain => chain.Key);
        var older = Older();
        Walk? walk = null;
        foreach (var row in from record in db.AuditRecords.AsNoTracking()
                            where record.Number != null
                            join one in db.AuditSeals.AsNoTracking() on new { Chain = record.CoOpId ?? 0, Number = record.Number ?? 0 } equals new { one.Chain, one.Number } into sealing
                            from seal in sealing.DefaultIfEmpty()
                            join place in db.AuditAddresses.AsNoTracking() on new { Chain = record.CoOpId ?? 0, Number = record.Number ?? 0 } equals new { place.Chain, place.Number } into places
                            from address in places.DefaultIfEmpty()
                            orderby record.CoOpId ?? 0, record.Number, record.Id
                            select new { record, seal, address })
        {
            var chain = AuditSeal.ChainOf(row.record.CoOpId);
            if (walk?.Chain != chain)
            {
                End(walk);
                walk = new Walk(findings, Name(chain), chain, older.GetValueOrDefault(chain));
            }
            walk.Take(row.record, row.seal, row.address);
        }
        End(walk);
        foreach (var (chain, seal) in seals.Where(seal => seal.Value.Count > 0)) findings.Add($"{Name(chain)}: the audit trail went to record {seal.Last}; its records are missing.");
        return heads;

        void End(Walk? walk)
        {
            if (walk is null) return;
            seals.Remove(walk.Chain, out var sealing);
            walk.End(sealing?.Count ?? 0, sealing?.Last ?? 0);
            heads[codes.GetValueOrDefault(walk.Chain, walk.Chain == 0 ? "" : $"co-op id {walk.Chain}")] = walk.Head;
        }
    }

    /// <summary>The records from before there was a chain, against the seals that cover them.</summary>
    private Dictionary<int, AuditSeal> Older()
    {
        var seals = db.AuditSeals.AsNoTracking().Where(seal => seal.Number == 0).ToDictionary(seal => seal.Chain);
        var found = new Dictionary<int, (long Records, byte[] Hash)>();
        foreach (var record in db.AuditRecords.AsNoTracking().Where(record => record.Number == null).OrderBy(record => record.Id))
        {
            var chain = AuditSeal.ChainOf(record.CoOpId);
            var (records, hash) = found.GetValueOrDefault(chain, (0, AuditChain.Genesis));
            found[chain] = (records + 1, AuditChain.Link(hash, record.Id, record));
        }
        foreach (var chain in seals.Keys.Union(found.Keys).Order())
        {
            var (records, hash) = found.GetValueOrDefault(chain, (0, AuditChain.Genesis));
            if (seals.GetValueOrDefault(chain) is not { } seal) findings.Add($"{Name(chain)}: the audit trail has {records} records without a number, which no seal covers.");
            else if (seal.Records != records || !seal.Hash.AsSpan().SequenceEqual(hash)) findings.Add($"{Name(chain)}: the {seal.Records} records of the audit trail from before its chain are not what they were.");
        }
        return seals;
    }

    private string Name(int chain) => chain == 0 ? "The site" : codes.GetValueOrDefault(chain, $"co-op id {chain}");

    private sealed class Walk(Findings findings, string name, int chain, AuditSeal? older)
    {
        private byte[] hash = older?.Hash ?? AuditChain.Genesis;
        private long number, sealedUntil, seals;
        private bool broken;

        public int Chain => chain;
        public string Head => $"{number}:{Convert.ToHexStringLower(hash)}";

        public void Take(AuditRecord record, AuditSeal? seal, AuditAddress? address)
        {
            if (record.Number != number + 1) Break(record.Number <= number ? $"record {record.Number} of the audit trail is there twice" : $"record {number + 1} of the audit trail is missing: the next one is {record.Number}");
            number = record.Number ?? 0;
            var computed = AuditChain.Link(hash, number, record);
            if (!computed.AsSpan().SequenceEqual(record.Hash)) Break($"record {number} of the audit trail is not what was written: its hash does not follow from its content and the record before");
            // An address that is not there was erased with its person.
            if (address is not null && address.Digest() != record.From) Break($"the network address beside record {number} of the audit trail is not what was written");
            hash = record.Hash ?? computed;
            if (seal is null) return;
            if (seal.Records != number - sealedUntil || !seal.Hash.AsSpan().SequenceEqual(record.Hash)) Break($"the seal of record {number} of the audit trail is not what was written");
            (sealedUntil, seals) = (number, seals + 1);
        }

        public void End(long sealsThere, long last)
        {
            if (sealedUntil != number || last != number || sealsThere != seals) Break($"the audit trail ends with record {number}, but {(last == 0 ? "none" : last)} was sealed as the last, or a seal is missing");
        }

        // Only the first break says something; all behind it follow from it.
        private void Break(string what)
        {
            if (!broken) findings.Add($"{name}: {what}.");
            broken = true;
        }
    }
}

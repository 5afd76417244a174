using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>What somebody should look at before a run is approved, each with the first of the members it concerns.</summary>
internal sealed class RehearsalFindings(IReadOnlyList<RehearsedMember> members, CoOp coOp, DividendPolicy policy, bool compared, HashSet<string> aboveLimit, Dictionary<string, FindingSignOff> signOffs)
{
    public const int Listed = 20;

    /// <summary>A payment below this costs about as much to make as it is worth.</summary>
    private const long DustCents = 1_00;

    public IReadOnlyList<Rehearsal.Finding> All(int listed)
    {
        var findings = new List<Rehearsal.Finding>();
        if (compared)
        {
            Add("changes", "The largest changes", "Compared with the last dividend that was posted. A change of sign or size that nobody can explain is a wrong import.",
                members.Where(member => member.Before is not null && member.Now is not null && member.Change != 0).OrderByDescending(member => Math.Abs(member.Change)));
            Add("new-members", "New since last time", "They had no part in the last dividend.", members.Where(member => member.Before is null && member.Now is not null));
            Add("left-members", "No longer part of it", "They had a part in the last dividend and have none in this one.", members.Where(member => member.Before is not null && member.Now is null));
        }
        Add("zero", "Members who get nothing", "They were members at the year end, and no patronage of theirs counts or their share comes to less than a cent.",
            members.Where(member => member is { Standing: true, OfHousehold: false } && member.Now is null or 0));
        if (coOp.Regime == TaxRegime.SubchapterT)
            Add("missing-tax-id", "No tax id", policy.BackupWithholding is { } rate ? $"{rate.ToPercent(4)} of their cash is withheld (26 USC 3406)." : "Their dividend cannot be reported rightly, and the law asks for backup withholding (26 USC 3406). The policy sets none, so say which exemption holds.",
                members.Where(member => !member.HasTaxId && member.Now > 0), needsNote: policy.BackupWithholding is null);
        if (coOp.Regime == TaxRegime.UkRegisteredSociety)
            Add("share-limit", "Above the limit on shares", "With this dividend they would hold more withdrawable shares than the law or the society's rules allow. It cannot be approved before shares are paid back, or the policy pays in money.",
                members.Where(member => aboveLimit.Contains(member.Number)));
        Add("missing-bank", "No bank details", "They are paid by check, or not until they give an account.", members.Where(member => !member.HasBank && member.Payable > 0));
        Add("bank-changed", "New bank details", "They gave other bank details themselves since the last payment. Until the days of hold are over the old ones are used; a change that nobody expected is worth a call.",
            members.Where(member => member is { BankChanged: true, Payable: > 0 }));
        Add("negative", "Amounts below zero", "They bear part of a loss.", members.Where(member => member.Now < 0));
        Add("dust", "Very small payments", "Less than 1.00 in cash, or below the policy's minimum and treated as it says.", members.Where(member => member.BelowMinimum || member.Payable is > 0 and < DustCents));
        return findings;

        void Add(string key, string title, string why, IEnumerable<RehearsedMember> concerned, bool needsNote = false)
        {
            var all = concerned.ToList();
            findings.Add(new Rehearsal.Finding(key, title, why, all.Count, [.. all.Take(listed).Select(Line)], signOffs.GetValueOrDefault(key)) { NeedsNote = needsNote });
        }
    }

    private static Rehearsal.Line Line(RehearsedMember member) => new(member.Number, member.Name, new Money(member.Before ?? 0), new Money(member.Now ?? 0), new Money(member.Cash));
}

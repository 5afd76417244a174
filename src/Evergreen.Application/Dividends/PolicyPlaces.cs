using System.Globalization;
using System.Text.RegularExpressions;

namespace Evergreen.Application.Dividends;

/// <summary>Finds the field of the policy's form that a refusal speaks of: its sentence begins with the place in the document.</summary>
public static partial class PolicyPlaces
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["netIncomeBasis"] = nameof(PolicyForm.NetIncomeBasis), ["memberRatio"] = nameof(PolicyForm.MemberRatio), ["collectiveReserve"] = nameof(PolicyForm.CollectiveReserve),
        ["capitalDividends.amount"] = nameof(PolicyForm.CapitalDividends), ["minimumPayment.amount"] = nameof(PolicyForm.MinimumPayment), ["minimumPayment.below"] = nameof(PolicyForm.BelowMinimum),
        ["losses.offset.electedOn"] = nameof(PolicyForm.LossOffsetElectedOn), ["losses.offset.noticeOn"] = nameof(PolicyForm.LossOffsetNoticeOn), ["losses.offset"] = nameof(PolicyForm.LossOffsetElectedOn),
        ["rounding"] = nameof(PolicyForm.Rounding), ["backupWithholding"] = nameof(PolicyForm.BackupWithholding),
    };

    private static readonly Dictionary<string, string> OfPool = new(StringComparer.Ordinal)
    {
        ["cash"] = nameof(PoolForm.Cash), ["net"] = nameof(PoolForm.Net), ["kind"] = nameof(PoolForm.Kind), ["rate"] = nameof(PoolForm.Rate), ["notice"] = nameof(PoolForm.Notice), ["payThrough"] = nameof(PoolForm.PayThrough),
        ["eligibility.minimumHours"] = nameof(PoolForm.MinimumHours), ["eligibility.equityAtLeast"] = nameof(PoolForm.EquityAtLeast), ["eligibility.monthsOfMembership"] = nameof(PoolForm.MonthsOfMembership),
        ["unit.weight"] = "Units[0].Weight", ["unit.measure"] = "Units[0].Measure",
    };

    /// <returns>A name such as <c>Pools[0].Cash</c>; empty where the refusal is about the whole.</returns>
    public static string FieldOf(PolicyForm form, string sentence)
    {
        if (PoolPlace().Match(sentence) is { Success: true } match)
        {
            var index = form.Pools.FindIndex(pool => pool.Code?.Trim() == match.Groups[1].Value);
            if (index < 0) return "";
            return OfPool.TryGetValue(match.Groups[2].Value, out var field) ? string.Create(CultureInfo.InvariantCulture, $"Pools[{index}].{field}") : "";
        }
        var colon = sentence.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Fields.TryGetValue(sentence[..colon], out var name) ? name : "";
    }

    /// <summary>The setting that a refusal speaks of, and what it says of it.</summary>
    /// <returns>The path as <see cref="PolicyKnobs"/> has it and the sentence without the place; null where the refusal is about the whole.</returns>
    public static (string Path, string Said)? SettingOf(string sentence)
    {
        if (SettingPlace().Match(sentence) is not { Success: true } match || match.Length == sentence.Length) return null;
        var said = sentence[match.Length..];
        return (InList().Replace(match.Groups["place"].Value, ".${code}"), char.ToUpperInvariant(said[0]) + said[1..]);
    }

    /// <summary>What a refusal says where it stands beside its field: without the place.</summary>
    public static string Beside(string sentence) => SettingOf(sentence)?.Said ?? sentence;

    [GeneratedRegex(@"\A(?<place>[a-zA-Z]+(\['[^']*'\])?(\.[a-zA-Z]+(\['[^']*'\])?)*): ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SettingPlace();

    [GeneratedRegex(@"\['(?<code>[^']*)'\]", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InList();

    [GeneratedRegex(@"\Apools\['([^']*)'\]\.([\w.]+?):")]
    private static partial Regex PoolPlace();
}

using System.Globalization;
using System.Numerics;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

public enum KnobKind
{
    /// <summary>A share: a number is a percentage, and a fraction may be written.</summary>
    Percent = 1,

    /// <summary>A weight: a decimal or a fraction.</summary>
    Number = 2,
    Amount = 3,
    Choice = 4,
}

/// <summary>One setting that a board tries out.</summary>
/// <param name="Path">Names it in the document: <c>collectiveReserve</c>, <c>pools.labour.cash</c>.</param>
/// <param name="Setting">Its text in the document, or what the document means by leaving it out.</param>
/// <param name="Choices">The words of a choice with what they mean.</param>
public sealed record PolicyKnob(string Path, string Label, KnobKind Kind, string Setting, IReadOnlyList<(string Word, string Meaning)> Choices)
{
    /// <summary>As a form shows it: a percentage without its sign, or a fraction where no short percentage is exact.</summary>
    public string Shown => Kind == KnobKind.Percent ? PolicyKnobs.Percentage(Setting) ?? Ratio.Parse(Setting).ToString() : Setting;

    /// <summary>Whether a slider from 0 to 100 can show it.</summary>
    public bool Slides => Kind == KnobKind.Percent && PolicyKnobs.Percentage(Setting) is not null && Ratio.Parse(Setting) <= Ratio.One;

    /// <summary>What the form's text means in the document: a bare number in a percentage field is a percentage; the same value keeps the document's own writing.</summary>
    public string ToSetting(string text)
    {
        if (Kind is KnobKind.Percent && text.Length > 0 && !text.EndsWith('%') && !text.Contains('/', StringComparison.Ordinal)) text += "%";
        if (Kind is KnobKind.Percent or KnobKind.Number && Ratio.TryParse(text, out var given) && Ratio.TryParse(Setting, out var stands) && given == stands) return Setting;
        return Kind == KnobKind.Amount && Money.TryParse(text, out var amount) && Money.TryParse(Setting, out var before) && amount == before ? Setting : text;
    }
}

/// <summary>The settings of a policy that the what-if page offers.</summary>
public static class PolicyKnobs
{
    private const int Decimals = 4;

    /// <param name="json">A policy; one that cannot be read has no settings to offer.</param>
    public static IReadOnlyList<PolicyKnob> Of(string json)
    {
        var read = PolicyDocument.Read(json);
        if (read.IsRefused) return [];
        var document = PolicyChanges.Parse(json);
        var policy = read.Value;
        var knobs = new List<PolicyKnob>();
        foreach (var (pool, node) in policy.Pools.Zip(document["pools"]!.AsArray()))
            if (pool.Kind == PoolKind.Patronage) knobs.Add(Share($"pools.{pool.Code}.cash", $"{pool.Name}: paid in cash", (string)node!["cash"]!));
        knobs.Add(Share("collectiveReserve", "Kept in the collective reserve", (string)document["collectiveReserve"]!));
        foreach (var fund in document["otherFunds"]?.AsArray() ?? []) knobs.Add(Share($"otherFunds.{fund!["code"]}.share", $"To: {fund["name"]}", (string)fund["share"]!));
        knobs.Add(new PolicyKnob("minimumPayment.amount", "Smallest payment in cash", KnobKind.Amount, (string?)document["minimumPayment"]?["amount"] ?? "0.00", []));
        knobs.Add(new PolicyKnob("minimumPayment.below", "What becomes of less", KnobKind.Choice, (string?)document["minimumPayment"]?["below"] ?? "retain", PolicyWords.Below));
        knobs.Add(new PolicyKnob("rounding", "Cents that do not divide", KnobKind.Choice, (string?)document["rounding"] ?? "largest-remainder", PolicyWords.Rounding));
        foreach (var (pool, node) in policy.Pools.Zip(document["pools"]!.AsArray()))
        {
            if (pool.NetShare is not null && policy.Pools.Count > 1) knobs.Add(Share($"pools.{pool.Code}.net", $"{pool.Name}: share of net income", (string)node!["net"]!));
            if (pool.Kind == PoolKind.ShareInterest) knobs.Add(Share($"pools.{pool.Code}.rate", $"{pool.Name}: yearly rate", (string)node!["rate"]!));
            foreach (var (code, weight) in pool.ClassWeights.Keys.Select(code => (code, (string)node!["classes"]![code]!)).Where(entry => !entry.code.Contains('.', StringComparison.Ordinal)))
                knobs.Add(new PolicyKnob($"pools.{pool.Code}.classes.{code}", $"{pool.Name}: weight of class {code}", KnobKind.Number, weight, []));
            if (pool.Unit.Count < 2) continue;
            for (var part = 0; part < pool.Unit.Count; part++)
                knobs.Add(new PolicyKnob(string.Create(CultureInfo.InvariantCulture, $"pools.{pool.Code}.unit.{part}.weight"), $"{pool.Name}: weight of {pool.Unit[part].Measure.ToString().ToLowerInvariant()}", KnobKind.Number, (string?)node!["unit"]![part]!["weight"] ?? "1", []));
        }
        return knobs;
    }

    /// <summary>The share as a percentage with up to four decimals and no sign, or null where it needs more.</summary>
    internal static string? Percentage(string setting)
    {
        if (!Ratio.TryParse(setting, out var ratio)) return null;
        var scaled = ratio * new Ratio(100 * BigInteger.Pow(10, Decimals), 1);
        return scaled.Denominator.IsOne ? ratio.ToPercent(Decimals).TrimEnd('%') : null;
    }

    private static PolicyKnob Share(string path, string label, string setting) =>
        new(path, label, KnobKind.Percent, setting, []);
}

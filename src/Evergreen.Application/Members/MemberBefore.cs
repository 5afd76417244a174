using System.Text.Json;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>A member as it was before an import changed it; secrets stay sealed. What the import added is told by its id and not written here.</summary>
internal sealed record MemberBefore(MemberBefore.Plain Member, List<MemberBefore.StatusFact> Status)
{
    internal sealed record Plain(MemberKind Kind, string?[] Texts, int? HouseholdOfId, string? TaxIdType, string? TaxIdSealed, string? TaxIdLastFour, string? TaxIdDigest, string? BankScheme, string? BankRouting,
        string? BankAccountSealed, string? BankAccountLastFour, string? BankAccountType);

    /// <summary>A dated fact that the import replaced.</summary>
    internal sealed record StatusFact(DateOnly On, MemberStatus Status, string? Reason, DateTime RecordedAt, int? ImportId)
    {
        public static StatusFact Of(StatusChange change) => new(change.On, change.Status, change.Reason, change.RecordedAt, change.ImportId);
    }

    public static MemberBefore Of(Member member) => new(new(member.Kind, [.. MemberFields.All.Select(field => field.Get(member))], member.HouseholdOfId, member.TaxIdType, member.TaxIdSealed,
        member.TaxIdLastFour, member.TaxIdDigest, member.BankScheme, member.BankRouting, member.BankAccountSealed, member.BankAccountLastFour, member.BankAccountType), []);

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
    public static MemberBefore FromJson(string json) => JsonSerializer.Deserialize<MemberBefore>(json, JsonSerializerOptions.Web)!;

    /// <summary>Field by field for the person it is about; numbers by their last characters, and none that was empty.</summary>
    public IReadOnlyDictionary<string, string?> Told()
    {
        IEnumerable<(string Column, string? Text)> fields =
        [
            .. MemberFields.All.Take(Member.Texts.Length).Select((field, i) => (field.Column, Member.Texts[i])), .. Status.Select(fact => ($"status_{fact.On:yyyy-MM-dd}", (string?)$"{fact.Status}{(fact.Reason is null ? "" : ": " + fact.Reason)}")),
            ("tax_id", MemberSecrets.Mask(Member.TaxIdLastFour)), ("bank_scheme", Member.BankScheme), ("bank_routing", Member.BankRouting), ("bank_account", MemberSecrets.Mask(Member.BankAccountLastFour)), ("bank_account_type", Member.BankAccountType),
        ];
        return fields.Where(field => !string.IsNullOrEmpty(field.Text)).GroupBy(field => field.Column, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Last().Text, StringComparer.Ordinal);
    }

    /// <summary>Makes the member what it was.</summary>
    public void Restore(Member member)
    {
        member.Kind = Member.Kind;
        for (var i = 0; i < Member.Texts.Length; i++) MemberFields.All[i].Set(member, Member.Texts[i]);
        (member.HouseholdOfId, member.TaxIdType, member.TaxIdSealed, member.TaxIdLastFour, member.TaxIdDigest) = (Member.HouseholdOfId, Member.TaxIdType, Member.TaxIdSealed, Member.TaxIdLastFour, Member.TaxIdDigest);
        (member.BankScheme, member.BankRouting, member.BankAccountSealed, member.BankAccountLastFour, member.BankAccountType) =
            (Member.BankScheme, Member.BankRouting, Member.BankAccountSealed, Member.BankAccountLastFour, Member.BankAccountType);
    }
}

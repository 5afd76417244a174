using Evergreen.Application.Imports;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Changes known members field by field, and keeps what they were, so that the import can be withdrawn. An empty field changes nothing.</summary>
internal sealed class MemberChanges(ImportSitting sitting, MemberSecrets secrets, ClassList classes, Func<string, int?> find)
{
    private MemberRevision revision = null!;

    public void Write(IReadOnlyList<MemberRow> rows)
    {
        foreach (var some in rows.Chunk(500)) WriteSome(some);
    }

    private void WriteSome(MemberRow[] rows)
    {
        var db = sitting.Db;
        var numbers = rows.Select(row => row.Number).ToArray();
        var members = db.Members.Where(member => member.CoOpId == sitting.CoOp.Id && numbers.Contains(member.Number)).ToDictionary(member => member.Number, StringComparer.Ordinal);
        var ids = members.Values.Select(member => member.Id).ToArray();
        var status = db.StatusChanges.Where(change => ids.Contains(change.MemberId)).OrderBy(change => change.On).ThenBy(change => change.Id).ToLookup(change => change.MemberId);
        var classChanges = db.ClassChanges.AsNoTracking().Where(change => ids.Contains(change.MemberId)).OrderBy(change => change.On).ThenBy(change => change.Id).ToLookup(change => change.MemberId);
        var consents = db.ConsentFacts.AsNoTracking().Where(fact => ids.Contains(fact.MemberId)).ToLookup(fact => fact.MemberId);
        foreach (var row in rows)
        {
            var member = members[row.Number];
            var before = MemberBefore.Of(member);
            revision = new MemberRevision(db, member, sitting.Import.By, sitting.Now, sitting.Import.Id);
            var fields = Texts(row, member) + Secrets(row, member) + Household(row, member);
            fields += Joined(row, member, status[member.Id].ToList(), before) + Left(row, member, status[member.Id].ToList(), before);
            fields += Classes(row, member, classChanges[member.Id]) + Consent(row, member, consents[member.Id]);
            sitting.Members = fields > 0 ? sitting.Members with { Changed = sitting.Members.Changed + 1 } : sitting.Members with { Unchanged = sitting.Members.Unchanged + 1 };
            if (fields > 0) db.MembersBeforeImport.Add(new MemberBeforeImport { ImportId = sitting.Import.Id, MemberId = member.Id, BeforeJson = before.ToJson() });
        }
        db.SaveChanges();
        foreach (var entry in db.ChangeTracker.Entries().Where(entry => entry.Entity is Member or StatusChange or ClassChange or ConsentFact or MemberBeforeImport or MemberEdit).ToList()) entry.State = EntityState.Detached;
    }

    private int Texts(MemberRow row, Member member)
    {
        var madeOfItsParts = member.Name == MemberRow.NameOf(member.Kind, member.GivenName, member.FamilyName, member.OrganisationName);
        var fields = 0;
        if (row.Kind is { } kind && kind != member.Kind)
        {
            fields += Changed(row, "kind", member.Kind.ToString().ToLowerInvariant(), kind.ToString().ToLowerInvariant());
            member.Kind = kind;
        }
        for (var i = 0; i < row.Texts.Length; i++)
        {
            var field = MemberFields.All[i];
            if (row.Texts[i] is not { } text || field.Get(member) == text) continue;
            fields += Changed(row, field.Column, field.Get(member), text);
            field.Set(member, text);
        }
        if (row["name"] is null && madeOfItsParts && MemberRow.NameOf(member.Kind, member.GivenName, member.FamilyName, member.OrganisationName) is { } name && name != member.Name)
        {
            fields += Changed(row, "name", member.Name, name);
            member.Name = name;
        }
        return fields;
    }

    private int Secrets(MemberRow row, Member member)
    {
        var fields = 0;
        if (row.TaxIdType is { } type && type != member.TaxIdType)
        {
            fields += Changed(row, "tax_id_type", member.TaxIdType, type);
            member.TaxIdType = type;
        }
        if (row.TaxId is { } taxId && secrets.TaxIdDigest(taxId) != member.TaxIdDigest)
        {
            var before = MemberSecrets.Mask(member.TaxIdLastFour);
            secrets.SetTaxId(member, taxId);
            fields += Changed(row, "tax_id", before, MemberSecrets.Mask(member.TaxIdLastFour));
        }
        if (row.BankScheme is not { } scheme) return fields;
        if (scheme != member.BankScheme) fields += Changed(row, "bank_scheme", member.BankScheme, scheme);
        if (row.BankRouting is { } routing && routing != member.BankRouting) fields += Changed(row, "bank_routing", member.BankRouting, routing);
        if (row.BankAccountType != member.BankAccountType) fields += Changed(row, "bank_account_type", member.BankAccountType, row.BankAccountType);
        (member.BankRouting, member.BankAccountType) = (row.BankRouting ?? (scheme == member.BankScheme ? member.BankRouting : null), row.BankAccountType);
        member.BankScheme = scheme;
        if (secrets.IsBankAccount(member, row.BankAccount!)) return fields;
        var account = MemberSecrets.Mask(member.BankAccountLastFour);
        secrets.SetBankAccount(member, row.BankAccount!);
        return fields + Changed(row, "bank_account", account, MemberSecrets.Mask(member.BankAccountLastFour));
    }

    private int Household(MemberRow row, Member member)
    {
        if (row.HouseholdOf is not { } owner || find(owner) is not { } id || id == member.HouseholdOfId) return 0;
        var before = sitting.Db.Members.Where(other => other.Id == member.HouseholdOfId).Select(other => other.Number).SingleOrDefault();
        member.HouseholdOfId = id;
        return Changed(row, "household_of", before, owner);
    }

    /// <summary>The day of joining is the first day on which the member is active; another one replaces it.</summary>
    private int Joined(MemberRow row, Member member, List<StatusChange> status, MemberBefore before)
    {
        var first = status.FirstOrDefault(change => change.Status == MemberStatus.Active);
        if (row.JoinedOn is not { } on || first?.On == on) return 0;
        member.JoinedOn = status.Where(change => change.Status == MemberStatus.Active && change != first).Select(change => change.On).Append(on).Min();
        return Replace(row, "joined_on", member, first, MemberStatus.Active, on, before);
    }

    /// <summary>The day of leaving is the last one recorded; another one replaces it, unless the member has come back since.</summary>
    private int Left(MemberRow row, Member member, List<StatusChange> status, MemberBefore before)
    {
        if (row.LeftOn is not { } on || status.Exists(change => change.Status.EndsMembership() && change.On == on)) return 0;
        var last = status.LastOrDefault() is { Status: MemberStatus.Left } left ? left : null;
        return Replace(row, "left_on", member, last, MemberStatus.Left, on, before);
    }

    private int Replace(MemberRow row, string column, Member member, StatusChange? old, MemberStatus status, DateOnly on, MemberBefore before)
    {
        if (old is not null)
        {
            before.Status.Add(MemberBefore.StatusFact.Of(old));
            sitting.Db.StatusChanges.Remove(old);
        }
        sitting.Db.StatusChanges.Add(Facts.Status(sitting, member.Id, status, on));
        return Changed(row, column, Day(old?.On), Day(on));
    }

    /// <summary>The list is the whole of the member's classes: what is not in it was left, today.</summary>
    private int Classes(MemberRow row, Member member, IEnumerable<ClassChange> changes)
    {
        if (row.Classes.Count == 0) return 0;
        var now = MemberHistory.ClassesAsOf(changes, DateOnly.MaxValue);
        var then = row.Classes.Select(code => classes[code]).ToHashSet();
        if (now.SetEquals(then)) return 0;
        foreach (var left in now.Except(then).Order()) sitting.Db.ClassChanges.Add(Facts.Class(sitting, member.Id, left, sitting.Today, entered: false));
        foreach (var entered in then.Except(now).Order()) sitting.Db.ClassChanges.Add(Facts.Class(sitting, member.Id, entered, sitting.Today, entered: true));
        return Changed(row, "classes", Codes(now), Codes(then));
    }

    private int Consent(MemberRow row, Member member, IEnumerable<ConsentFact> facts)
    {
        if (row.Consent is not { } kind || row.ConsentOn is not { } on || facts.Any(fact => fact.Kind == kind && fact.On == on && !fact.Ended)) return 0;
        var before = facts.Where(fact => !fact.Ended).OrderBy(fact => fact.On).LastOrDefault();
        sitting.Db.ConsentFacts.Add(Facts.Consent(sitting, member.Id, kind, on));
        return Changed(row, "consent", before is null ? null : $"{before.Kind.ToString().ToLowerInvariant()} {Day(before.On)}", $"{kind.ToString().ToLowerInvariant()} {Day(on)}");
    }

    private int Changed(MemberRow row, string field, string? before, string? after)
    {
        sitting.Changed(row.Number, field, before, after);
        revision.Note(field, before, after);
        return 1;
    }

    private string Codes(IEnumerable<int> ids) => string.Join(';', ids.Select(classes.CodeOf).Order(StringComparer.Ordinal));
    private static string? Day(DateOnly? date) => date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

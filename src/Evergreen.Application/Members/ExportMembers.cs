using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Writes the register as a canonical file, which imports again without change. Secrets go out only for a reason that is written down.</summary>
/// <param name="keys">Where the keys of tax and bank numbers are; null asks <see cref="KeyFile.Of"/>.</param>
public sealed class ExportMembers(Books books, KeyFile? keys = null)
{
    private const int Page = 1_000;

    /// <param name="secretsBecause">Why tax and bank numbers are needed in the file; null leaves them, and what says how to pay, empty.</param>
    public Outcome<ExportedFile> Run(string? coOp, Stream to, string by, string? secretsBecause = null, bool dryRun = false)
    {
        FieldCipher? cipher = null;
        if (secretsBecause is not null)
        {
            var file = keys is null ? KeyFile.Of(books.Address) : keys;
            if (file.IsRefused) return file.Refusal!;
            var ring = file.Value.Read();
            if (ring.IsRefused) return ring.Refusal!;
            cipher = new FieldCipher(ring.Value);
            // Written before the first secret is read.
            var noted = books.Write<int>(dryRun, db =>
            {
                var found = FindCoOp.Run(db, coOp);
                if (found.IsRefused) return found.Refusal!;
                AuditTrail.Add(db, found.Value.Id, books.Now, by, "secrets.read", "export of the register", secretsBecause);
                return 1;
            });
            if (noted.IsRefused) return noted.Refusal!;
        }
        return CanonicalExport.Write(books, coOp, to, CanonicalFile.Members, (db, found, csv) => Write(db, found, csv, cipher));
    }

    private static Outcome<ExportedFile> Write(EvergreenDb db, CoOp coOp, CsvWriter csv, FieldCipher? cipher)
    {
        var classes = db.MemberClasses.Where(memberClass => memberClass.CoOpId == coOp.Id).ToDictionary(memberClass => memberClass.Id, memberClass => memberClass.Code);
        long rows = 0;
        for (var after = 0; ;)
        {
            var page = db.Members.Where(member => member.CoOpId == coOp.Id && member.Id > after).OrderBy(member => member.Id).Take(Page).ToList();
            var (first, last) = (after, page.Count == 0 ? after : page[^1].Id);
            var status = db.StatusChanges.Where(fact => fact.CoOpId == coOp.Id && fact.MemberId > first && fact.MemberId <= last).OrderBy(fact => fact.On).ThenBy(fact => fact.Id).ToLookup(fact => fact.MemberId);
            var classChanges = db.ClassChanges.Where(fact => fact.CoOpId == coOp.Id && fact.MemberId > first && fact.MemberId <= last).ToLookup(fact => fact.MemberId);
            var consents = db.ConsentFacts.Where(fact => fact.CoOpId == coOp.Id && fact.MemberId > first && fact.MemberId <= last).OrderBy(fact => fact.On).ThenBy(fact => fact.Id).ToLookup(fact => fact.MemberId);
            var owners = page.Select(member => member.HouseholdOfId).OfType<int>().ToArray();
            var numbers = db.Members.Where(member => owners.Contains(member.Id)).ToDictionary(member => member.Id, member => member.Number);
            foreach (var member in page)
                Write(csv, member, status[member.Id].ToList(), string.Join(';', MemberHistory.ClassesAsOf(classChanges[member.Id], DateOnly.MaxValue).Select(id => classes[id]).Order(StringComparer.Ordinal)),
                    consents[member.Id].LastOrDefault(fact => !fact.Ended), member.HouseholdOfId is { } owner ? numbers[owner] : null, cipher);
            rows += page.Count;
            if (page.Count < Page) return new ExportedFile(rows, null);
            after = last;
        }
    }

    private static void Write(CsvWriter csv, Member member, List<StatusChange> status, string classes, ConsentFact? consent, string? owner, FieldCipher? cipher)
    {
        csv.Text(member.Number).Text(member.Kind == MemberKind.Person ? "person" : "organisation");
        foreach (var field in MemberFields.All.SkipLast(1)) csv.Text(field.Get(member));
        csv.Text(classes).Date(status.FirstOrDefault(fact => fact.Status == MemberStatus.Active)?.On)
            .Date((status.Find(fact => fact.Status == MemberStatus.Deceased) ?? status.LastOrDefault()) is { } last && last.Status.EndsMembership() ? last.On : null);
        csv.Text(cipher is null ? null : member.TaxIdType).Text(cipher is null || member.TaxIdSealed is null ? null : cipher.Open(MemberSecrets.TaxId(member.CoOpId, member.Number), member.TaxIdSealed));
        csv.Text(consent?.Kind switch { ConsentKind.Bylaw => "bylaw", ConsentKind.Written => "written", _ => null }).Date(consent?.On).Text(member.Language);
        if (cipher is null || member.BankAccountSealed is null) csv.Text(null).Text(null).Text(null).Text(null);
        else csv.Text(member.BankScheme).Text(member.BankRouting).Text(cipher.Open(MemberSecrets.BankAccount(member.CoOpId, member.Number), member.BankAccountSealed)).Text(member.BankAccountType);
        csv.Text(owner).EndRow();
    }
}

using Evergreen.Application.Imports;
using Evergreen.Application.Jobs;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Takes back a members import: members it made go, unless something has come to rest on them; members it changed are again what they were.</summary>
internal static class MembersWithdrawal
{
    private const int AtOnce = 500;

    public static Outcome<ImportWithdrawal> Run(EvergreenDb db, CoOp coOp, ImportBatch import, JobSteps steps)
    {
        steps.At("Looking for what rests on its members");
        if (User(db, coOp, import) is { } user) return Imports.Refusals.MemberUsed(import, user.Number, user.By);
        steps.At("Taking out what it recorded");
        var made = Made(db, coOp, import);
        db.StatusChanges.Where(change => change.CoOpId == coOp.Id && change.ImportId == import.Id).ExecuteDelete();
        db.ClassChanges.Where(change => change.CoOpId == coOp.Id && change.ImportId == import.Id).ExecuteDelete();
        db.ConsentFacts.Where(fact => fact.CoOpId == coOp.Id && fact.ImportId == import.Id).ExecuteDelete();
        db.MemberEdits.Where(edit => edit.CoOpId == coOp.Id && edit.ImportId == import.Id).ExecuteDelete();
        var restored = Restore(db, coOp, import, steps);
        steps.At("Taking out the members that came with it");
        made.ExecuteUpdate(set => set.SetProperty(member => member.HouseholdOfId, (int?)null));
        var removed = made.ExecuteDelete();
        return new ImportWithdrawal(import.Number, import.Kind, MembersRemoved: removed, MembersRestored: restored);
    }

    /// <summary>The same, counted and not done.</summary>
    public static ImportWithdrawal Would(EvergreenDb db, CoOp coOp, ImportBatch import) =>
        new(import.Number, import.Kind, MembersRemoved: Made(db, coOp, import).Count(), MembersRestored: db.MembersBeforeImport.Count(before => before.ImportId == import.Id));

    private static IQueryable<Member> Made(EvergreenDb db, CoOp coOp, ImportBatch import) => db.Members.Where(member => member.CoOpId == coOp.Id && member.ImportId == import.Id);

    private static long Restore(EvergreenDb db, CoOp coOp, ImportBatch import, JobSteps steps)
    {
        const string Stage = "Giving changed members back what they were";
        var total = db.MembersBeforeImport.Count(before => before.ImportId == import.Id);
        steps.At(Stage, 0, total);
        // Some hundred at a time, and then let go: what a register was holds as much as the register.
        var (restored, last) = (0L, 0);
        while (db.MembersBeforeImport.AsNoTracking().Where(before => before.ImportId == import.Id && before.MemberId > last).OrderBy(before => before.MemberId).Take(AtOnce).ToList() is { Count: > 0 } some)
        {
            var ids = some.Select(before => before.MemberId).ToArray();
            var members = db.Members.Where(member => ids.Contains(member.Id)).ToDictionary(member => member.Id);
            var facts = new List<StatusChange>();
            foreach (var before in some)
            {
                var kept = MemberBefore.FromJson(before.BeforeJson);
                kept.Restore(members[before.MemberId]);
                members[before.MemberId].Version++;
                facts.AddRange(kept.Status.Select(fact => new StatusChange { CoOpId = coOp.Id, MemberId = before.MemberId, On = fact.On, Status = fact.Status, Reason = fact.Reason, RecordedAt = fact.RecordedAt, ImportId = fact.ImportId }));
            }
            db.StatusChanges.AddRange(facts);
            db.SaveChanges();
            foreach (var entity in members.Values.Concat<object>(facts)) db.Entry(entity).State = EntityState.Detached;
            db.Members.Where(member => ids.Contains(member.Id)).ExecuteUpdate(set => set.SetProperty(member => member.JoinedOn,
                member => db.StatusChanges.Where(fact => fact.MemberId == member.Id && fact.Status == MemberStatus.Active).Min(fact => (DateOnly?)fact.On) ?? Member.Unjoined));
            restored += some.Count;
            last = ids[^1];
            steps.At(Stage, (int)restored, total);
        }
        db.MembersBeforeImport.Where(before => before.ImportId == import.Id).ExecuteDelete();
        return restored;
    }

    /// <summary>The first member of this import on whom something else rests, and what it is.</summary>
    private static (string Number, string By)? User(EvergreenDb db, CoOp coOp, ImportBatch import)
    {
        foreach (var (by, numbers) in Users(db, coOp, import))
            if (numbers.OrderBy(number => number).FirstOrDefault() is { } number) return (number, by);
        return null;
    }

    /// <summary>Members of this import on whom something else rests: the first of each cause.</summary>
    public static IReadOnlyList<WithdrawalObstacle> Obstacles(EvergreenDb db, CoOp coOp, ImportBatch import, int mostEach) =>
        [.. Users(db, coOp, import).SelectMany(user => user.Numbers.Distinct().OrderBy(number => number).Take(mostEach).AsEnumerable().Select(number => new WithdrawalObstacle($"member {number}", $"used by {user.By}")))];

    private static (string By, IQueryable<string> Numbers)[] Users(EvergreenDb db, CoOp coOp, ImportBatch import)
    {
        var made = Made(db, coOp, import);
        return
        [
            ("a posted run", from member in made where db.Allocations.Any(a => a.MemberId == member.Id && db.DividendPostings.Any(p => p.RunId == a.RunId) && !db.DividendReversals.Any(r => r.RunId == a.RunId)) select member.Number),
            ("a calculated run", from member in made where db.Allocations.Any(a => a.MemberId == member.Id) select member.Number),
            ("entries of the ledger", from member in made where db.LedgerLines.Any(line => line.MemberId == member.Id) select member.Number),
            ("purchases", from member in made where db.Purchases.Any(row => row.MemberId == member.Id) select member.Number),
            ("hours", from member in made where db.HoursWorked.Any(row => row.MemberId == member.Id) select member.Number),
            ("a household", from member in made where db.Members.Any(other => other.HouseholdOfId == member.Id && (other.ImportId == null || other.ImportId != import.Id)) select member.Number),
            ("a later import", from member in made where db.MembersBeforeImport.Any(before => before.MemberId == member.Id && before.ImportId != import.Id) select member.Number),
            ("a later import", from before in db.MembersBeforeImport
                               join member in db.Members on before.MemberId equals member.Id
                               where before.ImportId == import.Id && db.MembersBeforeImport.Any(other => other.MemberId == before.MemberId && other.ImportId > import.Id)
                               select member.Number),
            ("facts recorded since", from member in made where db.StatusChanges.Any(fact => fact.MemberId == member.Id && (fact.ImportId == null || fact.ImportId != import.Id)) select member.Number),
            ("facts recorded since", from member in made where db.ClassChanges.Any(fact => fact.MemberId == member.Id && (fact.ImportId == null || fact.ImportId != import.Id)) select member.Number),
            ("facts recorded since", from member in made where db.ConsentFacts.Any(fact => fact.MemberId == member.Id && (fact.ImportId == null || fact.ImportId != import.Id)) select member.Number),
            ("changes made by hand", from member in made where db.MemberEdits.Any(edit => edit.MemberId == member.Id && edit.ImportId == null) select member.Number),
            ("changes made by hand since", from before in db.MembersBeforeImport
                                           join member in db.Members on before.MemberId equals member.Id
                                           where before.ImportId == import.Id && db.MemberEdits.Any(edit => edit.MemberId == member.Id && edit.ImportId == null
                                               && db.MemberEdits.Any(own => own.MemberId == member.Id && own.ImportId == import.Id && own.Version < edit.Version))
                                           select member.Number),
            ("notes", from member in made where db.MemberNotes.Any(note => note.MemberId == member.Id) select member.Number),
            ("documents", from member in made where db.MemberDocuments.Any(document => document.MemberId == member.Id) select member.Number),
            ("a household", from member in made where db.HouseholdChanges.Any(change => change.MemberId == member.Id || change.OwnerId == member.Id) select member.Number),
            ("another record of the same person", from member in made where db.MemberMerges.Any(merge => merge.OtherId == member.Id || merge.KeptId == member.Id) select member.Number),
        ];
    }
}

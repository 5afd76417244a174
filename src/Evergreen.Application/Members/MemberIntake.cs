using Evergreen.Application.Audit;
using Evergreen.Application.Imports;
using Evergreen.Application.Storage;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Rows of the register: new members, and changes to those that are known. Members of a household wait until its owner is there, who may come later in the file.</summary>
internal sealed class MemberIntake(ImportSitting sitting, MemberSecrets secrets) : Intake
{
    private const int Batch = 1_000;

    private static readonly CanonicalFile File = CanonicalFile.Members;

    private readonly FileNumbers numbers = new(sitting.Db, sitting.CoOp.Id);
    private readonly ClassList classes = new(sitting);
    private readonly List<MemberRow> news = [], changes = [], waiting = [];
    private readonly HashSet<long> withoutOwner = [];
    private Dictionary<string, DateOnly>? joined;

    public override bool MustLookAgain => withoutOwner.Count > 0;

    public override void Take(CanonicalRows rows)
    {
        numbers.Begin();
        var twins = new MemberTwins(sitting, secrets);
        for (long place = 0; rows.Read(); place++)
        {
            var row = MemberRow.Read(rows, place);
            if (Wrong(row) is var (column, fault))
            {
                rows.Reject(File[column], fault);
            }
            else
            {
                twins.LookAt(rows, row);
                if (row.JoinedOn is null && numbers.IsNew(row.Number)) rows.Warn(File["joined_on"], MemberFaults.JoinedUndated);
                rows.Accept();
                if (!sitting.LookingAgain) Queue(row);
            }
            sitting.Progress(rows);
        }
        if (sitting.LookingAgain) return;
        Write();
        WriteWaiting();
    }

    public override void Complete()
    {
        if (secrets.Compared > 0)
            AuditTrail.Add(sitting.Db, sitting.CoOp.Id, sitting.Now, sitting.Import.By, "secrets.read", $"import {sitting.Import.Number}", $"{secrets.Compared} bank accounts compared with the file");
    }

    private (string Column, Fault Fault)? Wrong(MemberRow row)
    {
        if (!numbers.Meet(row.Number)) return ("member_number", BookFaults.TwiceInFile);
        if (row.Wrong(numbers.IsNew(row.Number)) is { } wrong) return wrong;
        if (row is { LeftOn: { } left, JoinedOn: null } && JoinedBefore(row.Number) is { } on && left < on) return ("left_on", MemberFaults.LeftBeforeJoined(on));
        if (classes.Unknown(row.Classes) is { } fault) return ("classes", fault);
        return withoutOwner.Contains(row.Place) ? ("household_of", MemberFaults.OwnerUnknown) : null;
    }

    /// <summary>The day of joining on the books before this import; asked for only by a file that tells of leaving alone.</summary>
    private DateOnly? JoinedBefore(string number)
    {
        joined ??= sitting.Db.Members.Where(member => member.CoOpId == sitting.CoOp.Id && member.JoinedOn != Member.Unjoined).Select(member => new { member.Number, member.JoinedOn })
            .ToDictionary(member => member.Number, member => member.JoinedOn, StringComparer.Ordinal);
        return joined.TryGetValue(number, out var on) ? on : null;
    }

    private void Queue(MemberRow row)
    {
        if (row.HouseholdOf is { } owner && numbers.Find(owner) is null) waiting.Add(row);
        else if (numbers.IsNew(row.Number)) news.Add(row);
        else changes.Add(row);
        if (news.Count + changes.Count >= Batch) Write();
    }

    private void Write()
    {
        if (news.Count > 0)
            foreach (var (number, id) in new MemberEnrolment(sitting, secrets, classes, numbers.Find).Write(news)) numbers.Enrolled(number, id);
        if (changes.Count > 0) new MemberChanges(sitting, secrets, classes, numbers.Find).Write(changes);
        news.Clear();
        changes.Clear();
    }

    /// <summary>Owners may themselves wait; what is left when nothing moves any more has no owner.</summary>
    private void WriteWaiting()
    {
        for (var before = -1; waiting.Count != before;)
        {
            before = waiting.Count;
            foreach (var row in waiting.Where(row => numbers.Find(row.HouseholdOf!) is not null))
            {
                if (numbers.IsNew(row.Number)) news.Add(row);
                else changes.Add(row);
            }
            waiting.RemoveAll(row => numbers.Find(row.HouseholdOf!) is not null);
            Write();
        }
        foreach (var row in waiting) withoutOwner.Add(row.Place);
    }
}

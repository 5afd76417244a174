using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Domain.Tax;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Statements;

/// <summary>Works out Form 1099-PATR of a calendar year for every member, from the ledger, and holds the sum against the ledger's.</summary>
public sealed class WorkOutTaxForms(Books books)
{
    public sealed record Request(string? CoOp, int Year);

    /// <summary>One person's amounts: those of the record and of all that were merged into it.</summary>
    /// <param name="Released">What the forms that were released say, together; null where there are none.</param>
    /// <param name="OtherRecords">Records merged into this one that have a released form of their own.</param>
    public sealed record Form(int MemberId, string Number, string Name, MemberKind Kind, string? TaxIdType, string? TaxIdLastFour, PatronageBoxes Boxes, FormStanding Standing, PatronageBoxes? Released, IReadOnlyList<int> OtherRecords)
    {
        /// <summary>What a form has to say: nothing where none is due.</summary>
        public PatronageBoxes Due => Standing == FormStanding.Form ? Boxes : default;

        /// <summary>Whether what the member holds is not what is due.</summary>
        public bool Differs => (Released ?? default) != Due;

        public bool LacksTaxId => Standing == FormStanding.Form && TaxIdLastFour is null;
    }

    /// <summary>A standing run of which something is in no year yet.</summary>
    public sealed record WaitingRun(string Run, bool IsPaid, bool IsIssued);

    /// <param name="Forms">In the order of member numbers.</param>
    /// <param name="Years">Calendar years in which something was paid or issued, newest first.</param>
    public sealed record Result(CoOp CoOp, int Year, IReadOnlyList<Form> Forms, TaxFormLedger Ledger, IReadOnlyList<WaitingRun> Waiting, IReadOnlyList<int> Years, TaxFormRelease? LastRelease)
    {
        public Money Threshold => PatronageReport.ThresholdOf(Year);

        public int Count(FormStanding standing) => Forms.Count(form => form.Standing == standing);

        public Money Reportable(FormStanding standing) => Forms.Where(form => form.Standing == standing).Sum(form => form.Boxes.Reportable);

        public Money AllReportable => Forms.Sum(form => form.Boxes.Reportable);

        /// <summary>Whether forms, amounts below the least and exempt recipients together are what the ledger has.</summary>
        public bool Agrees => AllReportable == Ledger.Reportable && Forms.Sum(form => form.Boxes.Withheld) == Ledger.Withheld;
    }

    public Outcome<Result> Run(Request request) => books.Read(db => Of(db, request.CoOp, request.Year));

    internal static Outcome<Result> Of(EvergreenDb db, string? coOpCode, int year)
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        if (coOp.Regime != TaxRegime.SubchapterT) return Refusals.NoSuchForms(coOp.Name);
        var figures = new TaxFormFigures(db, coOp, year);
        var release = db.TaxFormReleases.AsNoTracking().Where(one => one.CoOpId == coOp.Id && one.CalendarYear == year).OrderByDescending(one => one.Number).FirstOrDefault();
        return new Result(coOp, year, Forms(db, coOp, year, figures.ByRecord()), figures.Ledger(), Waiting(db, coOp), Years(db, coOp), release);
    }

    private static List<Form> Forms(EvergreenDb db, CoOp coOp, int year, Dictionary<int, PatronageBoxes> byRecord)
    {
        var kept = db.MemberMerges.Where(merge => merge.CoOpId == coOp.Id).ToDictionary(merge => merge.OtherId, merge => merge.KeptId);
        var boxes = byRecord.ToLookup(record => Root(record.Key), record => record.Value);
        var released = db.TaxForms.AsNoTracking().Where(form => form.CoOpId == coOp.Id && form.CalendarYear == year).AsEnumerable()
            .GroupBy(form => form.MemberId).Select(record => record.MaxBy(form => form.Number)!).ToLookup(form => Root(form.MemberId));
        var exempt = db.ExemptRecipients.Where(one => db.Members.Any(member => member.Id == one.MemberId && member.CoOpId == coOp.Id)).Select(one => one.MemberId).ToHashSet();
        // In a year with a dividend nearly every member has amounts, so that all are read rather than so many named.
        var forms = db.Members.Where(member => member.CoOpId == coOp.Id).Select(member => new { member.Id, member.Number, member.Name, member.Kind, member.TaxIdType, member.TaxIdLastFour }).AsEnumerable()
            .Where(member => boxes.Contains(member.Id) || released.Contains(member.Id))
            .Select(member =>
            {
                var sum = Sum(boxes[member.Id]);
                var copies = released[member.Id].ToList();
                return new Form(member.Id, member.Number, member.Name, member.Kind, member.TaxIdType, member.TaxIdLastFour, sum, PatronageReport.StandingOf(sum, year, exempt.Contains(member.Id)),
                    copies.Count == 0 ? null : Sum(copies.Select(copy => copy.Boxes)), [.. copies.Where(copy => copy.MemberId != member.Id && copy.Boxes != default).Select(copy => copy.MemberId)]);
            }).ToList();
        forms.Sort((a, b) => MemberNumber.Order.Compare(a.Number, b.Number));
        return forms;

        int Root(int member)
        {
            while (kept.TryGetValue(member, out var into)) member = into;
            return member;
        }
    }

    private static PatronageBoxes Sum(IEnumerable<PatronageBoxes> parts) => parts.Aggregate(default(PatronageBoxes), (sum, part) => sum + part);

    private static List<WaitingRun> Waiting(EvergreenDb db, CoOp coOp)
    {
        var rest = PaidCash.StillOwed(db, coOp.Id);
        return [.. (from posting in db.DividendPostings
             join run in db.DividendRuns on posting.RunId equals run.Id
             where posting.CoOpId == coOp.Id && !db.DividendReversals.Any(reversal => reversal.RunId == run.Id)
             orderby run.FiscalYear, run.Number
             select new { run.Id, run.FiscalYear, run.Number, IsPaid = db.DividendPayments.Any(payment => payment.RunId == run.Id), IsIssued = db.StatementIssues.Any(issue => issue.RunId == run.Id) })
            .AsEnumerable().Select(run => new WaitingRun($"{run.FiscalYear}-{run.Number}", run.IsPaid && !rest.ContainsKey(run.Id), run.IsIssued)).Where(run => !run.IsPaid || !run.IsIssued)];
    }

    private static List<int> Years(EvergreenDb db, CoOp coOp)
    {
        var ofRuns = db.DividendRuns.Where(run => run.CoOpId == coOp.Id).Select(run => run.Id);
        var paid = db.DividendPayments.Where(payment => ofRuns.Contains(payment.RunId)).Select(payment => payment.On.Year).Distinct().ToList();
        var issued = db.StatementIssues.Where(issue => ofRuns.Contains(issue.RunId)).Select(issue => issue.On.Year).Distinct().ToList();
        var later = db.PaymentSettlements.Where(settlement => ofRuns.Contains(settlement.DividendRunId)).Select(settlement => settlement.On.Year).Distinct().ToList();
        return [.. paid.Union(later).Union(issued).OrderDescending()];
    }
}

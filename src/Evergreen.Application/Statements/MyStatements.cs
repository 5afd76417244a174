using System.Globalization;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Evergreen.Domain.Statements;

namespace Evergreen.Application.Statements;

/// <summary>A member's own statements, year by year, and whether each was opened.</summary>
public sealed class MyStatements(Books books)
{
    /// <param name="IssuedOn">Null while it is not issued.</param>
    /// <param name="Record">Number of the record that it was issued to.</param>
    /// <param name="TakenBackOn">The day on which its dividend was reversed; such a statement stands no more.</param>
    /// <param name="Corrects">Whether it replaces the statement of a dividend that was taken back.</param>
    public sealed record Row(int FiscalYear, string Run, string Record, Money Dividend, DateOnly PostedOn, DateOnly? IssuedOn, DateOnly? TakenBackOn, bool Corrects, DateTime? OpenedAt)
    {
        public bool CanBeOpened => IssuedOn is not null && TakenBackOn is null;
    }

    /// <summary>Newest year first.</summary>
    public IReadOnlyList<Row> Run(CoOp coOp, int memberId) => books.Read(db => Rows(db, coOp, memberId));

    private static List<Row> Rows(EvergreenDb db, CoOp coOp, int memberId)
    {
        var records = MemberIdentities.Numbers(db, MemberIdentities.Of(db, memberId));
        var ids = records.Keys.ToList();
        var rows = (from allocation in db.Allocations
                    join run in db.DividendRuns on allocation.RunId equals run.Id
                    join posting in db.DividendPostings on run.Id equals posting.RunId
                    where ids.Contains(allocation.MemberId) && run.CoOpId == coOp.Id
                    select new
                    {
                        allocation.RunId, allocation.MemberId, allocation.DividendCents, run.FiscalYear, run.Number, PostedOn = posting.On,
                        IssuedOn = db.StatementIssues.Where(issue => issue.RunId == run.Id).Select(issue => (DateOnly?)issue.On).FirstOrDefault(),
                        TakenBackOn = db.DividendReversals.Where(reversal => reversal.RunId == run.Id).Select(reversal => (DateOnly?)reversal.On).FirstOrDefault(),
                        OpenedAt = db.StatementDeliveries.Where(delivery => delivery.RunId == run.Id && delivery.MemberId == allocation.MemberId && delivery.Way == StatementDeliveryWay.Downloaded).Min(delivery => (DateTime?)delivery.At),
                    }).ToList();
        return [.. rows.GroupBy(row => (row.RunId, row.MemberId)).Select(run =>
        {
            var row = run.First();
            var corrects = rows.Exists(other => other.FiscalYear == row.FiscalYear && other.MemberId == row.MemberId && other.Number < row.Number && other.TakenBackOn is not null && other.IssuedOn is not null);
            return new Row(row.FiscalYear, string.Create(CultureInfo.InvariantCulture, $"{row.FiscalYear}-{row.Number}"), records[row.MemberId], new Money(run.Sum(one => one.DividendCents)), row.PostedOn, row.IssuedOn, row.TakenBackOn, corrects, row.OpenedAt);
        }).OrderByDescending(row => row.FiscalYear).ThenByDescending(row => row.Run, MemberNumber.Order).ThenBy(row => row.Record, MemberNumber.Order)];
    }
}

using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;

namespace Evergreen.Application.Statements;

/// <summary>The statements that were issued and stand, the latest run first.</summary>
public sealed class StatementsByRun(Books books)
{
    public sealed record Key(int RunId, int MemberId, string Paper);

    /// <param name="Members">Ids of one person's records; null for all.</param>
    public sealed record Request(CoOp CoOp, int Limit, Key? After = null, IReadOnlyList<int>? Members = null);

    /// <param name="Sha256">Of the PDF as it was issued.</param>
    public sealed record Row(Key Key, string Run, int FiscalYear, string Member, DateOnly IssuedOn, string Paper, string Sha256, int Bytes);

    public Slice<Row, Key> Run(Request request) => books.Read(db =>
    {
        var coOpId = request.CoOp.Id;
        var ids = (request.Members ?? []).ToArray();
        var (all, run, member, paper) = (request.Members is null, request.After?.RunId ?? int.MaxValue, request.After?.MemberId ?? 0, request.After?.Paper ?? "");
        var page = (from copy in db.StatementCopies
                    join issue in db.StatementIssues on copy.RunId equals issue.RunId
                    join of in db.DividendRuns on copy.RunId equals of.Id
                    join one in db.Members on copy.MemberId equals one.Id
                    where of.CoOpId == coOpId && (all || ids.Contains(copy.MemberId)) && !db.DividendReversals.Any(reversal => reversal.RunId == of.Id)
                        && (copy.RunId < run || (copy.RunId == run && (copy.MemberId > member || (copy.MemberId == member && copy.Paper.CompareTo(paper) > 0))))
                    orderby copy.RunId descending, copy.MemberId, copy.Paper
                    select new { copy.RunId, copy.MemberId, of.FiscalYear, of.Number, Member = one.Number, issue.On, copy.Paper, copy.Sha256, copy.Bytes }).Take(request.Limit + 1).ToList()
            .ConvertAll(found => new Row(new(found.RunId, found.MemberId, found.Paper), $"{found.FiscalYear}-{found.Number}", found.FiscalYear, found.Member, found.On, found.Paper, found.Sha256, found.Bytes));
        return Slice<Row, Key>.Of(page, request.Limit, row => row.Key);
    });
}

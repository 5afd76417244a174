using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Patronage;

/// <summary>Rows that programs post, stored in groups: one transaction for all calls that wait, with their rows, totals, audit records and answers.</summary>
internal sealed class PostedRows<TLine, TRow> where TRow : class
{
    private readonly WriteTogether<PostedCall<TLine>> together;

    public PostedRows(Books books, PostedKind<TLine, TRow> kind)
    {
        together = new(books, (db, calls) =>
        {
            foreach (var call in calls) call.Outcome = null;
            foreach (var client in calls.GroupBy(call => (call.Request.CoOp, call.Request.Call.Client))) new PostedSitting<TLine, TRow>(db, kind, books.Now, DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime)).Take([.. client]);
        });
    }

    public async Task<Outcome<KeyedAnswer>> Run(PostRequest<TLine> request)
    {
        var call = new PostedCall<TLine>(request);
        await together.Run(call).ConfigureAwait(false);
        return call.Outcome ?? throw new InvalidOperationException("A call was stored and not answered.");
    }
}

/// <summary>A call on its way through a group.</summary>
internal sealed class PostedCall<TLine>(PostRequest<TLine> request)
{
    public PostRequest<TLine> Request => request;
    public Outcome<KeyedAnswer>? Outcome { get; set; }
}

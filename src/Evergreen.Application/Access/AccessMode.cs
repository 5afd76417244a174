using System.Data.Common;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;

namespace Evergreen.Application.Access;

/// <summary>Whether the site is a demo: it was started as one, or its books were filled with the samples at the set-up. Only then may demo accounts enter, and they may move the demo's money without a second factor.</summary>
/// <param name="started">Started as a demo.</param>
/// <param name="books">Asked for the samples; null where how it was started is all that counts.</param>
public sealed class AccessMode(bool started, Books? books = null)
{
    public static readonly AccessMode Real = new(started: false);
    private volatile Answer settled;

    private enum Answer
    {
        Open,
        Demo,
        Real,
    }

    public bool Demo => started || settled == Answer.Demo || settled == Answer.Open && Look();

    private bool Look()
    {
        if (books is null) return false;
        try
        {
            var (marked, over) = books.Read(db => (db.CoOps.Any(coOp => coOp.IsSample), SetUpHouse.IsOver(db)));
            // The set-up alone marks them. Once it is over the answer stays what it is.
            if (marked || over) settled = marked ? Answer.Demo : Answer.Real;
            return marked;
        }
        catch (DbException)
        {
            // Books that cannot be read admit nobody; the page that says so must still be drawn.
            return false;
        }
    }
}

namespace Evergreen.Application.Storage;

/// <summary>Some rows of a long list, in the order of its key.</summary>
/// <param name="Next">The key of the last row here, to read on after; null at the end.</param>
public sealed record Slice<TRow, TKey>(IReadOnlyList<TRow> Rows, TKey? Next) where TKey : class
{
    /// <param name="rows">One more than the limit where there is more.</param>
    public static Slice<TRow, TKey> Of(IReadOnlyList<TRow> rows, int limit, Func<TRow, TKey> key) => rows.Count <= limit ? new(rows, null) : new([.. rows.Take(limit)], key(rows[limit - 1]));
}

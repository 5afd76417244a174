using System.Globalization;
using System.Linq.Expressions;

namespace Evergreen.Application.Storage;

/// <param name="Next">Pass it on to read further in the same order; null at the end.</param>
/// <param name="Sort">The order that the rows are in: a column's name, with a minus sign in front the other way round.</param>
public sealed record OrderedPage<TRow>(IReadOnlyList<TRow> Rows, string? Next, string Sort);

/// <summary>The columns by which people may sort a list, and how it is read a page at a time in each of these orders.</summary>
/// <remarks>
/// A page begins behind the last row of the one before: by the value of the column and, among rows of one value, by the list's key, which no two rows share. Rows that come in meanwhile are neither shown twice nor push others out.
/// A column that is not on the list is not refused: an address that someone kept opens in the usual order.
/// </remarks>
public sealed class ListOrder<TRow> where TRow : class
{
    private readonly Dictionary<string, Column> columns = new(StringComparer.Ordinal);
    private readonly string usual;
    private readonly Column key;

    private ListOrder(string usual, Column key) => (this.usual, this.key) = (usual, key);

    /// <param name="name">As the address names it; with a minus sign in front where the list is usually read from the last row on.</param>
    /// <param name="key">Text, a number, a day or a moment; never null, and another for each row.</param>
    public static ListOrder<TRow> Keyed<TValue>(string name, Expression<Func<TRow, TValue>> key)
    {
        var column = new Column<TValue>(key);
        var order = new ListOrder<TRow>(name, column);
        order.columns[name.TrimStart('-')] = column;
        return order;
    }

    /// <param name="value">As the key, but rows may share it.</param>
    public ListOrder<TRow> By<TValue>(string name, Expression<Func<TRow, TValue>> value)
    {
        columns[name] = new Column<TValue>(value);
        return this;
    }

    /// <summary>What the list can be sorted by.</summary>
    public IReadOnlyCollection<string> Names => columns.Keys;

    /// <returns>What was asked where the list can be sorted by it, and else the usual order.</returns>
    public string Known(string? sort) => sort is not null && columns.ContainsKey(sort.StartsWith('-') ? sort[1..] : sort) ? sort : usual;

    /// <param name="after">What the page before gave as its next; from the start where it is null or of another list.</param>
    public OrderedPage<TRow> Page(IQueryable<TRow> rows, string? sort, string? after, int size)
    {
        var known = Known(sort);
        var page = Sorted(rows, known, after).Take(size + 1).ToList();
        return page.Count > size ? new(page[..size], Cursor(page[size - 1], known), known) : new(page, null, known);
    }

    /// <summary>All rows in the order that was asked for: for a file.</summary>
    public IQueryable<TRow> All(IQueryable<TRow> rows, string? sort) => Sorted(rows, Known(sort), null);

    private IQueryable<TRow> Sorted(IQueryable<TRow> rows, string known, string? after)
    {
        var (column, down, tiesDown) = (ColumnOf(known), known.StartsWith('-'), usual.StartsWith('-'));
        if (after is not null && Behind(column, down, tiesDown, after) is { } behind) rows = rows.Where(behind);
        var sorted = column.Order(rows, down);
        return ReferenceEquals(column, key) ? sorted : key.Then(sorted, tiesDown);
    }

    /// <remarks>The bound on the column alone is what lets a database begin in the middle of an index.</remarks>
    private Expression<Func<TRow, bool>>? Behind(Column column, bool down, bool tiesDown, string after)
    {
        var cut = after.IndexOf('\n', StringComparison.Ordinal);
        var row = Expression.Parameter(typeof(TRow), "row");
        if (key.Read(cut < 0 ? after : after[..cut]) is not { } last) return null;
        if (ReferenceEquals(column, key)) return Expression.Lambda<Func<TRow, bool>>(key.Compare(row, down ? ExpressionType.LessThan : ExpressionType.GreaterThan, last), row);
        if (cut < 0 || column.Read(after[(cut + 1)..]) is not { } value) return null;
        return Expression.Lambda<Func<TRow, bool>>(Expression.AndAlso(
            column.Compare(row, down ? ExpressionType.LessThanOrEqual : ExpressionType.GreaterThanOrEqual, value),
            Expression.OrElse(column.Compare(row, down ? ExpressionType.LessThan : ExpressionType.GreaterThan, value), key.Compare(row, tiesDown ? ExpressionType.LessThan : ExpressionType.GreaterThan, last))), row);
    }

    private string Cursor(TRow last, string known) => ReferenceEquals(ColumnOf(known), key) ? key.Write(last) : $"{key.Write(last)}\n{ColumnOf(known).Write(last)}";

    private Column ColumnOf(string known) => columns[known.TrimStart('-')];

    private abstract class Column
    {
        public abstract IOrderedQueryable<TRow> Order(IQueryable<TRow> rows, bool down);
        public abstract IOrderedQueryable<TRow> Then(IOrderedQueryable<TRow> rows, bool down);
        public abstract string Write(TRow row);

        /// <returns>The value that was written, to be given to the database as a parameter; null where the text is none of this column.</returns>
        public abstract Expression? Read(string text);
        public abstract Expression Compare(ParameterExpression row, ExpressionType how, Expression to);
    }

    private sealed class Column<TValue>(Expression<Func<TRow, TValue>> value) : Column
    {
        private readonly Func<TRow, TValue> of = value.Compile();

        public override IOrderedQueryable<TRow> Order(IQueryable<TRow> rows, bool down) => down ? rows.OrderByDescending(value) : rows.OrderBy(value);

        public override IOrderedQueryable<TRow> Then(IOrderedQueryable<TRow> rows, bool down) => down ? rows.ThenByDescending(value) : rows.ThenBy(value);

        public override string Write(TRow row) => of(row) switch
        {
            string text => text,
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime at => at.Ticks.ToString(CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"A list cannot be read on by a {typeof(TValue).Name}."),
        };

        public override Expression? Read(string text)
        {
            object? read = default(TValue) switch
            {
                int => int.TryParse(text, CultureInfo.InvariantCulture, out var whole) ? (object?)whole : null,
                long => long.TryParse(text, CultureInfo.InvariantCulture, out var many) ? (object?)many : null,
                DateOnly => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? (object?)day : null,
                DateTime => long.TryParse(text, CultureInfo.InvariantCulture, out var ticks) && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? (object?)new DateTime(ticks, DateTimeKind.Utc) : null,
                _ => text,
            };
            return read is TValue known ? Expression.Field(Expression.Constant(new Held(known)), nameof(Held.Value)) : null;
        }

        public override Expression Compare(ParameterExpression row, ExpressionType how, Expression to)
        {
            var mine = new Replace(value.Parameters[0], row).Visit(value.Body);
            return typeof(TValue) == typeof(string)
                ? Expression.MakeBinary(how, Expression.Call(typeof(string), nameof(string.Compare), null, mine, to), Expression.Constant(0))
                : Expression.MakeBinary(how, mine, to);
        }

        /// <summary>A field of something, not a constant: so the database is given a parameter, and the query is translated once.</summary>
        private sealed class Held(TValue value)
        {
            public readonly TValue Value = value;
        }
    }

    private sealed class Replace(ParameterExpression one, ParameterExpression other) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == one ? other : base.VisitParameter(node);
    }
}

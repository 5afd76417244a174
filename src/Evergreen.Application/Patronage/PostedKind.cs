using System.Linq.Expressions;
using System.Runtime.InteropServices;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Patronage;

namespace Evergreen.Application.Patronage;

/// <summary>Where a posted row belongs: ids, and its date.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PostedPlace(int CoOp, int Source, int Import, long Row, int? Member, int Category, DateOnly On);

/// <summary>What purchases and hours do differently when they are posted.</summary>
internal abstract class PostedKind<TLine, TRow> where TRow : class
{
    public abstract ImportKind Import { get; }
    public abstract Measure Measure { get; }

    /// <summary>The column whose sum is the day's total.</summary>
    public abstract string Column { get; }

    /// <summary>What a category is called, and what an empty one stands for.</summary>
    public abstract string Category { get; }
    public virtual string? EmptyCategory => null;

    /// <summary>For the audit: the verb, and what one row is.</summary>
    public abstract string Verb { get; }
    public abstract string One { get; }

    public abstract string IdOf(TLine line);
    public abstract string? MemberOf(TLine line);
    public abstract string? CategoryOf(TLine line);
    public abstract string? CurrencyOf(TLine line);

    /// <summary>The date that puts the row into a fiscal year, and its field.</summary>
    public abstract (DateOnly On, string Field) Dated(TLine line, CoOp coOp);
    public abstract long Quantity(TRow row);
    public abstract string RefOf(TRow row);
    public abstract void Count(PatronageSums sums, TRow row, int year);

    /// <summary>The rows of a source by their ids. The source is named by a question of its own, so that a server cannot plan for what it last counted of it, which may be nothing: it would then read all that came since, in search of a few.</summary>
    public abstract Expression<Func<TRow, bool>> ByRef(EvergreenDb db, int source, string[] refs);
    public abstract TRow Make(TLine line, PostedPlace place);
    public abstract TLine AsKept(TLine line, string? member, string? category);

    /// <summary>The fields in which a row differs from the one that is there, the telling one first.</summary>
    public abstract IEnumerable<string> Differences(TRow there, TRow row);
    public abstract Refusal Differs(TRow there, IReadOnlyList<string> fields);
}

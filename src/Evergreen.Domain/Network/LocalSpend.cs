using Evergreen.Domain.Arithmetic;

namespace Evergreen.Domain.Network;

/// <summary>What an anchor institution spent with one supplier, and whether the supplier is local.</summary>
/// <param name="Supplier">Name or number; breaks ties between equal amounts.</param>
/// <param name="Spend">Zero or more.</param>
/// <param name="IsBasedLocally">Its head office is in the area.</param>
/// <param name="HasLocalBranch">It has a branch in the area.</param>
public sealed record SupplierSpend(string Supplier, Money Spend, bool IsBasedLocally, bool HasLocalBranch);

/// <summary>How much of a spend stayed in the area.</summary>
/// <param name="Spend">All of it.</param>
/// <param name="Local">With local suppliers; at most the spend.</param>
public sealed record LocalSpend(Money Spend, Money Local)
{
    /// <summary>Suppliers looked at unless the study says otherwise.</summary>
    public const int UsualSuppliers = 300;

    /// <summary>Local over all, exact; zero where nothing was spent.</summary>
    public Ratio Share => Spend.IsZero ? Ratio.Zero : new Ratio(Local.Cents, Spend.Cents);

    /// <summary>The largest suppliers by value, with those based in the area counted as local, and with a branch there as well where asked.</summary>
    /// <remarks>Method of the Centre for Local Economic Strategies: the top 300 suppliers, "based in, or with a branch in".</remarks>
    public static LocalSpend Of(IEnumerable<SupplierSpend> suppliers, bool branchesCount, int largest = UsualSuppliers)
    {
        var counted = suppliers.OrderByDescending(supplier => supplier.Spend).ThenBy(supplier => supplier.Supplier, StringComparer.Ordinal).Take(largest).ToList();
        return new LocalSpend(counted.Sum(supplier => supplier.Spend),
            counted.Where(supplier => supplier.IsBasedLocally || (branchesCount && supplier.HasLocalBranch)).Sum(supplier => supplier.Spend));
    }

    /// <summary>Several anchors as one: their spends added, so that the share is weighted by spend.</summary>
    public static LocalSpend Together(IEnumerable<LocalSpend> anchors) =>
        anchors.Aggregate(new LocalSpend(Money.Zero, Money.Zero), (sum, anchor) => new LocalSpend(sum.Spend + anchor.Spend, sum.Local + anchor.Local));

    /// <summary>The unweighted mean of the anchors' shares, exact.</summary>
    /// <exception cref="DivideByZeroException">There are no anchors.</exception>
    public static Ratio Mean(IReadOnlyCollection<LocalSpend> anchors) =>
        anchors.Aggregate(Ratio.Zero, (sum, anchor) => sum + anchor.Share) / new Ratio(anchors.Count, 1);
}

using Evergreen.Application.Patronage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Patronage;
using Evergreen.Web.Api.Wire;

namespace Evergreen.Web.Api.Patronage;

/// <summary>One receipt, or one receipt and department.</summary>
/// <param name="Receipt">The till's own id, 1 to 100 characters. It is the key of the purchase: however often it comes, it counts once.</param>
/// <param name="On">Local date of the store.</param>
/// <param name="Amount">Net of returns and discounts; a return has a minus.</param>
/// <param name="Member">The member's number, as text with its leading zeros; left out for business with no member.</param>
/// <param name="Currency">Checked against the co-op's; may be left out.</param>
/// <param name="Department">A department by its code; one that is new comes into being.</param>
/// <param name="Eligible">Whether it counts for the dividend; the department's rule decides where it is left out.</param>
/// <param name="Volume">Units delivered or taken, where the co-op measures volume.</param>
public sealed record PurchasePost(string Receipt, DateOnly On, string Amount, string? Member = null, string? Currency = null, string? Department = null, bool? Eligible = null, string? Store = null, string? Volume = null)
{
    internal PurchaseLine Read(Fields fields) => new(fields.Text("receipt", Receipt, 100)!, fields.Text("member", Member, 50), On, fields.Amount("amount", Amount), fields.Text("department", Department, 100), Eligible,
        fields.Text("store", Store, 100), fields.HoursOrNone("volume", Volume), fields.Currency(Currency));
}

/// <summary>Receipts in one call, 1 to 500. Each is answered for itself; the good ones are kept though others are refused.</summary>
public sealed record PurchaseBatch(IReadOnlyList<PurchasePost> Lines);

/// <summary>A purchase that is in the books.</summary>
/// <param name="Member">Number of the record it counts for.</param>
public sealed record PurchaseEntry(string Receipt, DateOnly On, string Amount, string Currency, string? Member = null, string? Department = null, bool? Eligible = null, string? Store = null, string? Volume = null)
{
    internal static PurchaseEntry Of(PurchaseLine line, string currency) => new(line.Receipt, line.On, line.Amount.ToString(), currency, line.Member, line.Department, line.Eligible, line.Store, line.Volume?.ToString());
}

/// <summary>A purchase that is in the books, with where it came from.</summary>
/// <param name="Source">The till or file it came from. A receipt's id is unique within its source.</param>
/// <param name="Member">Number of the record it counts for; left out for business with no member.</param>
public sealed record ListedPurchase(string Source, string Receipt, DateOnly On, string Amount, string Currency, string? Member = null, string? Department = null, bool? Eligible = null, string? Store = null, string? Volume = null)
{
    internal static ListedPurchase Of(PurchaseRow row, string currency) => new(row.Source, row.Purchase.SourceRef, row.Purchase.On, row.Purchase.Amount.ToString(), currency, row.Member, row.Department,
        row.Purchase.Eligibility switch { RowEligibility.Eligible => true, RowEligibility.NotEligible => false, _ => null }, row.Purchase.Store, row.Purchase.VolumeHundredths is { } volume ? new Hours(volume).ToString() : null);
}

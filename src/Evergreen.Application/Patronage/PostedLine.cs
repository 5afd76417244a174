using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;

namespace Evergreen.Application.Patronage;

/// <summary>One receipt as a till posts it.</summary>
/// <param name="Receipt">The till's own id; unique for the program that posts it.</param>
/// <param name="Member">Number in the register; null for business with no member.</param>
/// <param name="Currency">Null where the sender relies on the co-op's.</param>
public sealed record PurchaseLine(string Receipt, string? Member, DateOnly On, Money Amount, string? Department = null, bool? Eligible = null, string? Store = null, Hours? Volume = null, string? Currency = null);

/// <summary>Hours of one member as payroll posts them: of a day, or of a pay period with the date of its payment.</summary>
/// <param name="Id">Payroll's own id; unique for the program that posts it.</param>
/// <param name="Member">Number in the register; null for labour of no member.</param>
public sealed record HoursLine(string Id, string? Member, DateOnly? WorkedOn, DateOnly? PeriodStart, DateOnly? PeriodEnd, DateOnly? PaidOn, Hours Hours, string? Kind = null, Money? Wages = null, string? Currency = null);

/// <summary>What became of a line.</summary>
/// <param name="Line">As it is in the books: with the number of the record it counts for, and its department or kind.</param>
/// <param name="Replayed">It was there already and said the same.</param>
/// <param name="Fields">What of the line the refusal is about.</param>
public sealed record PostedLine<TLine>(TLine Line, bool Replayed, Refusal? Refusal, IReadOnlyList<string> Fields);

/// <summary>A call that posts lines under its key.</summary>
/// <param name="By">Who posts, as the audit names it.</param>
/// <param name="Single">One line, with which the call stands or falls; otherwise each line is answered for itself, and the good ones are kept.</param>
/// <param name="Answer">Makes status and body of what became of the lines. Asked within the transaction, perhaps twice; it decides nothing and reads nothing.</param>
public sealed record PostRequest<TLine>(string CoOp, KeyedCall Call, string By, IReadOnlyList<TLine> Lines, bool Single, Func<CoOp, IReadOnlyList<PostedLine<TLine>>, (int Status, string Body)> Answer);

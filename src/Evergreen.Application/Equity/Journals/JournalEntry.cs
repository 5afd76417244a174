using Evergreen.Domain.Equity;

namespace Evergreen.Application.Equity.Journals;

/// <summary>Whose ledger a journal holds, and which days of it.</summary>
/// <param name="From">Null, like <paramref name="To"/>, where the ledger is empty and no day was named.</param>
internal sealed record JournalHead(string CoOp, string Currency, DateOnly? From, DateOnly? To);

/// <summary>An account of the chart, parted by member and lot.</summary>
/// <param name="Name">No other account of the co-op has it.</param>
/// <param name="Member">The member's number; null where the account is the co-op's own.</param>
internal readonly record struct JournalAccount(AccountKind Kind, string Name, string? Member, int? Lot, string Currency);

/// <param name="Sequence">Its place in the ledger; null, like <paramref name="Hash"/>, for the balances with which a journal opens.</param>
/// <param name="Hash">The first digits of the entry's hash.</param>
/// <param name="Reverses">Sequence of the entry that it takes back.</param>
internal readonly record struct JournalEntry(DateOnly On, string Narration, long? Sequence = null, string? Hash = null, long? Reverses = null);

namespace Evergreen.Domain.Statements;

/// <summary>The member to whom a statement is addressed, as of the day it is issued.</summary>
/// <param name="Number">The member's number in the co-op's register.</param>
/// <param name="Name">As the member writes it, in any Latin, Greek or Cyrillic script.</param>
/// <param name="AddressLines">As for an envelope, without the name; may be empty.</param>
public sealed record StatementMember(string Number, string Name, IReadOnlyList<string> AddressLines);

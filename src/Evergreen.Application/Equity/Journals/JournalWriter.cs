using Evergreen.Application.Audit;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Equity.Journals;

/// <summary>Writes a journal line by line in the form of one program; nothing of it is kept in memory. What is given is written as it is: lines that sum to zero make an entry that does.</summary>
internal abstract class JournalWriter
{
    public abstract void Begin(JournalHead head);

    /// <summary>Each account that will be used, before the first entry.</summary>
    public abstract void Open(JournalAccount account, DateOnly on);

    /// <summary>The lines that follow, up to the next entry, are its own.</summary>
    public abstract void Entry(JournalEntry entry);

    /// <param name="amount">Debits positive, credits negative.</param>
    public abstract void Line(JournalAccount account, Money amount);

    /// <summary>On one line, with single spaces.</summary>
    protected static string InOneLine(string text) => OneLine.Of(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}

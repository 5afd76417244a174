namespace Evergreen.Application.Equity.Journals;

/// <summary>For ledger. Accounts, currency and tags are declared, so that <c>--pedantic</c> passes too.</summary>
internal sealed class LedgerJournal(TextWriter output) : TextJournal(output)
{
    public override void Begin(JournalHead head)
    {
        Write($"; {TitleOf(head)}");
        Write($"commodity {head.Currency}");
        foreach (var tag in (string[])[Sequence, Hash, Reverses]) Write($"tag {tag}");
        Write("");
    }

    public override void Open(JournalAccount account, DateOnly on) => Write($"account {NameOf(account)}");
}

using Evergreen.Domain.Equity;

namespace Evergreen.Application.Equity.Journals;

/// <summary>For hledger. Every account and the currency are declared, so that its strict checks pass too.</summary>
internal sealed class HledgerJournal(TextWriter output) : TextJournal(output)
{
    public override void Begin(JournalHead head)
    {
        Write($"; {TitleOf(head)}");
        Write($"commodity 1000.00 {head.Currency}");
        Write("");
    }

    public override void Open(JournalAccount account, DateOnly on)
    {
        var type = account.Kind switch { AccountKind.Asset => "A", AccountKind.Liability => "L", _ => "E" };
        Write($"account {NameOf(account)}  ; type: {type}");
    }
}

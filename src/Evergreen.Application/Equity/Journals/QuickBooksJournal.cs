using System.Globalization;
using Evergreen.Application.Imports;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Equity.Journals;

/// <summary>The journal of QuickBooks Online: a row for each line, and one number for the lines of an entry. The lot is a sub-account and the member the name, since QuickBooks allows too few accounts for one to each member.</summary>
/// <remarks>Intuit, "Import journal entries": month first, the other side blank, sub-accounts as Parent:Sub.</remarks>
internal sealed class QuickBooksJournal(TextWriter output) : JournalWriter
{
    private readonly CsvWriter csv = new(output);
    private JournalEntry entry;

    public override void Begin(JournalHead head) => csv.Header(["Journal No", "Journal Date", "Account Name", "Debits", "Credits", "Description", "Name", "Currency"]);

    public override void Open(JournalAccount account, DateOnly on)
    {
        // The accounts stand in QuickBooks itself.
    }

    public override void Entry(JournalEntry entry) => this.entry = entry;

    public override void Line(JournalAccount account, Money amount) =>
        csv.Text((entry.Sequence ?? 0).ToString(CultureInfo.InvariantCulture)).Text(entry.On.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture)).Text(NameOf(account))
            .Amount(amount.IsNegative ? null : amount).Amount(amount.IsNegative ? -amount : null).Text(Description()).Text(account.Member).Text(account.Currency).EndRow();

    private static string NameOf(JournalAccount account)
    {
        // A colon would part an account from its sub-account.
        var name = AccountText.Of(account.Name);
        return account.Lot is { } lot ? $"{name}:{lot.ToString(CultureInfo.InvariantCulture)}" : name;
    }

    private string Description()
    {
        var narration = InOneLine(entry.Narration);
        if (entry.Sequence is null) return narration;
        return $"{narration} (entry {entry.Sequence}, hash {entry.Hash}{(entry.Reverses is { } reverses ? $", reverses entry {reverses}" : "")})";
    }
}

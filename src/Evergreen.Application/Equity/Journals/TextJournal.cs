using System.Globalization;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;

namespace Evergreen.Application.Equity.Journals;

/// <summary>What the programs of plain-text accounting share: kind, account, member and lot make the name of an account, and an entry is a heading, its marks and its lines.</summary>
internal abstract class TextJournal(TextWriter output) : JournalWriter
{
    /// <summary>The marks of an entry that was posted: its place in the ledger, the first digits of its hash, and the place of the entry that it takes back.</summary>
    protected const string Sequence = "sequence", Hash = "hash", Reverses = "reverses";

    public override void Entry(JournalEntry entry)
    {
        Write("");
        // A semicolon would begin a comment.
        var narration = InOneLine(entry.Narration).Replace(';', ',');
        Write(entry.Sequence is { } place ? $"{Day(entry.On)} * ({place}) {(narration.Length > 0 ? narration : $"Entry {place}")}" : $"{Day(entry.On)} * {narration}");
        if (entry.Sequence is { } sequence) Write($"    ; {Sequence}: {sequence}");
        if (entry.Hash is { } hash) Write($"    ; {Hash}: {hash}");
        if (entry.Reverses is { } reverses) Write($"    ; {Reverses}: {reverses}");
    }

    public override void Line(JournalAccount account, Money amount) => Write($"    {NameOf(account),-70}  {amount,16} {account.Currency}");

    /// <summary>An M before the member's number tells it from a lot.</summary>
    protected string NameOf(JournalAccount account)
    {
        var name = $"{RootOf(account.Kind)}:{Component(account.Name, isMember: false)}";
        if (account.Member is { } member) name += $":{Component("M" + member, isMember: true)}";
        return account.Lot is { } lot ? $"{name}:{lot.ToString(CultureInfo.InvariantCulture)}" : name;
    }

    protected virtual string Component(string text, bool isMember) => AccountText.Of(text);

    private static string RootOf(AccountKind kind) => kind switch
    {
        AccountKind.Asset => "Assets",
        AccountKind.Liability => "Liabilities",
        AccountKind.Equity => "Equity",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A chart has assets, liabilities and equity."),
    };

    protected static string Day(DateOnly on) => on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected static string TitleOf(JournalHead head) => head is { From: { } from, To: { } to } ? $"{InOneLine(head.CoOp)}, {Day(from)} to {Day(to)}" : $"{InOneLine(head.CoOp)}, no entries";

    protected void Write(string line)
    {
        output.Write(line);
        output.Write('\n');
    }
}

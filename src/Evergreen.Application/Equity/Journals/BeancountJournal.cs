namespace Evergreen.Application.Equity.Journals;

/// <summary>For beancount, which knows no spaces in names, wants a capital or a digit in front of each part, and every account opened.</summary>
internal sealed class BeancountJournal(TextWriter output) : TextJournal(output)
{
    public override void Begin(JournalHead head)
    {
        Write($"; {TitleOf(head)}");
        Write($"option \"title\" {Quoted(head.CoOp)}");
        Write($"option \"operating_currency\" \"{head.Currency}\"");
        Write("");
    }

    public override void Open(JournalAccount account, DateOnly on) => Write($"{Day(on)} open {NameOf(account)} {account.Currency}");

    public override void Entry(JournalEntry entry)
    {
        Write("");
        Write($"{Day(entry.On)} * {Quoted(entry.Narration)}");
        if (entry.Sequence is { } sequence) Write($"  {Sequence}: {sequence}");
        if (entry.Hash is { } hash) Write($"  {Hash}: \"{hash}\"");
        if (entry.Reverses is { } reverses) Write($"  {Reverses}: {reverses}");
    }

    /// <summary>A hyphen is a space in the name of an account, and a hyphen in a member's number.</summary>
    protected override string Component(string text, bool isMember)
    {
        var name = AccountText.Of(text, isMember ? "-" : " ", "-");
        // What cannot begin a part is told from a name with an X of its own by three hyphens, which stand for no character.
        return char.IsUpper(name[0]) || char.IsAsciiDigit(name[0]) ? name : "X---" + name;
    }

    private static string Quoted(string text) => $"\"{InOneLine(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}

namespace Evergreen.Application.Dividends;

/// <summary>Every setting of a policy in plain words: what it is called, what it does, and why, with its law where there is one. Forms and guides read from here.</summary>
public static class PolicyHelp
{
    /// <param name="Path">In the document; <c>pools[]</c> is one of the pools, <c>classes{}</c> one of the classes.</param>
    /// <param name="Why">The law or the reason; empty where the help says it all.</param>
    public sealed record Entry(string Path, string Label, string Help, string Why);

    public static readonly IReadOnlyList<Entry> All =
    [
        new("$schema", "Schema", "The address of the form that this document follows. It may be left out.", ""),
        new("title", "Title", "A name for this policy, such as \u2018Dividend policy 2026\u2019. Printed nowhere.", ""),
        new("netIncomeBasis", "Which net income is divided", "The bylaws say whether members share the net income of the books or the one worked out for tax.", "Model bylaws differ; the choice is fixed before the year starts."),
        new("memberRatio", "Members\u2019 part of the business", "Write \u2018records\u2019 to take members\u2019 units over all units of the year. Or write a share, such as 77.44% or 159927/206511; a fraction keeps every cent.", "Net income earned with others cannot be paid to members as a patronage dividend (26 CFR 1.1388-1(a)(2)(ii))."),
        new("collectiveReserve", "Kept in the collective reserve", "Share of what was earned with members that the co-op keeps in common. All that was earned with others goes there as well.", "Set by the bylaws or the members before the year\u2019s business: the rest is owed to patrons (26 USC 1388(a)(2))."),
        new("otherFunds", "Other funds", "What the members set aside before dividing, such as an education fund. Leave empty where there is none.", ""),
        new("otherFunds[].code", "Code of the fund", "Small letters, digits and hyphens. It names the fund\u2019s account in the ledger.", ""),
        new("otherFunds[].name", "Name of the fund", "As people know it.", ""),
        new("otherFunds[].share", "Share for the fund", "Of what was earned with members, like the reserve.", ""),
        new("capitalDividends", "Dividends on capital", "What is paid on preferred or other shares for the year, by a decision of its own.", ""),
        new("capitalDividends.amount", "Dividends on capital", "The whole amount for the year; 0.00 where none is paid.", "It is not a patronage dividend: it goes by capital, not by business done."),
        new("capitalDividends.reducePatronageNet", "They reduce what patrons share", "Yes, unless the articles or bylaws say that they come on top of what patrons are owed. Then the collective reserve pays them.", "26 USC 1388(a), last sentence."),
        new("pools", "Pools", "What is divided, by which units and among whom. A co-op with one kind of members needs one pool; workers and customers side by side need two.", "A dividend follows the business done with each patron (26 USC 1388(a)(1))."),
        new("pools[].code", "Code of the pool", "Small letters, digits and hyphens. The lines of the year\u2019s figures may name it.", ""),
        new("pools[].name", "Name of the pool", "As it stands on statements.", ""),
        new("pools[].kind", "What the pool does", "It divides net income by patronage; or, in a UK society, pays interest on share capital.", "Share interest is a cost before the dividend (UK: CTA 2009 s.499)."),
        new("pools[].net", "The pool\u2019s share of net income", "Write \u2018lines\u2019 where each line of the figures names its pool, or a share. The shares of all pools make 100%.", ""),
        new("pools[].unit", "What a unit is", "By what members share: hours worked, wages, purchases or volume. Several with weights make a mixed unit.", "By quantity or value of the business done (26 USC 1388(a)(1)). The bylaws fix it before the year starts."),
        new("pools[].unit[].measure", "Measure", "Hours worked, wages, purchases or volume, as imported for the year.", ""),
        new("pools[].unit[].weight", "Weight of the measure", "How much one of it counts beside the others, such as 1, 0.5 or 3/4. With a single measure it changes nothing.", ""),
        new("pools[].unit[].only", "Only these departments or kinds", "Codes, one on each line. Leave empty to count all.", ""),
        new("pools[].unit[].except", "Not these departments or kinds", "Codes, one on each line: gift cards, for instance. A row that says of itself that it counts goes before this.", ""),
        new("pools[].classes", "Weight by class", "Leave empty and every member counts once. Name classes and only they take part; a member of several has the highest.", "Whoever does the same business gets the same dividend (26 USC 1388(a)(B))."),
        new("pools[].classes{}", "Weight of the class", "Such as 1, or 3/4 for apprentices.", ""),
        new("pools[].eligibility", "Who takes part", "As known on the last day of the year.", ""),
        new("pools[].eligibility.activeAtYearEnd", "Only members at the year end", "Yes: who has left, died or is suspended takes no part. No: everybody with patronage does.", ""),
        new("pools[].eligibility.minimumHours", "At least so many hours", "Worked in the year, of every kind; 0 where it does not matter.", ""),
        new("pools[].eligibility.equityAtLeast", "At least so much of the membership share", "Paid in by the year end; 0.00 where it does not matter.", ""),
        new("pools[].eligibility.monthsOfMembership", "At least so many months of membership", "Whole months at the year end; 0 where it does not matter.", ""),
        new("pools[].cash", "Paid in cash", "The part of each member\u2019s dividend that is paid out; the rest is kept as the member\u2019s own capital.", "With a qualified notice at least 20%, and cents are rounded up so that nobody falls below (26 USC 1388(c)(1))."),
        new("pools[].notice", "Notice for what is retained", "Qualified: members pay tax on it now and the co-op deducts it now. Nonqualified: both wait until it is redeemed.", "26 USC 1388(c) and (d). Members consent to a qualified notice by bylaw or in writing. UK societies use none."),
        new("pools[].payThrough", "How the cash is paid", "As a dividend; or, for a UK share by labour, with the wages.", "In the UK a share by labour is earnings and goes through payroll."),
        new("pools[].rate", "Yearly rate of interest", "Only for share interest, such as 3%.", "No higher than is needed to obtain and retain the capital (UK registration practice)."),
        new("minimumPayment", "Small payments", "What happens to a cash dividend too small to pay.", "Everybody is allocated their share first; only the payment is held back (26 USC 1388(a)(B))."),
        new("minimumPayment.amount", "Smallest payment in cash", "A member whose cash comes to less is not paid it, but treated as below; 0.00 pays every cent.", "Co-ops publish from 1.00 to 25.00."),
        new("minimumPayment.below", "What becomes of less", "Kept as the member\u2019s capital, given on, kept until it is enough, store credit, or to the reserve.", "Without money in hand a notice cannot be qualified; store credit is no money (26 CFR 1.1388-1(c)(1))."),
        new("losses", "Losses", "Where a loss goes if the year, or a pool of it, makes one.", ""),
        new("losses.steps", "Steps for a loss", "In this order, each as far as it goes.", "Members\u2019 notices are never charged below zero."),
        new("losses.offset", "Election to set losses of one pool against another", "Needed only where the steps name it.", "26 USC 1388(j)."),
        new("losses.offset.electedOn", "Elected on", "The day of the board\u2019s decision.", "26 USC 1388(j)(1)."),
        new("losses.offset.noticeOn", "Patrons told on", "The day on which patrons are, or will be, told of it in writing.", "By the 15th day of the ninth month after the year end (26 USC 1388(j)(3))."),
        new("rounding", "Cents that do not divide", "The largest-remainder way divides every cent, and the run says who got the odd ones.", "The parts always make the whole, whichever way is chosen."),
        new("backupWithholding", "Backup withholding", "Rate taken from the cash of members without a tax id, such as 24%. Leave empty where it does not apply.", "26 USC 3406. Verify the rate of the year before filing."),
        new("onePersonMayApprove", "One person may calculate and approve", "No: another person approves. Yes only where the co-op has decided so, a co-op of one for instance.", "Two pairs of eyes on money; each approval says who and when."),
    ];

    private static readonly Dictionary<string, Entry> ByPath = All.ToDictionary(entry => entry.Path, StringComparer.Ordinal);

    /// <exception cref="KeyNotFoundException">No setting has this path.</exception>
    public static Entry Of(string path) => ByPath[path];

    /// <summary>Help and reason as one hint.</summary>
    public static string Hint(string path) => Of(path) is { Why.Length: > 0 } entry ? $"{entry.Help} {entry.Why}" : Of(path).Help;
}

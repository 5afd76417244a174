using System.Text.RegularExpressions;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;

namespace Evergreen.Application.CoOps;

/// <summary>What a co-op says of itself on statements and pages. Country, currency, tax regime and year end are not here: they are fixed with the books.</summary>
public sealed record CoOpDetails(string Name, string Address, string ContactName, string ContactEmail, string ContactPhone, string BrandColour, string RedemptionSentence)
{
    /// <summary>The zone in which the co-op's days begin; empty for that of the machine.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>Tag of the language for members who have none of their own; empty for English.</summary>
    public string Language { get; init; } = "";

    public static CoOpDetails Of(CoOp coOp) => new(coOp.Name, coOp.Address, coOp.ContactName, coOp.ContactEmail, coOp.ContactPhone, coOp.BrandColour, coOp.RedemptionSentence) { TimeZone = coOp.TimeZone ?? "", Language = coOp.Language ?? "" };
}

/// <summary>Changes what a co-op says of itself; each change is written down with what stood there before.</summary>
public sealed partial class EditCoOp(Books books)
{
    public const int LongestName = 120, LongestAddress = 400, LongestContact = 120, LongestSentence = 600;

    /// <param name="Seen">The details as they stood when the form was opened: somebody else's change in between is not overwritten.</param>
    public sealed record Request(string? CoOp, CoOpDetails Seen, CoOpDetails Details, string By);

    /// <returns>The details as they are now.</returns>
    public Outcome<CoOpDetails> Run(Request request)
    {
        var details = Tidy(request.Details);
        return Fault(details) is { } fault ? fault : books.Write<CoOpDetails>(dryRun: false, db => Edit(db, request, details), db => LookUp(db, request, details));
    }

    private static CoOpDetails Tidy(CoOpDetails details) => new(OneLine(details.Name), string.Join('\n', details.Address.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        OneLine(details.ContactName), details.ContactEmail.Trim(), OneLine(details.ContactPhone), details.BrandColour.Trim().ToUpperInvariant(), details.RedemptionSentence.ReplaceLineEndings(" ").Trim()) { TimeZone = details.TimeZone.Trim(), Language = details.Language.Trim() };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();

    private static Refusal? Fault(CoOpDetails details)
    {
        if (details.Name.Length == 0) return Refusals.NameMissing();
        (string What, string Text, int Most)[] texts = [("Name", details.Name, LongestName), ("Address", details.Address, LongestAddress), ("Contact", details.ContactName, LongestContact), ("E-mail", details.ContactEmail, LongestContact),
            ("Phone", details.ContactPhone, LongestContact), ("Redemption", details.RedemptionSentence, LongestSentence)];
        foreach (var (what, text, most) in texts)
            if (text.Length > most) return Refusals.TooLong(what, most);
        if (details.ContactEmail.Length > 0 && !EmailForm().IsMatch(details.ContactEmail)) return Refusals.EmailForm(details.ContactEmail);
        return CreateCoOp.ZoneFault(details.TimeZone) ?? CreateCoOp.LanguageFault(details.Language) ?? CreateCoOp.ColourFault(details.BrandColour);
    }

    private Outcome<CoOpDetails> Edit(EvergreenDb db, Request request, CoOpDetails details)
    {
        var found = FindCoOp.Run(db, request.CoOp);
        if (found.IsRefused) return found.Refusal!;
        var coOp = db.CoOps.Single(c => c.Id == found.Value.Id);
        var before = CoOpDetails.Of(coOp);
        if (before != Tidy(request.Seen) && before != request.Seen)
        {
            var last = db.AuditRecords.Where(record => record.CoOpId == coOp.Id && record.Verb == "co-op.edit").OrderByDescending(record => record.Id).FirstOrDefault();
            return Refusals.Changed(last?.By ?? "Somebody", last?.At ?? books.Now);
        }
        var changes = Changes(before, details).ToList();
        if (changes.Count == 0) return before;
        (coOp.Name, coOp.Address, coOp.ContactName, coOp.ContactEmail, coOp.ContactPhone, coOp.BrandColour, coOp.RedemptionSentence) =
            (details.Name, details.Address, details.ContactName, details.ContactEmail, details.ContactPhone, details.BrandColour, details.RedemptionSentence);
        coOp.TimeZone = details.TimeZone.Length == 0 ? null : details.TimeZone;
        coOp.Language = details.Language.Length == 0 ? null : details.Language;
        AuditTrail.Add(db, coOp.Id, books.Now, request.By, "co-op.edit", $"co-op {coOp.Code}", string.Join("; ", changes));
        return details;
    }

    private static Outcome<CoOpDetails>? LookUp(EvergreenDb db, Request request, CoOpDetails details) =>
        FindCoOp.Run(db, request.CoOp) is { IsRefused: false } found && CoOpDetails.Of(found.Value) == details ? details : (Outcome<CoOpDetails>?)null;

    private static IEnumerable<string> Changes(CoOpDetails before, CoOpDetails after)
    {
        (string What, string Before, string After)[] pairs =
        [
            ("name", before.Name, after.Name), ("address", before.Address, after.Address), ("contact", before.ContactName, after.ContactName), ("e-mail", before.ContactEmail, after.ContactEmail),
            ("phone", before.ContactPhone, after.ContactPhone), ("colour", before.BrandColour, after.BrandColour), ("redemption", before.RedemptionSentence, after.RedemptionSentence), ("time zone", before.TimeZone, after.TimeZone),
            ("language", before.Language, after.Language),
        ];
        return pairs.Where(pair => pair.Before != pair.After).Select(pair => $"{pair.What}: {Show(pair.Before)} → {Show(pair.After)}");
    }

    private static string Show(string text) => text.Length == 0 ? "nothing" : $"\"{text.Replace('\n', ',')}\"";

    [GeneratedRegex(@"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)] private static partial Regex EmailForm();
}

using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Storage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Notices;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Writes a plain letter as PDF, in the language of whom it is to and in the co-op's words: a welcome to a new member, the answer to an application that was declined, a farewell to a member who left.</summary>
public sealed class WriteLetter(Books books)
{
    /// <param name="FileName">Without a path.</param>
    public sealed record Written(string FileName, byte[] Pdf);

    /// <summary>To a member who joined.</summary>
    public Outcome<Written> Welcome(string? coOp, string member, string by) => ToMember(coOp, member, by, "welcome", "since", status => status is MemberStatus.Active or MemberStatus.OnLeave);

    /// <summary>To a member who left.</summary>
    public Outcome<Written> Exit(string? coOp, string member, string by) => ToMember(coOp, member, by, "exit", "end", status => status == MemberStatus.Left);

    /// <summary>To an applicant whose application was declined.</summary>
    public Outcome<Written> Declined(string? coOpCode, int application, string by) => books.Write<Written>(dryRun: false, db =>
    {
        var found = FindApplication.Run(db, coOpCode, application);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, one, decision) = found.Value;
        if (decision is not { Approved: false }) return Refusals.LetterNotDue($"of application {application}", "refusal");
        AuditTrail.Add(db, coOp.Id, books.Now, by, "members.letter", $"application {application}", "declined");
        var text = CoOpTexts.Of(db, coOp).Write("letter.declined", one.Language, ("name", one.Name), ("received", one.ReceivedOn), ("reason", decision.Reason ?? ""));
        return Print(coOp, Particulars.Of(one), decision.On, text, $"application-{application}-declined.pdf");
    });

    /// <param name="day">The placeholder of the day on which membership began or ended.</param>
    private Outcome<Written> ToMember(string? coOpCode, string number, string by, string letter, string day, Func<MemberStatus?, bool> due) => books.Write<Written>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, coOpCode, number);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var today = books.Today(coOp);
        var facts = db.StatusChanges.AsNoTracking().Where(fact => fact.MemberId == member.Id && fact.On <= today).OrderBy(fact => fact.On).ThenBy(fact => fact.Id).ToList();
        if (!due(MemberHistory.StatusAsOf(facts, today))) return Refusals.LetterNotDue(number, letter);
        var on = letter == "welcome" ? facts.First(fact => fact.Status == MemberStatus.Active).On : facts[^1].On;
        AuditTrail.Add(db, coOp.Id, books.Now, by, "members.letter", $"member {number}", letter);
        var text = CoOpTexts.Of(db, coOp).Write($"letter.{letter}", member.Language, ("name", member.Name), ("number", member.Number), (day, on));
        return Print(coOp, Particulars.Of(member), today, text, $"member-{number}-{letter}.pdf");
    });

    private static Written Print(CoOp coOp, Particulars to, DateOnly on, CoOpTexts.Written text, string fileName) =>
        new(fileName, On(coOp, to, on, text.Language.Day(on), text.Subject, text.Paragraphs, text.Language.Tag).Draw(coOp.Country is "US" or "CA" ? PaperSize.Letter : PaperSize.A4));

    /// <summary>A letter on the co-op's paper to someone's postal address.</summary>
    internal static Letter On(CoOp coOp, Particulars to, DateOnly on, string date, string subject, IReadOnlyList<string> paragraphs, string language)
    {
        string[] city = [.. new[] { string.Join(", ", new[] { to.City, to.Region }.Where(part => part is not null)), to.PostalCode ?? "" }.Where(part => part.Length > 0)];
        string?[] lines = [to.AddressLine1, to.AddressLine2, city.Length == 0 ? null : string.Join(' ', city), to.Country == coOp.Country ? null : to.Country];
        return new Letter(coOp.Name, coOp.Address.Split('\n', StringSplitOptions.RemoveEmptyEntries), coOp.BrandColour, coOp.LogoPng is { } logo ? new ReadOnlyMemory<byte>(logo) : (ReadOnlyMemory<byte>?)null, to.Name!, [.. lines.OfType<string>()], on, date, subject, paragraphs,
            coOp.ContactName, language);
    }
}

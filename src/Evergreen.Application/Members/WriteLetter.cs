using System.Globalization;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Notices;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Members;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Members;

/// <summary>Writes a plain letter as PDF: a welcome to a new member, the answer to an application that was declined, a farewell to a member who left.</summary>
public sealed class WriteLetter(Books books)
{
    /// <param name="FileName">Without a path.</param>
    public sealed record Written(string FileName, byte[] Pdf);

    /// <summary>To a member who joined.</summary>
    public Outcome<Written> Welcome(string? coOp, string member, string by) => ToMember(coOp, member, by, "welcome",
        status => status is MemberStatus.Active or MemberStatus.OnLeave, (on, one, number) =>
        [
            $"Welcome to {one.Name}. Your membership began on {Long(on, one)}, and your member number is {number}. Please keep it: it is how your patronage is counted.",
            "As a member you own the co-op together with all the others. You have one vote, and when the co-op does well, a part of what it earned comes back to you by what you bought or worked.",
            "If your address or bank account changes, tell us. If you have questions, write or call: the address is above.",
        ]);

    /// <summary>To a member who left.</summary>
    public Outcome<Written> Exit(string? coOp, string member, string by) => ToMember(coOp, member, by, "exit",
        status => status == MemberStatus.Left, (on, one, number) =>
        [
            $"Your membership of {one.Name}, number {number}, ended on {Long(on, one)}. Thank you for being a part of it.",
            "What stands in your capital account remains yours. " + (one.RedemptionSentence.Length > 0 ? one.RedemptionSentence : "It is paid back when the board decides; ask the co-op for its plan."),
            "Please keep us told of your address, so that payments and tax papers reach you.",
        ]);

    /// <summary>To an applicant whose application was declined.</summary>
    public Outcome<Written> Declined(string? coOpCode, int application, string by) => books.Write<Written>(dryRun: false, db =>
    {
        var found = FindApplication.Run(db, coOpCode, application);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, one, decision) = found.Value;
        if (decision is not { Approved: false }) return Refusals.LetterNotDue($"of application {application}", "refusal");
        AuditTrail.Add(db, coOp.Id, books.Now, by, "members.letter", $"application {application}", "declined");
        return Print(coOp, Particulars.Of(one), decision.On, "Your application for membership", $"application-{application}-declined.pdf",
        [
            $"Thank you for your application of {Long(one.ReceivedOn, coOp)} to become a member of {coOp.Name}.",
            $"We cannot accept it. The reason: {decision.Reason}",
            "If you think that something was overlooked, or if circumstances change, write to us or apply again.",
        ]);
    });

    private Outcome<Written> ToMember(string? coOpCode, string number, string by, string letter, Func<MemberStatus?, bool> due, Func<DateOnly, CoOp, string, IReadOnlyList<string>> paragraphs) => books.Write<Written>(dryRun: false, db =>
    {
        var found = FindMember.Run(db, coOpCode, number);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var today = books.Today(coOp);
        var facts = db.StatusChanges.AsNoTracking().Where(fact => fact.MemberId == member.Id && fact.On <= today).OrderBy(fact => fact.On).ThenBy(fact => fact.Id).ToList();
        if (!due(MemberHistory.StatusAsOf(facts, today))) return Refusals.LetterNotDue(number, letter);
        var since = letter == "welcome" ? facts.First(fact => fact.Status == MemberStatus.Active).On : facts[^1].On;
        AuditTrail.Add(db, coOp.Id, books.Now, by, "members.letter", $"member {number}", letter);
        return Print(coOp, Particulars.Of(member), today, letter == "welcome" ? $"Welcome to {coOp.Name}" : "The end of your membership", $"member-{number}-{letter}.pdf", paragraphs(since, coOp, number));
    });

    private static Written Print(CoOp coOp, Particulars to, DateOnly on, string subject, string fileName, IReadOnlyList<string> paragraphs)
    {
        string[] city = [.. new[] { string.Join(", ", new[] { to.City, to.Region }.Where(part => part is not null)), to.PostalCode ?? "" }.Where(part => part.Length > 0)];
        string?[] lines = [to.AddressLine1, to.AddressLine2, city.Length == 0 ? null : string.Join(' ', city), to.Country == coOp.Country ? null : to.Country];
        var paper = coOp.Country is "US" or "CA" ? PaperSize.Letter : PaperSize.A4;
        var letter = new Letter(coOp.Name, coOp.Address.Split('\n', StringSplitOptions.RemoveEmptyEntries), coOp.BrandColour, coOp.LogoPng is { } logo ? new ReadOnlyMemory<byte>(logo) : (ReadOnlyMemory<byte>?)null, to.Name!, [.. lines.OfType<string>()], on, Long(on, coOp), subject, paragraphs,
            coOp.ContactName, coOp.Country == "GB" ? "en-GB" : "en-US");
        return new Written(fileName, letter.Draw(paper));
    }

    /// <summary>A letter on the co-op's paper to someone's postal address.</summary>
    internal static Letter On(CoOp coOp, Particulars to, DateOnly on, string date, string subject, IReadOnlyList<string> paragraphs, string language)
    {
        string[] city = [.. new[] { string.Join(", ", new[] { to.City, to.Region }.Where(part => part is not null)), to.PostalCode ?? "" }.Where(part => part.Length > 0)];
        string?[] lines = [to.AddressLine1, to.AddressLine2, city.Length == 0 ? null : string.Join(' ', city), to.Country == coOp.Country ? null : to.Country];
        return new Letter(coOp.Name, coOp.Address.Split('\n', StringSplitOptions.RemoveEmptyEntries), coOp.BrandColour, coOp.LogoPng is { } logo ? new ReadOnlyMemory<byte>(logo) : (ReadOnlyMemory<byte>?)null, to.Name!, [.. lines.OfType<string>()], on, date, subject, paragraphs,
            coOp.ContactName, language);
    }

    private static string Long(DateOnly day, CoOp coOp) => day.ToString(coOp.Country == "US" ? "MMMM d, yyyy" : "d MMMM yyyy", CultureInfo.InvariantCulture);
}

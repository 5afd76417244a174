using Evergreen.Application.CoOps;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Notices;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Languages;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Members;

/// <summary>Letters with a code, as PDF: nothing of them is kept. The member number does not stand in them.</summary>
public static class EntryLetters
{
    /// <summary>A sheet for each invitation, in the order given; each in its member's language.</summary>
    /// <param name="texts">Of the co-op that invites.</param>
    /// <param name="site">The site's address as members type it.</param>
    public static WriteLetter.Written Invitations(CoOpTexts texts, IReadOnlyList<InviteMember.Result> invitations, string site, DateOnly today)
    {
        var letters = invitations.Select(invited =>
        {
            var text = texts.Write("letter.invitation", invited.Member.Language, ("name", invited.Member.Name), ("address", $"{site}/welcome"), ("code", invited.Code), ("until", DateOnly.FromDateTime(invited.UntilAt)));
            return Of(text.Language, invited.CoOp, invited.Member, today, text.Subject, text.Paragraphs);
        }).ToList();
        var coOp = invitations[0].CoOp;
        return new WriteLetter.Written(invitations.Count == 1 ? $"member-{invitations[0].Member.Number}-invitation.pdf" : $"{coOp.Code}-invitations-{today:yyyy-MM-dd}.pdf", Draw(coOp, letters));
    }

    public static WriteLetter.Written Password(MemberPasswordLetter.Result made, string site, DateOnly today)
    {
        var words = EntryWords.Of(made.Member.Language, made.CoOp);
        var letter = Of(words.Language, made.CoOp, made.Member, today, words["password.subject"],
            [words["password.what", made.CoOp.Name, made.Mail], words["open", $"{site}/invitation"], made.Code, words["password.factor"], words["until", DateOnly.FromDateTime(made.UntilAt)], words["password.not-you"]]);
        return new WriteLetter.Written($"member-{made.Member.Number}-password.pdf", Draw(made.CoOp, [letter]));
    }

    public static WriteLetter.Written Bank(MakeBankLetter.Result made, string site, DateOnly today)
    {
        var words = EntryWords.Of(made.Member.Language, made.CoOp);
        var letter = Of(words.Language, made.CoOp, made.Member, today, words["bank.subject"],
            [words["bank.what", made.CoOp.Name], words["open", $"{site}/my/{made.CoOp.Code}/me/bank"], made.Code, words["until", DateOnly.FromDateTime(made.UntilAt)], words["bank.then"], words["password.not-you"]]);
        return new WriteLetter.Written($"member-{made.Member.Number}-bank-code.pdf", Draw(made.CoOp, [letter]));
    }

    private static Letter Of(Language language, CoOp coOp, Member member, DateOnly today, string subject, IReadOnlyList<string> paragraphs) =>
        WriteLetter.On(coOp, Particulars.Of(member), today, language.Day(today), subject, paragraphs, language.Tag);

    private static byte[] Draw(CoOp coOp, IReadOnlyList<Letter> letters) => Letter.DrawAll(letters, coOp.Country is "US" or "CA" ? PaperSize.Letter : PaperSize.A4);
}

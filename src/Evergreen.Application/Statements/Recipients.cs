using Evergreen.Application.Storage;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Statements;

/// <summary>A member who is to have a statement, and the way it goes out: by post to everyone who cannot be told by mail.</summary>
internal sealed record Recipient(int Id, string Number, string Name, string? Email, string Country, string PostalCode, string? Language, bool ByMail);

/// <summary>Who is to have a statement of a run, and how, on a day. Each is told one way: nobody falls between the two.</summary>
internal static class Recipients
{
    public static List<Recipient> Of(EvergreenDb db, CoOp coOp, DividendRun run, DateOnly on)
    {
        var choices = db.DeliveryChoices.Where(choice => choice.CoOpId == coOp.Id && choice.On <= on).ToLookup(choice => choice.MemberId);
        var allocated = db.Allocations.Where(row => row.RunId == run.Id).Select(row => row.MemberId);
        return [.. db.Members.Where(member => allocated.Contains(member.Id)).Select(member => new { member.Id, member.Number, member.Name, member.Email, member.Country, member.PostalCode, member.Language }).AsEnumerable()
            .Select(member => new Recipient(member.Id, member.Number, member.Name, member.Email, member.Country ?? coOp.Country, member.PostalCode ?? "", member.Language,
                TakesMail(choices[member.Id], on, member.Email)))];
    }

    /// <summary>Whether someone agreed to read online, and can be told by mail that there is something to read.</summary>
    public static bool TakesMail(IEnumerable<DeliveryChoice> choices, DateOnly on, string? email) => DeliveryChoice.AsOf(choices, on) == DeliveryWay.Electronic && Mail.QueueMail.IsAddress(email);

    /// <summary>As a post office wants them: country, postal code, then member number.</summary>
    public static List<Recipient> OnPaper(IEnumerable<Recipient> all)
    {
        var onPaper = all.Where(recipient => !recipient.ByMail).ToList();
        onPaper.Sort((a, b) => string.CompareOrdinal(a.Country, b.Country) is var country and not 0 ? country
            : string.CompareOrdinal(a.PostalCode, b.PostalCode) is var code and not 0 ? code : MemberNumber.Order.Compare(a.Number, b.Number));
        return onPaper;
    }

    public static List<Recipient> ByMail(IEnumerable<Recipient> all)
    {
        var byMail = all.Where(recipient => recipient.ByMail).ToList();
        byMail.Sort((a, b) => MemberNumber.Order.Compare(a.Number, b.Number));
        return byMail;
    }
}

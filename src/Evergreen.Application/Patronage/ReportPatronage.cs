using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;

namespace Evergreen.Application.Patronage;

/// <summary>A member reports a purchase or hours that are missing, or a row that is wrong, with the receipt as a picture where there is one. The office answers.</summary>
public sealed class ReportPatronage(Books books)
{
    private const int OldestYears = 7;
    private static readonly Hours MostHours = new(400_00);
    private const int LongestReceipt = 100;

    /// <param name="Wrong">The row that is wrong; null where something is missing. It is looked up among the member's own.</param>
    /// <param name="Photo">The receipt as PDF, PNG, JPEG or text.</param>
    public sealed record Request(string? CoOp, string Member, PatronageKind About, (int Source, string Reference)? Wrong, DateOnly? On, Money? Amount, Hours? Hours, string? Receipt, string? Words, (string FileName, byte[] Bytes)? Photo, string By);

    public Outcome<MemberRequest> Run(Request request)
    {
        var photo = request.Photo is { } given ? AddDocument.Checked(given.FileName, given.Bytes) : (Outcome<AddDocument.Clean>?)null;
        if (photo is { IsRefused: true } refused) return refused.Refusal!;
        return books.Write<MemberRequest>(dryRun: false, db => Report(db, request, photo?.Value));
    }

    private Outcome<MemberRequest> Report(EvergreenDb db, Request request, AddDocument.Clean? photo)
    {
        var found = FindMember.Run(db, request.CoOp, request.Member);
        if (found.IsRefused) return found.Refusal!;
        var (coOp, member) = found.Value;
        var words = FiledRequests.Words(request.Words);
        if (words.IsRefused) return words.Refusal!;
        var receipt = string.IsNullOrWhiteSpace(request.Receipt) ? null : request.Receipt.Trim();
        if (receipt?.Length > LongestReceipt) return Members.Refusals.WordsTooLong(LongestReceipt);
        if (Fault(request, words.Value) is { } fault) return fault;
        if (request.Wrong is { } row && !IsOwn(db, MemberIdentities.Of(db, member.Id), request.About, row)) return Refusals.RowUnknown();
        var document = photo is null ? null : AddDocument.Keep(db, member, photo, books.Now, request.By);
        return FiledRequests.Add(db, member, new MemberRequest
        {
            CoOpId = coOp.Id, MemberId = member.Id, Number = FiledRequests.NextNumber(db, coOp), Kind = request.Wrong is null ? RequestKind.Missing : RequestKind.Wrong, At = books.Now, By = request.By, About = request.About,
            On = request.On, AmountCents = request.About == PatronageKind.Purchases ? request.Amount?.Cents : null, HoursHundredths = request.About == PatronageKind.Hours ? request.Hours?.Hundredths : null, Receipt = receipt,
            SourceId = request.Wrong?.Source, SourceRef = request.Wrong?.Reference, Words = words.Value, DocumentId = document?.Id,
        });
    }

    /// <summary>What a report needs before anyone can look for the row: of a missing one the day and how much, of a wrong one what is wrong.</summary>
    private Refusal? Fault(Request request, string? words)
    {
        if (request.Wrong is not null && words is null) return Refusals.ReportWords();
        var today = DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime);
        if (request.On is { } on ? on > today || on < today.AddYears(-OldestYears) : request.Wrong is null) return Refusals.ReportDay();
        return request.About == PatronageKind.Purchases
            ? request.Amount is { } amount ? amount == Money.Zero ? Refusals.ReportAmount() : null : request.Wrong is null ? Refusals.ReportAmount() : null
            : request.Hours is { } hours ? hours.Hundredths <= 0 || hours.CompareTo(MostHours) > 0 ? Refusals.ReportHours() : null : request.Wrong is null ? Refusals.ReportHours() : null;
    }

    private static bool IsOwn(EvergreenDb db, IReadOnlyList<int> ids, PatronageKind about, (int Source, string Reference) row) => about == PatronageKind.Purchases
        ? db.Purchases.Any(one => one.SourceId == row.Source && one.SourceRef == row.Reference && one.MemberId != null && ids.Contains(one.MemberId.Value))
        : db.HoursWorked.Any(one => one.SourceId == row.Source && one.SourceRef == row.Reference && one.MemberId != null && ids.Contains(one.MemberId.Value));
}

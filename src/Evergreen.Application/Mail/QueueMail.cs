using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Mail;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Evergreen.Application.Mail;

/// <summary>Puts a mail into the outbox, once under its key. It leaves when the transaction that queued it is committed, and not before.</summary>
public sealed class QueueMail(Books books)
{
    /// <param name="Key">One of a kind, e.g. <c>statement 12 345</c>.</param>
    /// <param name="Letter">Its words: no balance, tax number or bank detail, only a link to where they are.</param>
    public sealed record Request(string Key, int? CoOpId, int? MemberId, string ToAddress, string ToName, MailLetter Letter, string By);

    /// <param name="AlreadyThere">It was queued before under this key.</param>
    public sealed record Result(int MailId, bool AlreadyThere);

    public Outcome<Result> Run(Request request) => books.Write(false, db =>
    {
        var added = Add(db, books.Now, request);
        if (added.IsRefused) return added.Refusal!;
        if (added.Value.AlreadyThere) return added.Value;
        db.SaveChanges();
        var id = db.Mails.Where(mail => mail.Key == request.Key).Select(mail => mail.Id).Single();
        AuditTrail.Add(db, request.CoOpId, books.Now, request.By, "mail.queue", $"mail {id}", request.Letter.Subject);
        return (Outcome<Result>)new Result(id, false);
    });

    /// <summary>Queues a mail within the transaction of another verb, which writes the audit trail; its id is known once that saves.</summary>
    public static Outcome<Result> Add(EvergreenDb db, DateTime now, Request request)
    {
        if (Unusable(request) is { } refusal) return refusal;
        if (db.Mails.Where(mail => mail.Key == request.Key).Select(mail => (int?)mail.Id).SingleOrDefault() is { } before) return new Result(before, true);
        db.Mails.Add(Of(now, request));
        return new Result(0, false);
    }

    /// <summary>Why the mail cannot be queued; null where it can.</summary>
    internal static Refusal? Unusable(Request request)
    {
        if (request.Key is not { Length: > 0 and <= 100 }) return Refusals.KeyUnusable();
        if (!IsAddress(request.ToAddress)) return Refusals.AddressUnusable(request.ToAddress);
        if (request.Letter.Subject is not { Length: > 0 and <= 200 } subject || subject.Any(char.IsControl)) return Refusals.SubjectUnusable();
        return string.IsNullOrWhiteSpace(request.Letter.Text) || string.IsNullOrWhiteSpace(request.Letter.Html) ? Refusals.TextMissing() : null;
    }

    /// <summary>One plain address, <c>name@place</c>, as a server takes it.</summary>
    public static bool IsAddress(string? text) =>
        text is { Length: > 2 and <= 320 } && !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var box) && box.Address == text && box.Name is null or "" && text.Contains('@', StringComparison.Ordinal);

    internal static MailMessage Of(DateTime now, Request request) => new()
    {
        Key = request.Key, CoOpId = request.CoOpId, MemberId = request.MemberId, ToAddress = request.ToAddress, ToName = request.ToName, Subject = request.Letter.Subject, Text = request.Letter.Text,
        Html = request.Letter.Html, By = request.By, QueuedAt = now, DueAt = now,
    };
}

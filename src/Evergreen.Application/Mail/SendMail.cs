using System.Security.Cryptography;
using System.Text;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Mail;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using MimeKit.Utils;

namespace Evergreen.Application.Mail;

/// <summary>Hands the mails that are due to the way out, each once: a mail is claimed and the claim committed before it is handed over.</summary>
/// <remarks>
/// A mail that a server certainly did not take is tried again, ever more slowly. One of which nobody knows, because the line or the program broke in between,
/// is not: it stands as failed, and a person decides.
/// </remarks>
/// <param name="unsubscribe">Where such mail can be ended, for the mails that nobody must get (RFC 8058); null for the others.</param>
public sealed class SendMail(Books books, MailRoute route, Func<MailMessage, Uri?>? unsubscribe = null)
{
    /// <summary>As often as it is tried.</summary>
    public const int MostTries = 6;

    /// <summary>After so long a claim is a dead program's.</summary>
    private static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6)];

    public sealed record Result(int Sent, int Delayed, int Failed);

    /// <summary>Sends all that is due now.</summary>
    public Result Run(CancellationToken stop = default)
    {
        FailTheForgotten();
        int sent = 0, delayed = 0, failed = 0;
        while (!stop.IsCancellationRequested && Claim() is { } mail)
        {
            var handed = route.Carry(Compose(mail));
            var state = Note(mail, handed);
            if (state == MailState.Sent) sent++;
            else if (state == MailState.Queued) delayed++;
            else failed++;
        }
        return new(sent, delayed, failed);
    }

    /// <returns>A mail that is this sender's alone; null where none is due.</returns>
    private MailMessage? Claim()
    {
        for (; ; )
        {
            var now = books.Now;
            var due = books.Read(db => db.Mails.Where(mail => mail.State == MailState.Queued && mail.DueAt <= now).OrderBy(mail => mail.DueAt).ThenBy(mail => mail.Id).FirstOrDefault());
            if (due is null) return null;
            var claimed = books.Write<int>(false, db => db.Mails.Where(mail => mail.Id == due.Id && mail.State == MailState.Queued && mail.Tries == due.Tries)
                .ExecuteUpdate(set => set.SetProperty(mail => mail.State, MailState.Sending).SetProperty(mail => mail.ClaimedAt, now).SetProperty(mail => mail.Tries, due.Tries + 1)));
            if (claimed.Value == 1) return due;
        }
    }

    private MailState Note(MailMessage mail, HandoverResult handed)
    {
        var now = books.Now;
        var state = handed.Handover switch { Handover.Taken => MailState.Sent, Handover.NotYet when mail.Tries + 1 < MostTries => MailState.Queued, _ => MailState.Failed };
        var due = state == MailState.Queued ? now + Pauses[Math.Min(mail.Tries, Pauses.Length - 1)] : mail.DueAt;
        books.Write<int>(false, db => db.Mails.Where(one => one.Id == mail.Id && one.State == MailState.Sending && one.Tries == mail.Tries + 1)
            .ExecuteUpdate(set => set.SetProperty(one => one.State, state).SetProperty(one => one.DueAt, due).SetProperty(one => one.SentAt, state == MailState.Sent ? now : null).SetProperty(one => one.Problem, handed.Problem)));
        return state;
    }

    private void FailTheForgotten()
    {
        var before = books.Now - ClaimLasts;
        if (!books.Read(db => db.Mails.Any(mail => mail.State == MailState.Sending && mail.ClaimedAt < before))) return;
        const string Problem = "The program stopped while the mail was handed over: it may have arrived or not.";
        books.Write<int>(false, db => db.Mails.Where(mail => mail.State == MailState.Sending && mail.ClaimedAt < before).ExecuteUpdate(set => set.SetProperty(mail => mail.State, MailState.Failed).SetProperty(mail => mail.Problem, Problem)));
    }

    private MimeMessage Compose(MailMessage mail)
    {
        var message = Compose(route, mail.Key, mail.QueuedAt, mail.ToName, mail.ToAddress, new MailLetter(mail.Subject, mail.Text, mail.Html));
        if (unsubscribe?.Invoke(mail) is { } end)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{end.AbsoluteUri}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }
        return message;
    }

    /// <param name="key">The same mail has the same name, by which a server may see that it has it.</param>
    internal static MimeMessage Compose(MailRoute route, string key, DateTime at, string toName, string toAddress, MailLetter letter)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
        var message = new MimeMessage { Subject = letter.Subject, Date = new DateTimeOffset(at, TimeSpan.Zero), MessageId = $"{name}@{route.From.Domain}" };
        message.From.Add(route.From);
        message.To.Add(new MailboxAddress(MailLetter.Line(toName), toAddress));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new MultipartAlternative { new TextPart("plain") { Text = letter.Text }, new TextPart("html") { Text = letter.Html } };
        return message;
    }
}

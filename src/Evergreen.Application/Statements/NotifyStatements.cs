using Evergreen.Application.Audit;
using Evergreen.Application.CoOps;
using Evergreen.Application.Mail;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Languages;
using Evergreen.Domain.Statements;

namespace Evergreen.Application.Statements;

/// <summary>Tells the members who agreed to it, by mail, that their statement can be read: once for each run and member, however often it is asked for.</summary>
/// <remarks>Works in steps that stand by themselves. The mail holds no figure, only a link.</remarks>
public sealed class NotifyStatements(Books books)
{
    private const int Step = 200;

    /// <summary>Begins the keys of these mails, and of no others.</summary>
    internal const string KeyBegins = "statement ";

    /// <summary>The record of the delivery by mail: one for each run and member.</summary>
    private const string Reference = "mail";

    /// <param name="Link">Where members read their statements, the full address.</param>
    public sealed record Request(string? CoOp, string Run, string By, string Link);

    public sealed record Result(int Queued, int AlreadyThere);

    private sealed record Order(IssuedRun Issued, CoOpTexts Texts, List<Recipient> Recipients);

    public Outcome<Result> Run(Request request, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        if (LinkOf(request.Link) is not { } link) return Refusals.LinkUnusable(request.Link);
        var found = books.Read(db => Gather(db, request));
        if (found.IsRefused) return found.Refusal!;
        var (issued, texts, recipients) = found.Value;
        var letters = new Dictionary<Language, MailLetter>();
        int queued = 0, done = 0;
        foreach (var some in recipients.Chunk(Step))
        {
            stop.ThrowIfCancellationRequested();
            var added = books.Write(false, db => Queue(db, request, issued, LetterFor, some));
            if (added.IsRefused) return added.Refusal!;
            queued += added.Value;
            done += some.Length;
            progress?.Invoke(done, recipients.Count);
        }
        return new Result(queued, recipients.Count - queued);

        MailLetter LetterFor(Recipient one)
        {
            var language = PrepareStatements.LanguageOf(issued.CoOp, one.Language);
            return letters.TryGetValue(language, out var letter) ? letter : letters[language] = Letter(texts, language, issued.CoOp, issued.Run, link);
        }
    }

    /// <summary>The key under which the mail about a member's statement of a run is queued.</summary>
    internal static string KeyOf(int runId, int memberId) => $"{KeyBegins}{runId} {memberId}";

    /// <summary>A link as a mail can hold it; null where it is none.</summary>
    internal static Uri? LinkOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var link) && (link.Scheme == Uri.UriSchemeHttps || link.Scheme == Uri.UriSchemeHttp) ? link : null;

    private Outcome<Order> Gather(EvergreenDb db, Request request)
    {
        var issued = IssuedRun.Find(db, request.CoOp, request.Run);
        if (issued.IsRefused) return issued.Refusal!;
        var (coOp, run, _) = issued.Value;
        var byMail = Recipients.ByMail(Recipients.Of(db, coOp, run, books.Today(coOp)));
        return byMail.Count == 0 ? Refusals.NobodyByMail(run.Name) : new Order(issued.Value, CoOpTexts.Of(db, coOp), byMail);
    }

    private Outcome<int> Queue(EvergreenDb db, Request request, IssuedRun issued, Func<Recipient, MailLetter> letter, Recipient[] some)
    {
        var now = books.Now;
        var keys = some.Select(one => KeyOf(issued.Run.Id, one.Id)).ToList();
        var there = db.Mails.Where(mail => keys.Contains(mail.Key)).Select(mail => mail.Key).ToHashSet(StringComparer.Ordinal);
        var fresh = some.Where(one => !there.Contains(KeyOf(issued.Run.Id, one.Id))).ToList();
        if (fresh.Count == 0) return 0;
        foreach (var one in fresh)
        {
            var mail = new QueueMail.Request(KeyOf(issued.Run.Id, one.Id), issued.CoOp.Id, one.Id, one.Email!, one.Name, letter(one), request.By);
            if (QueueMail.Unusable(mail) is { } refusal) return refusal;
            db.Mails.Add(QueueMail.Of(now, mail));
        }
        db.StatementDeliveries.AddRange(fresh.Select(one => new StatementDelivery { RunId = issued.Run.Id, MemberId = one.Id, Way = StatementDeliveryWay.Mailed, At = now, By = request.By, Reference = Reference }));
        AuditTrail.Add(db, issued.CoOp.Id, now, request.By, "statements.notify", $"run {issued.Run.Name}", $"{fresh.Count} members");
        return fresh.Count;
    }

    private static MailLetter Letter(CoOpTexts texts, Language language, CoOp coOp, DividendRun run, Uri link)
    {
        var text = texts.Write("mail.statement", language, ("year", run.FiscalYear));
        return MailLetter.Of(text.Subject, text.Paragraphs, (StatementSentences.Book.Of(language)["mail.read"], link), coOp.Name, language);
    }
}

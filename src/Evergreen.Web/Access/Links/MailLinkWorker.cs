using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Mail;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Web.Health;
using Evergreen.Web.Mail;

namespace Evergreen.Web.Access.Links;

/// <summary>Mails the links that were asked for, beside the requests: what a request does is then the same for every address.</summary>
public sealed partial class MailLinkWorker(IServiceProvider services, Readiness readiness, MailSettings mail, SiteAddress site, MailLinkBell bell, ILogger<MailLinkWorker> log) : BackgroundService
{
    // Asked for at another program of the same site, the bell there does not ring here.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    /// <summary>Who asked has the answer by then: making a link, which takes longer than making none, cannot slow it.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (readiness.State() == Readiness.Ready) Answer(stoppingToken);
                await bell.Wait(Look, stoppingToken);
                await Task.Delay(Breath, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops; who waits asks again.
        }
    }

    private void Answer(CancellationToken stop)
    {
        try
        {
            using var scope = services.CreateScope();
            var answer = scope.ServiceProvider.GetRequiredService<AnswerMailLinks>();
            var books = scope.ServiceProvider.GetRequiredService<Books>();
            while (!stop.IsCancellationRequested && answer.Next() is { } made)
            {
                var letter = new MailLinkLetter(books).Run(made, site.Now);
                var sent = new MailAtOnce(books, mail.Route).Run(new(made.CoOpId, "access.mail-link-sent", $"sign-in {made.UserId}", made.Mail, made.DisplayName, letter, Actors.Stranger));
                if (sent.IsRefused) NotTaken(log, made.UserId, sent.Refusal!.Sentence);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Broke(log, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A link for sign-in {UserId} could not be mailed: {Problem}")]
    private static partial void NotTaken(ILogger log, int userId, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Links could not be mailed")]
    private static partial void Broke(ILogger log, Exception fault);
}

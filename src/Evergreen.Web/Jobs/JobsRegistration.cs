using Evergreen.Application;
using Evergreen.Application.Access;
using Evergreen.Application.Dividends;
using Evergreen.Application.Jobs;
using Evergreen.Application.Members;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Web.Access.Links;
using Evergreen.Web.Mail;
using Evergreen.Web.Webhooks;

namespace Evergreen.Web.Jobs;

/// <summary>Long work, mail and webhooks, which go on beside the requests.</summary>
public static class JobsRegistration
{
    /// <summary>How long stopping may take: requests end, jobs are given back.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(15);

    /// <summary>How long a page waits for work that is mostly small, before it shows how far the work is.</summary>
    private static readonly TimeSpan PatienceOfAPage = TimeSpan.FromSeconds(2);

    /// <summary>Adds the worker for jobs and the senders of mail and webhooks. Further kinds of work are added with <see cref="AddJobKinds"/>.</summary>
    public static IServiceCollection AddEvergreenJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddJobKinds(StatementJobs.Kinds);
        services.AddJobKinds(ImportJobs.Kinds);
        services.AddJobKinds(DividendJobs.Kinds);
        services.AddSingleton(provider => new JobKinds(provider.GetServices<JobKind>()));
        services.AddSingleton(provider => JobFiles.Of(provider.GetRequiredService<Books>().Address, configuration[JobFiles.Variable]));
        services.AddSingleton(provider => new WorkOnJobs(provider.GetRequiredService<Books>(), provider.GetRequiredService<JobKinds>(), provider.GetRequiredService<JobFiles>(), JobWorker.Terms));
        services.AddSingleton<JobBell>();
        services.AddSingleton(new PromptWork.Patience(PatienceOfAPage));
        services.AddScoped<PromptWork>();
        services.AddSingleton(provider => MailSettings.Read(configuration, () =>
        {
            var kept = new FindMailServer(provider.GetRequiredService<Books>(), provider.GetRequiredService<SealingKeys>()).Run();
            // Mail waits for its server: put into the folder it would count as sent.
            return kept.IsRefused ? throw new InvalidOperationException(kept.Refusal!.Sentence) : kept.Value;
        }));
        services.AddSingleton<SiteAddress>();
        // The way out is read when it is first needed: a setting that cannot be read is then told by what needs it.
        services.AddSingleton(provider => InvitationJobs.Kind(() => provider.GetRequiredService<MailSettings>().Route));
        services.AddSingleton(_ => WebhookSettings.Read(configuration));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);
        // Without books there is no work; the site still starts and says what is wrong.
        if (ChosenBooks.Here.Find(configuration[DatabaseAddress.Variable]).IsRefused) return services;
        services.AddHostedService<JobWorker>();
        services.AddHostedService<MailWorker>();
        services.AddHostedService<MailLinkWorker>();
        services.AddHostedService<BankWorker>();
        services.AddHostedService<WebhookWorker>();
        return services;
    }

    public static IServiceCollection AddJobKinds(this IServiceCollection services, IEnumerable<JobKind> kinds)
    {
        foreach (var kind in kinds) services.AddSingleton(kind);
        return services;
    }
}

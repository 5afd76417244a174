using System.Globalization;
using System.Threading.RateLimiting;
using Evergreen.Web.Layout;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Evergreen.Web.Api.Wire;

/// <summary>How many calls a program may make in a minute. Counted after its token was read, so that nobody uses up another's.</summary>
public sealed class CallRate : IResourceFilter, IDisposable
{
    /// <summary>Configuration key; 0 sets no limit.</summary>
    public const string Setting = "EVERGREEN_API_CALLS_PER_MINUTE";

    public const int Usual = 3000;

    private readonly PartitionedRateLimiter<string>? limiter;

    public CallRate(IConfiguration configuration)
    {
        var most = configuration.GetValue<int?>(Setting) ?? Usual;
        if (most > 0) limiter = PartitionedRateLimiter.Create<string, string>(client => RateLimitPartition.GetFixedWindowLimiter(client, _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1) }));
    }

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (limiter is null) return;
        using var lease = limiter.AttemptAcquire(context.HttpContext.RequestServices.GetRequiredService<ApiDesk>().ClientId);
        if (lease.IsAcquired) return;
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 60;
        context.Result = new ProblemResult(KnownProblem.TooMany, string.Create(CultureInfo.InvariantCulture, $"Wait {wait} seconds."), retryAfterSeconds: wait);
    }

    public void OnResourceExecuted(ResourceExecutedContext context) { }

    public void Dispose() => limiter?.Dispose();
}

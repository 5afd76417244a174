using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Webhooks;

namespace Evergreen.Application.Webhooks;

/// <summary>Registers an address that is told of the co-op's events. The secret by which it knows us is shown this once.</summary>
public sealed class RegisterWebhook(Books books, SealingKeys keys, OutsideAddress outside)
{
    /// <summary>For each co-op.</summary>
    public const int Most = 20;

    /// <param name="Events">The kinds of events of <see cref="AnnouncedVerbs.Kinds"/>; an asterisk for all of them and those to come.</param>
    public sealed record Request(int CoOpId, string? Url, IReadOnlyList<string> Events, string By);

    /// <param name="Secret">For the other program; shown this once.</param>
    public sealed record Result(int Number, string Secret);

    public Outcome<Result> Run(Request request)
    {
        var url = outside.Read(request.Url?.Trim());
        if (url.IsRefused) return url.Refusal!;
        var all = request.Events.Contains("*", StringComparer.Ordinal);
        var events = AnnouncedVerbs.Kinds.Select(kind => kind.Type).Intersect(request.Events, StringComparer.Ordinal).ToList();
        if (!all && events.Count == 0) return Refusals.EventsMissing();
        return books.Write<Result>(dryRun: false, db =>
        {
            var numbers = db.WebhookEndpoints.Where(endpoint => endpoint.CoOpId == request.CoOpId);
            if (numbers.Count(endpoint => endpoint.WithdrawnAt == null) >= Most) return Refusals.TooMany(Most);
            var cipher = keys.Cipher(db, DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime));
            if (cipher.IsRefused) return cipher.Refusal!;
            var number = (numbers.Max(endpoint => (int?)endpoint.Number) ?? 0) + 1;
            var secret = WebhookSignature.NewSecret();
            db.WebhookEndpoints.Add(new WebhookEndpoint
            {
                CoOpId = request.CoOpId, Number = number, Url = url.Value.AbsoluteUri, Events = all ? "*" : string.Join(' ', events),
                SecretSealed = cipher.Value.Seal(FindWebhook.SecretPlace(request.CoOpId, number), secret), CreatedAt = books.Now, CreatedBy = request.By,
            });
            AuditTrail.Add(db, request.CoOpId, books.Now, request.By, "webhooks.register", FindWebhook.Subject(number), url.Value.Host);
            return new Result(number, secret);
        });
    }
}

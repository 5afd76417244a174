using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Webhooks;

namespace Evergreen.Application.Webhooks;

/// <summary>Gives a webhook another secret. For a day what is sent bears both signatures, so that nothing is lost while the other program changes over.</summary>
public sealed class RenewWebhookSecret(Books books, SealingKeys keys)
{
    public sealed record Request(int CoOpId, int Number, string By);

    /// <param name="Secret">Shown this once.</param>
    /// <param name="BothUntil">Until when the one before is good as well.</param>
    public sealed record Result(string Secret, DateTime BothUntil);

    public Outcome<Result> Run(Request request) => books.Write<Result>(dryRun: false, db =>
    {
        var found = FindWebhook.Run(db, request.CoOpId, request.Number);
        if (found.IsRefused) return found.Refusal!;
        var cipher = keys.Cipher(db, DateOnly.FromDateTime(books.Clock.GetLocalNow().DateTime));
        if (cipher.IsRefused) return cipher.Refusal!;
        var endpoint = found.Value;
        var secret = WebhookSignature.NewSecret();
        var until = books.Now + WebhookEndpoint.Overlap;
        (endpoint.PreviousSealed, endpoint.PreviousUntil) = (endpoint.SecretSealed, until);
        endpoint.SecretSealed = cipher.Value.Seal(FindWebhook.SecretPlace(request.CoOpId, request.Number), secret);
        AuditTrail.Add(db, request.CoOpId, books.Now, request.By, "webhooks.secret", FindWebhook.Subject(request.Number));
        return new Result(secret, until);
    });
}

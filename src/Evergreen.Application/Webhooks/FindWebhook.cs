using System.Globalization;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Webhooks;

namespace Evergreen.Application.Webhooks;

/// <summary>A webhook by its number at a co-op, and where its secrets stand.</summary>
internal static class FindWebhook
{
    public static Outcome<WebhookEndpoint> Run(EvergreenDb db, int coOpId, int number) =>
        db.WebhookEndpoints.SingleOrDefault(endpoint => endpoint.CoOpId == coOpId && endpoint.Number == number && endpoint.WithdrawnAt == null) is { } found ? found : Refusals.Unknown(number);

    public static FieldPlace SecretPlace(int coOpId, int number) =>
        new("WebhookEndpoints", "Secret", coOpId.ToString(CultureInfo.InvariantCulture), number.ToString(CultureInfo.InvariantCulture));

    public static string Subject(int number) => string.Create(CultureInfo.InvariantCulture, $"webhook {number}");
}

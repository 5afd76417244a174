using Evergreen.Domain.Webhooks;

namespace Evergreen.Web.Office.Settings;

/// <summary>What became of a delivery, on its page and in the file.</summary>
public static class WebhookWords
{
    public static string State(DeliveryState state) => state switch { DeliveryState.Queued => "Waits", DeliveryState.Sending => "Is being sent", DeliveryState.Delivered => "Delivered", _ => "Failed" };

    public static string Answer(WebhookAttempt attempt) => attempt.Problem ?? $"taken ({attempt.Status})";
}

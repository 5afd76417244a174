using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Webhooks;

/// <summary>Why a webhook is not registered, changed or sent.</summary>
public static class Refusals
{
    public static Refusal UrlUnreadable(int longest) => new("webhook-url", $"Give the whole address of the other program, such as https://books.example.com/events, in up to {longest} characters.");
    public static Refusal UrlWithExtras() => new("webhook-url-extras", "Leave a user, a password and what follows a # out of the address: what is sent is signed instead.");
    public static Refusal UrlNotEncrypted() => new("webhook-url-encryption", "Events are sent encrypted only: the address must begin with https://.");
    public static Refusal UrlPort(int port, IReadOnlySet<int> ports) => new("webhook-url-port", $"Nothing is sent to port {port}; it must be {string.Join(" or ", ports.Order())}. Whoever runs the server can allow more.");
    public static Refusal UrlInside() => new("webhook-url-inside", "The address lies inside the network and not outside. Whoever runs the server can allow it by name.");
    public static Refusal EventsMissing() => new("webhook-events", "Choose at least one event.");
    public static Refusal TooMany(int most) => new("webhook-too-many", $"There are {most} addresses already. Withdraw one that is not needed.");
    public static Refusal Unknown(int number) => new("webhook-unknown", $"There is no webhook {number} here.");
    public static Refusal Disabled(int number) => new("webhook-disabled", $"Webhook {number} is switched off. Switch it on first.");
    public static Refusal DeliveryUnknown() => new("webhook-delivery-unknown", "There is no such delivery here.");
    public static Refusal DeliveryOnItsWay() => new("webhook-delivery-waits", "That delivery waits to be sent already.");
}

using Evergreen.Application.Audit;
using Evergreen.Application.Storage;

namespace Evergreen.Application.Access;

/// <summary>How this room writes to the audit trail: always with the network address it came from, and people, who act as well as those who are acted on, by the number of their account.</summary>
internal static class Entry
{
    public static string Subject(int userId) => Actors.Account(userId);

    public static void Record(EvergreenDb db, DateTime at, string by, string verb, string subject, string from, string? detail = null, int? coOpId = null) =>
        AuditTrail.Add(db, coOpId, at, by, verb, subject, detail, from);

    /// <summary>An address or a browser's name, cut to what is kept of it.</summary>
    public static string Cut(string text, int length) => OneLine.Of(text.Length <= length ? text : text[..length]);
}

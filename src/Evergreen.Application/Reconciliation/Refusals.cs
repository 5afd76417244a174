using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Reconciliation;

/// <summary>Why a check cannot be made.</summary>
public static class Refusals
{
    public static Refusal ManifestUnreadable(string path, string why) => new("manifest-unreadable", $"{path} is not a manifest of statements: {why} Give the manifest.json that was written beside them.");
}

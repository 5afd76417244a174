namespace Evergreen.Application.Audit;

/// <summary>From where what is done now was asked for: a network address, the command line, a job. Every record of the trail written under it says so.</summary>
/// <remarks>Set once at each door, for what the request, the command or the job does; verbs do not hand it on.</remarks>
public static class Whence
{
    /// <summary>Longest text kept.</summary>
    public const int Longest = 64;
    private static readonly AsyncLocal<string?> Ambient = new();

    /// <summary>Null where nobody said.</summary>
    public static string? Current => Ambient.Value;

    /// <param name="place">Such as <c>192.0.2.7</c>, <c>command line</c> or <c>job 12</c>.</param>
    public static void Begin(string place) => Ambient.Value = Cut(place);

    internal static string Cut(string place) => OneLine.Of(place.Length <= Longest ? place : place[..Longest]);
}

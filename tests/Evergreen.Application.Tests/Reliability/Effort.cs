namespace Evergreen.Application.Tests.Reliability;

/// <summary>How often something is tried: the figure for every day, or the larger one where <c>EVERGREEN_LONG=1</c>.</summary>
internal static class Effort
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("EVERGREEN_LONG") == "1";

    public static int Of(int daily, int inTheLongRun) => Long ? inTheLongRun : daily;
}

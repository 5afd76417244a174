namespace Evergreen.Cli;

/// <summary>How a command ends. Stable: scripts depend on them.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Understood, and not done: the answer says why and what helps. Nothing was changed.</summary>
    public const int Refused = 1;

    /// <summary>The command line could not be read.</summary>
    public const int Usage = 2;

    /// <summary>Something broke: a busy database, a full disk, an error of ours.</summary>
    public const int Fault = 3;
}

using System.Runtime.InteropServices;

namespace Evergreen.Worker;

/// <summary>Lets any process of the same user trace this one. Some systems allow it to the parent only, and strace is a sibling.</summary>
internal static partial class Tracing
{
    private const int SetPtracer = 0x59616d61;
    private const nint Anyone = -1;

    public static void Allow()
    {
        if (OperatingSystem.IsLinux()) _ = Control(SetPtracer, Anyone, 0, 0, 0);
    }

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nint first, nint second, nint third, nint fourth);
}

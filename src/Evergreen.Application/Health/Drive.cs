namespace Evergreen.Application.Health;

/// <summary>The disk on which a path lies.</summary>
/// <param name="Place">Where it is mounted.</param>
/// <param name="Format">Its file system, as the machine calls it.</param>
public sealed record Drive(string Place, string Format, bool IsNetwork, long FreeBytes, long TotalBytes)
{
    /// <summary>File systems that live on another machine and that the framework does not count as such.</summary>
    private static readonly string[] Elsewhere = ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "9p", "v9fs", "fuse.sshfs", "fuse.glusterfs", "ceph", "fuse.ceph", "lustre", "afs", "gfs2", "ocfs2"];

    /// <returns>Null where the machine does not say.</returns>
    public static Drive? Of(string path)
    {
        try
        {
            var full = Path.GetFullPath(path);
            var drive = DriveInfo.GetDrives().Where(drive => IsBelow(full, drive.RootDirectory.FullName)).MaxBy(drive => drive.RootDirectory.FullName.Length);
            if (drive is null) return null;
            var format = drive.DriveFormat;
            return new(drive.RootDirectory.FullName, format, drive.DriveType == DriveType.Network || Elsewhere.Contains(format, StringComparer.OrdinalIgnoreCase), drive.AvailableFreeSpace, drive.TotalSize);
        }
        catch (Exception silent) when (silent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsBelow(string path, string root) =>
        path.StartsWith(root.EndsWith(Path.DirectorySeparatorChar) ? root : root + Path.DirectorySeparatorChar, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) || path == root;
}

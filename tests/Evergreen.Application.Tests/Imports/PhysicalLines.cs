namespace Evergreen.Application.Tests.Imports;

/// <summary>Counts lines as an editor does, without any notion of quotes: the independent figure beside the reader's own account.</summary>
internal static class PhysicalLines
{
    public static long In(ReadOnlySpan<byte> file)
    {
        long lines = 0;
        for (var i = 0; i < file.Length; i++)
        {
            if (file[i] == '\n' && (i == 0 || file[i - 1] != '\r')) lines++;
            if (file[i] == '\r') lines++;
        }
        return file.Length > 0 && file[^1] is not ((byte)'\n' or (byte)'\r') ? lines + 1 : lines;
    }
}

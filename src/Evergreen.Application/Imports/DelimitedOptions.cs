namespace Evergreen.Application.Imports;

/// <summary>How a text file's bytes become characters.</summary>
public enum FileEncoding
{
    /// <summary>By byte order mark; otherwise UTF-8; Windows-1252 (with a warning) where the bytes cannot be UTF-8 anywhere.</summary>
    Auto,
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
    Windows1252,
}

/// <param name="Separator">Comma, semicolon, tab or pipe; null finds it in the header.</param>
public sealed record DelimitedOptions(FileEncoding Encoding = FileEncoding.Auto, char? Separator = null)
{
    public static readonly DelimitedOptions Default = new();
}

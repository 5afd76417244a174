using System.Globalization;

namespace Evergreen.Application.Imports;

/// <summary>The name of a sent file, made fit to be shown: without folders, control characters and marks that turn the direction of text.</summary>
internal static class UploadName
{
    public const int Longest = 200;

    public static string Clean(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var shown = new string([.. last.Where(c => !char.IsControl(c) && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))]).Trim();
        if (shown.Length == 0) return "file";
        // The end names the form, so it is the middle that goes.
        return shown.Length <= Longest ? shown : shown[..(Longest - 20)] + shown[^20..];
    }
}

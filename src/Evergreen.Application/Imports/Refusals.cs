using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Imports;

/// <summary>Why a file as a whole is not read. Nothing of it was imported.</summary>
public static class Refusals
{
    public static readonly Refusal FileEmpty = new("file-empty", "The file holds no header and no rows.");

    public static Refusal SeparatorUnknown(char separator) =>
        new("separator-unknown", $"'{separator}' cannot separate fields: use a comma, a semicolon, a tab or a pipe.");

    public static Refusal HeaderUnreadable(long line, RowFault fault) =>
        new("header-unreadable", $"The header on line {line} cannot be read: expected {fault.Expected}. {fault.Remedy}");
}

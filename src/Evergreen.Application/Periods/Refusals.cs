using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Periods;

/// <summary>Why a year is not closed.</summary>
public static class Refusals
{
    public static Refusal YearNotOver(int year, DateOnly endsOn) => new("year-not-over", $"The year {year} ends on {endsOn:yyyy-MM-dd}. Close it after that day.");
    public static Refusal AlreadyClosed(int year, string by) => new("year-already-closed", $"The books of {year} were closed by {by} with other figures. Closed figures stand; what is late goes into the open year.");
    public static Refusal FileMissing(string path) => new("figures-missing", $"The file {path} cannot be read. Name the year-end figures with --figures.");
    public static Refusal FiguresWrong(string problems) => new("figures-wrong", $"The figures were not taken in; nothing was changed.\n{problems}");
    public static Refusal NoFigures() => new("figures-empty", "The file holds no figures.");
    public static Refusal TotalDiffers(Money expected, Money found) => new("total-differs", $"The lines sum to {found}, but {expected} was expected: a difference of {expected - found}. Nothing was changed.");
    public static Refusal YearOpen(int year) => new("year-open", $"The books of {year} are not closed.");
    public static Refusal LineUnknown(string line, int year) => new("line-unknown", $"The figures of {year} have no line '{line}'.");
    public static Refusal ReasonGiven(string line, string reason) => new("reason-given", $"The line '{line}' has its reason: {reason}");
    public static Refusal NoReason() => new("reason-empty", "Say why the line does not come from business with patrons.");
}

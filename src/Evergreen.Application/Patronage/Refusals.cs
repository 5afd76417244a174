using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Patronage;

/// <summary>Why a verb about patronage says no.</summary>
public static class Refusals
{
    public static Refusal ResolutionReasonMissing() => new("resolution-reason-missing", "Whoever resolves a held row says why: --reason \"…\"");
    public static Refusal MemberUnknown(string number) => new("held-member-unknown", $"There is no member '{number}' to match the rows to. Import the member first.");
    public static Refusal NothingHeld(string number) => new("nothing-held", $"No rows are held under the number '{number}'. 'evergreen import held' lists them.");
    public static Refusal HeldYearPosted(int year, string run) => new("held-year-posted", $"Run {run} of {year} is posted, so its patronage cannot change. Reverse the run first.");
    public static Refusal RowUnknown() => new("row-unknown", "There is no such row of yours.");
    public static Refusal ReportDay() => new("report-day", "Give the day of the purchase or the work. It lies in the past, at most seven years ago.");
    public static Refusal ReportAmount() => new("report-amount", "Give the amount as on the receipt, such as 12.34.");
    public static Refusal ReportHours() => new("report-hours", "Give the hours, such as 7.5; at most 400 in one report.");
    public static Refusal ReportWords() => new("report-words", "Say in a few words what is wrong.");
    public static Refusal DepartmentUnknown() => new("department-unknown", "There is no such department.");
    public static Refusal DepartmentTooLong(string what, int most) => new("department-text-too-long", $"The {what} of a department has at most {most} characters.");
}

using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Patronage;

/// <summary>Why a verb about patronage says no.</summary>
public static class Refusals
{
    public static Refusal ResolutionReasonMissing() => new("resolution-reason-missing", "Whoever resolves a held row says why: --reason \"…\"");
    public static Refusal MemberUnknown(string number) => new("held-member-unknown", $"There is no member '{number}' to match the rows to. Import the member first.");
    public static Refusal NothingHeld(string number) => new("nothing-held", $"No rows are held under the number '{number}'. 'evergreen import held' lists them.");
    public static Refusal HeldYearPosted(int year, string run) => new("held-year-posted", $"Run {run} of {year} is posted, so its patronage cannot change. Reverse the run first.");
    public static Refusal DepartmentUnknown() => new("department-unknown", "There is no such department.");
    public static Refusal DepartmentTooLong(string what, int most) => new("department-text-too-long", $"The {what} of a department has at most {most} characters.");
}

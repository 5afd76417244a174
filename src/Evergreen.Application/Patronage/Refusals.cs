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
    public static Refusal DepartmentChanged(string by, DateTime at) => new("department-changed", $"{by} changed this department on {at:yyyy-MM-dd HH:mm} UTC, after you opened it. Look at what stands there now, and save yours again if it is to replace it.");
    public static Refusal DepartmentTooLong(string what, int most) => new("department-text-too-long", $"The {what} of a department has at most {most} characters.");

    public static Refusal KeyReused() => new("idempotency-key-reused", "This Idempotency-Key was used for another call. Make a new key for each call, and send the same key only with the same body, byte for byte.");
    public static Refusal PostedMemberUnknown(string number) => new("member-unknown", $"There is no member '{number}' in the register. Nothing is held for a member who may come later: enrol the member, and send this again.");
    public static Refusal PeriodClosed(int year) => new("period-closed", $"The books of {year} are closed, so nothing of that year can be added. What belongs there now goes through the office.");
    public static Refusal DateAhead(DateOnly on) => new("date-implausible", $"{on:yyyy-MM-dd} lies in the future, or before 1900. See whether the clock of the till is right.");
    public static Refusal CurrencyDiffers(string said, string kept) => new("currency-differs", $"The co-op's books are in {kept}, and this says {said}. Nothing is converted here.");
    public static Refusal PurchaseDiffersInAmount(string receipt, Money there) => new("purchase-differs-amount", $"Receipt '{receipt}' is there already, with {there}. A receipt never changes: send a correction as a receipt of its own, with its sign.");
    public static Refusal PurchaseDiffers(string receipt, string fields) => new("purchase-differs", $"Receipt '{receipt}' is there already and differs in {fields}. A receipt never changes: take it back and send it right as receipts of their own.");
    public static Refusal HoursDiffer(string id, string fields) => new("hours-differ", $"Hours '{id}' are there already and differ in {fields}. A row never changes: send a correction as a row of its own, with its sign.");
    public static Refusal RowHeld(string id) => new("row-held", $"'{id}' came in a file before and waits in the office for its member. It is decided there.");
}

using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Application.Dividends;

/// <summary>Why a dividend verb says no. Codes are stable; sentences are for people and name the remedy.</summary>
public static class Refusals
{
    public static Refusal YearNotClosed(int year) => new("year-not-closed", $"The books of {year} are still open. Close them first: evergreen year close {year} --figures surplus.csv");
    public static Refusal NoPolicy(int year) => new("policy-missing", $"No dividend policy has been adopted for {year}. Adopt one: evergreen dividends policy {year} --file policy.json");
    public static Refusal RunUnknown(string name) => new("run-unknown", $"There is no run '{name}'. Runs are named by year and number, such as 2025-1; 'evergreen dividends show' lists them.");
    public static Refusal SamePerson(string person) => new("approval-by-same-person", $"{person} calculated this run, so another person approves it. (A co-op of one may set \"onePersonMayApprove\" in its policy.)");
    public static Refusal NoResolution() => new("resolution-missing", "An approval names the board's resolution, such as --resolution 2026/07.");
    public static Refusal RowsHeld(int year, int count) => new("rows-held", $"{count} imported rows of {year} are held because their members are unknown. Match them or declare them non-member business first: evergreen import held");
    public static Refusal ReasonMissing(string line, int year) => new("reason-missing", $"The non-patronage line '{line}' of {year} has no reason. Give it before approving: evergreen year reason {year} \"{line}\" \"why\"");
    public static Refusal InputsChanged(string run) => new("inputs-changed", $"What run {run} was calculated from has changed since. Calculate again, and approve the new run.");
    public static Refusal AlreadyApproved(string run, string by) => new("already-approved", $"Run {run} was approved before, by {by}.");
    public static Refusal NotApproved(string run) => new("run-not-approved", $"Run {run} has not been approved. A second person approves it first: evergreen dividends approve {run} --resolution …");
    public static Refusal AnotherRunPosted(string run, int year) => new("year-already-posted", $"Run {run} of {year} is posted. Reverse it before posting another.");
    public static Refusal Superseded(string run, string newer) => new("run-superseded", $"Run {newer} was calculated after {run}. Approve and post the newer one.");
    public static Refusal NotPosted(string run) => new("run-not-posted", $"Run {run} is not in the ledger, so there is nothing to reverse.");
    public static Refusal NotPostedForPayment(string run) => new("run-not-posted", $"Run {run} is not in the ledger, so nobody is owed anything of it yet. Post it first: evergreen dividends post {run}");
    public static Refusal PaymentReference(int longest) => new("payment-reference-missing", $"Say in up to {longest} characters what finds the payment again at the bank, such as a batch number: --reference \"…\"");
    public static Refusal PaymentDay(DateOnly on, DateOnly posted, DateOnly today) => new("payment-day", $"The run was posted on {posted:yyyy-MM-dd} and today is {today:yyyy-MM-dd}; the bank cannot have been charged on {on:yyyy-MM-dd}. Choose a day between.");
    public static Refusal RunPaid(string run, DividendPayment payment) => new("run-paid", $"Run {run} was paid out on {payment.On:yyyy-MM-dd}: {new Money(payment.PaidCents)} to {payment.Members} members. Say how the money comes back, or against what it is set off, before it is reversed: --recovery \"…\"");
    public static Refusal FileOnTheWay(string run, int payments) => new("payment-file-unsettled", $"The file of payment run {payments} pays members of run {run} and is not settled. Once the bank was charged: evergreen payments settle {payments} --reference …; what came back is voided then.");
    public static Refusal RestByPaymentRun(string run, Money rest) => new("rest-by-payment-run", $"Run {run} was paid by a payment run, and {rest} of it is still owed to members who were left out or whose payments came back. Pay them by another: evergreen payments prepare {run}, with --form by-hand where it is done by check.");
    public static Refusal AlreadyReversed(string run) => new("run-already-reversed", $"Run {run} was reversed. Calculate a new run to distribute the year again.");
    public static Refusal NoReason() => new("reversal-reason-missing", "A reversal says why: --reason \"…\"");
    public static Refusal PostingInClosedYear(DateOnly on, int year) => new("period-closed", $"The books of {year} are closed, so nothing can be posted on {on:yyyy-MM-dd}. Choose a date in an open year with --on.");
    public static Refusal PostingBeforeYearEnd(DateOnly on, DateOnly endsOn) => new("posting-before-year-end", $"The dividend follows from a year that ended on {endsOn:yyyy-MM-dd}; it cannot be posted on {on:yyyy-MM-dd}.");
    public static Refusal AccountsMoved(string run) => new("accounts-moved", $"Accounts have moved since run {run} was calculated, and what it takes from them is no longer there. Calculate again.");
    public static Refusal NothingToPost(string run) => new("nothing-to-post", $"Run {run} gives nothing to members or reserves and takes nothing from them, so there is nothing to post.");
    public static Refusal AllocationUsed(string run) => new("allocation-used", $"What run {run} allocated has been used since, by a later loss or a later dividend. Reverse the later run first.");
    public static Refusal MemberUnknown(string number) => new("member-unknown", $"There is no member '{number}'.");
    public static Refusal NoRunPosted(int year) => new("dividend-not-posted", $"No dividend of {year} is in the ledger.");
    public static Refusal NoDividend(string number, string run) => new("member-without-dividend", $"Member {number} has no part in run {run}: no eligible units in that year.");
    public static Refusal PolicyFault(string fault) => new("policy-not-lawful", fault);
    public static Refusal PolicyChangedMeanwhile(PolicyVersion now) => new("policy-changed-meanwhile", $"{now.By} adopted version {now.Version} of the policy of {now.FiscalYear} on {now.At:yyyy-MM-dd HH:mm} UTC, after you opened this form. Compare it with what you typed, and adopt yours again if it is to take its place.");
    public static Refusal PolicyYearPosted(int year, DividendRun run) => new("policy-of-posted-year", $"Run {run.Name} of {year} is posted under its policy. Reverse it before adopting another.");
    public static Refusal SettingUnknown(string path) => new("setting-unknown", $"The policy has no setting '{path}' to try. Change it in the policy itself.");
    public static Refusal ScenarioName(int longest) => new("scenario-name", $"Give the scenario a name of up to {longest} characters.");
    public static Refusal ScenarioNameTaken(string name) => new("scenario-name-taken", $"There is another scenario called '{name}'. Choose another name, or drop that one first.");
    public static Refusal ScenarioUnknown(int year) => new("scenario-unknown", $"There is no such scenario of {year}, or it was dropped.");
    public static Refusal StepNotNext(string run, string step, string stands) => new("step-not-next", $"Run {run} {stands}, so it cannot be {step} now.");
    public static Refusal FindingUnknown(string finding, string run) => new("finding-unknown", $"The rehearsal of run {run} has no finding '{finding}' to sign off.");
    public static Refusal ExemptionMissing() => new("exemption-missing", "Members without a tax id are paid without backup withholding. Say which exemption holds, such as the determination on Form 3491 and its date, or set the rate in the policy.");
    public static Refusal FindingsUnsigned(string run, IEnumerable<string> findings) => new("findings-unsigned", $"Not every finding of run {run} is signed off yet: {string.Join("; ", findings)}.");
    public static Refusal YearUnknown(int year) => new("year-unknown", $"{year} is not a fiscal year of this co-op.");
    public static Refusal NoYearToTry() => new("no-year-to-try", "No dividend is in the ledger yet, so there is no year whose figures could be tried.");
}

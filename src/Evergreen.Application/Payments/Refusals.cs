using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Payments;

namespace Evergreen.Application.Payments;

/// <summary>Why a payment verb says no. Codes are stable; sentences are for people and name the remedy.</summary>
public static class Refusals
{
    public static Refusal RunUnknown(int number) => new("payment-run-unknown", $"There is no payment run {number}; 'evergreen payments list' lists them.");
    public static Refusal PaidAsAWhole(string run, DividendPayment payment) => new("run-paid-as-a-whole", $"Run {run} was noted as paid on {payment.On:yyyy-MM-dd} as a whole, {payment.Reference}: nobody is left to be paid by a payment run.");
    public static Refusal NobodyOwed(string run) => new("nobody-owed", $"Nobody is owed any cash of run {run}.");
    public static Refusal FormCurrency(string currency) => new("payment-form-currency", $"An ACH file pays dollars, and these books are in {currency}. Prepare the payments by hand: --form by-hand");
    public static Refusal NobodyReached(string run, int leftOut) => new("nobody-reached", $"None of the {leftOut} members with a part in run {run} can be paid by this form: their bank details are missing, on hold or of another kind. Prepare the payments by hand: --form by-hand");
    public static Refusal FileUnsettled(int number, string run) => new("payment-file-unsettled", $"The file of payment run {number} of run {run} is out and not settled. Settle it, and void what came back, before others are prepared: evergreen payments settle {number} --reference …");
    public static Refusal Superseded(int number, int newer) => new("payment-run-superseded", $"Payment run {newer} of the same dividend was prepared after {number} and takes its place.");
    public static Refusal PaymentsChanged(int number, string run) => new("payments-changed", $"What members are owed of run {run} has changed since payment run {number} was prepared. Prepare it again: evergreen payments prepare {run}");
    public static Refusal SamePerson(string person) => new("payment-approval-by-same-person", $"{person} prepared these payments, so another person approves them. (A co-op of one may set \"onePersonMayApprove\" in its policy.)");
    public static Refusal AlreadyApproved(int number, string by) => new("payments-already-approved", $"Payment run {number} was approved before, by {by}.");
    public static Refusal NotApproved(int number) => new("payments-not-approved", $"Payment run {number} is not approved. A second person approves it first: evergreen payments approve {number}");
    public static Refusal NoFile(int number) => new("payment-form-without-file", $"Payment run {number} is paid by hand, so there is no file. Once it is paid: evergreen payments settle {number} --reference …");
    public static Refusal DetailsChanged(int number, string run, IEnumerable<string> members) => new("bank-details-changed", $"Bank details have changed since payment run {number} was prepared: {string.Join(", ", members)}. Prepare it again, so that somebody approves where the money goes: evergreen payments prepare {run}");
    public static Refusal FileChanged(int number, PaymentFile file) => new("payment-file-changed", $"The file of payment run {number} was written on {file.At:yyyy-MM-dd} and cannot be made again: names or bank details have changed since, or other options are given. Take the one that was kept; its SHA-256 is {file.Sha256}");
    public static Refusal OriginatorMissing() => new("payment-originator-missing", "Say once how the bank knows the co-op: --bank-routing (nine digits), --bank-name and --company-id (often 1 and the EIN). Later files take them from the last one.");
    public static Refusal OriginatorForm(string what) => new("payment-originator-form", $"{what} Ask the bank that takes the file.");
    public static Refusal EffectiveDay(DateOnly on, DateOnly today) => new("payment-effective-day", $"Today is {today:yyyy-MM-dd}: a file cannot ask for the money to arrive on {on:yyyy-MM-dd}. Choose today or a later day.");
    public static Refusal FileMissing(int number) => new("payment-file-missing", $"Payment run {number} has no file yet, so the bank was not charged with it. Write it first: evergreen payments file {number} OUT");
    public static Refusal NotSettled(int number) => new("payments-not-settled", $"Payment run {number} is not settled, so nothing of it is in the ledger to take back. Settle it first: evergreen payments settle {number} --reference …");
    public static Refusal ReasonMissing() => new("void-reason-missing", "A void says why, such as the bank's return code: --reason \"R03, no account\"");
    public static Refusal NotPaidHere(string member, int number) => new("payment-unknown", $"Payment run {number} does not pay member {member}.");
    public static Refusal VoidDay(DateOnly on, DateOnly settled, DateOnly today) => new("void-day", $"The payment was charged on {settled:yyyy-MM-dd} and today is {today:yyyy-MM-dd}; it cannot have come back on {on:yyyy-MM-dd}. Choose a day between.");
}

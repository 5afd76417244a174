using System.Globalization;
using Evergreen.Application.Payments;
using Evergreen.Cli.Dividends;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Payments;

namespace Evergreen.Cli.Payments;

/// <summary>How a payment run is told: the same words and the same document in every command.</summary>
internal static class PaymentWords
{
    public static object Document(PaymentStanding standing) => new
    {
        PaymentRun = standing.Run.Number, Run = standing.Dividend.Name, standing.Run.Round, Form = Word(standing.Run.Form), standing.State, standing.Run.Members, Total = new Money(standing.Run.TotalCents), EntryHash = Hash(standing.Run),
        Prepared = new { standing.Run.By, standing.Run.At },
        Approval = standing.Approval is { } approval ? new { approval.By, approval.At } : null,
        File = standing.File is { } file ? new { file.By, file.At, file.EffectiveOn, file.Entries, Total = new Money(file.TotalCents), file.Sha256 } : null,
        Settlement = standing.Settlement is { } settlement ? new { settlement.By, settlement.At, settlement.On, settlement.Reference, settlement.FirstSequence } : null,
        standing.Voids, standing.Newer,
    };

    public static Reply Say(PaymentSheet sheet, string? next) => new(
        new
        {
            Standing = Document(sheet.Standing), Payments = sheet.Payments.Select(payment => new { payment.No, payment.Member, payment.Name, payment.Amount, payment.VoidedOn, payment.VoidReason }),
            LeftOut = sheet.LeftOut.Select(one => new { one.Member, one.Name, one.Amount, Reason = Why(one.Reason) }),
        },
        screen =>
        {
            var standing = sheet.Standing;
            screen.Facts(
                ("Payment run", $"{standing.Run.Number} of run {standing.Dividend.Name}, {standing.State}{(standing.Newer is { } newer && standing.State == "superseded" ? $" by payment run {newer}" : "")}"),
                ("Form", standing.Run.Form == PaymentForm.Nacha ? "ACH file" : "by hand"),
                ("Prepared", $"by {standing.Run.By} on {RunWords.Day(standing.Run.At)}"),
                ("Approved", standing.Approval is { } approval ? $"by {approval.By} on {RunWords.Day(approval.At)}" : null),
                ("File", standing.File is { } file ? $"by {file.By} on {RunWords.Day(file.At)}, for {RunWords.Day(file.EffectiveOn)}, SHA-256 {file.Sha256}" : null),
                ("Settled", standing.Settlement is { } settlement ? $"on {RunWords.Day(settlement.On)}, {settlement.Reference}" : null),
                ("Members", standing.Run.Members.ToString("N0", CultureInfo.InvariantCulture)),
                ("Total", Screen.Of(new Money(standing.Run.TotalCents))),
                ("Entry hash", Hash(standing.Run)));
            var payments = new Sheet().Figures("No").Words("Member", "Name").Figures("Amount").Words("Came back");
            foreach (var payment in sheet.Payments) payments.Row(payment.No.ToString(CultureInfo.InvariantCulture), payment.Member, payment.Name, Screen.Of(payment.Amount), payment.VoidedOn is { } on ? $"{RunWords.Day(on)}: {payment.VoidReason}" : "");
            screen.Table(payments);
            if (sheet.LeftOut.Count > 0)
            {
                var leftOut = new Sheet().Words("Left out", "Name").Figures("Owed").Words("Why");
                foreach (var one in sheet.LeftOut) leftOut.Row(one.Member, one.Name, Screen.Of(one.Amount), Why(one.Reason));
                screen.Table(leftOut);
            }
            if (next is not null) screen.Line(next);
        });

    public static Reply Say(IReadOnlyList<PaymentStanding> runs) => new(
        new { PaymentRuns = runs.Select(Document) },
        screen =>
        {
            if (runs.Count == 0)
            {
                screen.Line("No payment run yet. Prepare one of a posted run: evergreen payments prepare RUN");
                return;
            }
            var sheet = new Sheet().Figures("N").Words("Run", "State", "Form").Figures("Members", "Total", "Came back").Words("Prepared by", "Approved by", "Settled");
            foreach (var one in runs)
                sheet.Row(one.Run.Number.ToString(CultureInfo.InvariantCulture), one.Dividend.Name, one.State, Word(one.Run.Form), one.Run.Members.ToString("N0", CultureInfo.InvariantCulture), Screen.Of(new Money(one.Run.TotalCents)),
                    one.Voids.ToString("N0", CultureInfo.InvariantCulture), one.Run.By, one.Approval?.By, one.Settlement is { } settlement ? RunWords.Day(settlement.On) : null);
            screen.Table(sheet);
        });

    public static Reply Say(string path, WritePaymentFile.Result result) => new(
        new { Path = path, result.AlreadyThere, Standing = Document(result.Standing) },
        screen => screen.Facts(
            ("File", $"{path}{(result.AlreadyThere ? ", as it was written before" : "")}"),
            ("Entries", result.File.Entries.ToString("N0", CultureInfo.InvariantCulture)),
            ("Total", Screen.Of(new Money(result.File.TotalCents))),
            ("Entry hash", result.File.EntryHash.ToString("0000000000", CultureInfo.InvariantCulture)),
            ("SHA-256", result.File.Sha256),
            ("Next", $"once the bank was charged: evergreen payments settle {result.Standing.Run.Number} --reference …")));

    public static Reply Say(SettlePayments.Result result) => new(
        new { result.AlreadyThere, Standing = Document(result.Standing), result.Warning },
        screen =>
        {
            var run = result.Standing.Run;
            screen.Line($"Payment run {run.Number} {(result.AlreadyThere ? "was settled before" : "is settled")} as of {RunWords.Day(result.Settlement.On)}: {Screen.Of(new Money(run.TotalCents))} to {run.Members} members.");
            if (result.Warning is { } warning) screen.Line($"Note: {warning}");
        });

    public static Reply Say(VoidPayment.Result result) => new(
        new { result.AlreadyThere, Payments = result.Voids.Count, result.Amount, Voids = result.Voids.Select(taken => new { taken.No, taken.On, taken.Reason, taken.Sequence }), Standing = Document(result.Standing) },
        screen => screen.Line($"{(result.AlreadyThere ? "Void before" : "Void")}: {result.Voids.Count} payments of payment run {result.Standing.Run.Number}, {Screen.Of(result.Amount)}, owed again. Pay them by another: evergreen payments prepare {result.Standing.Dividend.Name}"));

    private static string? Hash(PaymentRun run) => run.Form == PaymentForm.Nacha ? run.EntryHash.ToString("0000000000", CultureInfo.InvariantCulture) : null;

    private static string Word(PaymentForm form) => form == PaymentForm.Nacha ? "nacha" : "by-hand";

    private static string Why(LeftOutReason reason) => reason switch
    {
        LeftOutReason.NothingOwed => "nothing owed: set off",
        LeftOutReason.NoBankDetails => "no bank details",
        LeftOutReason.OtherScheme => "bank details of another kind",
        LeftOutReason.OnHold => "new bank details on hold",
        _ => "more than a file can say",
    };
}

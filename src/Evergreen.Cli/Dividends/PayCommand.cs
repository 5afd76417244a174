using System.CommandLine;
using Evergreen.Application.Dividends;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Cli.Dividends;

/// <summary><c>evergreen dividends pay RUN --reference R [--on DATE]</c></summary>
internal static class PayCommand
{
    public static Command Create()
    {
        var run = Ask.Run();
        var reference = Ask.Text("--reference", "TEXT", "What finds the payment again at the bank, such as a batch number.");
        var on = Ask.MaybeDate("--on", "The day on which the bank was charged, not before the posting; today where it is left out.");
        var command = new Command("pay", "Note that the cash of a posted run was paid to the members. A second time changes nothing.") { run, reference, on };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new PayDividend(books).Run(new(door.CoOp, parse.GetRequiredValue(run), by, parse.GetRequiredValue(reference), parse.GetValue(on), door.DryRun)), Say);
        });
        return command;
    }

    private static Reply Say(PayDividend.Result result)
    {
        var payment = result.Payment;
        return new(
            new { Run = result.Run.Name, result.AlreadyThere, payment.By, payment.At, payment.On, payment.Reference, payment.Members, Paid = new Money(payment.PaidCents), payment.FirstSequence, payment.LastSequence, result.Warning },
            screen =>
            {
                screen.Line($"Run {result.Run.Name} {(result.AlreadyThere ? "was paid before" : "is paid")} as of {RunWords.Day(payment.On)}: {Screen.Of(new Money(payment.PaidCents))} to {payment.Members} members.");
                if (result.Warning is { } warning) screen.Line($"Note: {warning}");
            });
    }
}

using System.CommandLine;
using Evergreen.Application.Payments;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Payments;

namespace Evergreen.Cli.Payments;

/// <summary><c>evergreen payments prepare RUN</c>, then <c>approve N</c>, <c>file N OUT</c>, <c>settle N</c>, and <c>void N</c> for what came back; <c>list</c> and <c>show N</c>.</summary>
internal static class PaymentCommands
{
    public static Command Create() => new("payments", "Pay a posted dividend: prepare, approve, write the bank's file, settle; void what came back.") { Prepare(), Approve(), WriteFile(), Settle(), Void(), List(), Show() };

    private static Argument<int> Number() => new("N") { Description = "The number of the payment run; 'evergreen payments list' lists them." };

    private static Command Prepare()
    {
        var run = Ask.Run();
        var form = Ask.Choice("--form", "nacha: an ACH file to the members' accounts; by-hand: checks, or whatever else the co-op does itself.", PaymentForm.Nacha, ("nacha", PaymentForm.Nacha), ("by-hand", PaymentForm.ByHand));
        var command = new Command("prepare", "Put the payments of a posted run together, and say who is left out and why. Before a file is written it can be done again and takes the place of the one before.") { run, form };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new PreparePayments(books).Run(new(door.CoOp, parse.GetRequiredValue(run), by, parse.GetValue(form), door.DryRun)),
                sheet => PaymentWords.Say(sheet, $"Next, as another person: evergreen payments approve {sheet.Standing.Run.Number}"));
        });
        return command;
    }

    private static Command Approve()
    {
        var number = Number();
        var command = new Command("approve", "Approve a payment run, as another person than the one who prepared it.") { number };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new ApprovePayments(books).Run(new(door.CoOp, parse.GetRequiredValue(number), by, door.DryRun)), standing => new Reply(PaymentWords.Document(standing),
                screen => screen.Line($"Payment run {standing.Run.Number} is approved by {standing.Approval!.By}: {Screen.Of(new Money(standing.Run.TotalCents))} to {standing.Run.Members} members. Next: evergreen payments {(standing.Run.Form == PaymentForm.ByHand ? $"settle {standing.Run.Number} --reference …" : $"file {standing.Run.Number} OUT")}")));
        });
        return command;
    }

    private static Command WriteFile()
    {
        var number = Number();
        var file = new Argument<string>("OUT") { Description = "The file to write, for the bank. Written again it has the same bytes." };
        var routing = Ask.MaybeText("--bank-routing", "DIGITS", "Routing number of the co-op's bank. With the name and the company id needed for the first file only.");
        var bank = Ask.MaybeText("--bank-name", "NAME", "The bank's name, up to 23 letters.");
        var company = Ask.MaybeText("--company-id", "ID", "By what the bank knows the co-op, up to ten characters; often 1 and the EIN.");
        var on = Ask.MaybeDate("--effective-on", "When the members are to have the money; the next weekday where it is left out.");
        var command = new Command("file", "Write the file of an approved payment run. It is for its owner's eyes only: it holds account numbers.") { number, file, routing, bank, company, on };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            var path = parse.GetRequiredValue(file);
            return door.Write((books, by) =>
            {
                var made = new WritePaymentFile(books).Run(new(door.CoOp, parse.GetRequiredValue(number), by, parse.GetValue(routing), parse.GetValue(bank), parse.GetValue(company), parse.GetValue(on), door.DryRun));
                return made.IsRefused ? made : Files.Write(path, door.DryRun, stream =>
                {
                    stream.Write(made.Value.Content);
                    return made;
                }, secret: true);
            }, result => PaymentWords.Say(path, result));
        });
        return command;
    }

    private static Command Settle()
    {
        var number = Number();
        var reference = Ask.Text("--reference", "TEXT", "What finds the payment again at the bank, such as a batch number or the first and the last check.");
        var on = Ask.MaybeDate("--on", "The day on which the bank was charged, not before the posting; today where it is left out.");
        var command = new Command("settle", "Note that the bank was charged with a payment run: its payments go into the ledger. A second time changes nothing.") { number, reference, on };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new SettlePayments(books).Run(new(door.CoOp, parse.GetRequiredValue(number), by, parse.GetRequiredValue(reference), parse.GetValue(on), door.DryRun)), PaymentWords.Say);
        });
        return command;
    }

    private static Command Void()
    {
        var number = Number();
        var member = Ask.MaybeText("--member", "NUMBER", "Whose payment came back; every payment that stands where it is left out.");
        var reason = Ask.Text("--reason", "TEXT", "Why, such as the bank's return code.");
        var on = Ask.MaybeDate("--on", "The day on which the money was back; today where it is left out.");
        var command = new Command("void", "Take back a payment that was returned or stopped: the member is owed it again. A second time changes nothing.") { number, member, reason, on };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Write((books, by) => new VoidPayment(books).Run(new(door.CoOp, parse.GetRequiredValue(number), parse.GetValue(member), by, parse.GetRequiredValue(reason), parse.GetValue(on), door.DryRun)), PaymentWords.Say);
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "All payment runs, newest first.");
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Read(books => new ListPayments(books).Run(door.CoOp), PaymentWords.Say);
        });
        return command;
    }

    private static Command Show()
    {
        var number = Number();
        var command = new Command("show", "Show a payment run: every payment, and who is left out and why.") { number };
        command.SetAction(parse =>
        {
            var door = new Door(parse);
            return door.Read(books => new ShowPayments(books).Run(door.CoOp, parse.GetRequiredValue(number)), sheet => PaymentWords.Say(sheet, null));
        });
        return command;
    }
}

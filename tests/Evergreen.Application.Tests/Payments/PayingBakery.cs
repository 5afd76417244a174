using System.Text;
using Evergreen.Application.Access;
using Evergreen.Application.Equity;
using Evergreen.Application.Members;
using Evergreen.Application.Payments;
using Evergreen.Application.Reconciliation;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Evergreen.Domain.Payments;

namespace Evergreen.Application.Tests.Payments;

/// <summary>A bakery whose dividend is posted, and the people who pay it: Ann prepares, Bea approves.</summary>
internal sealed class PayingBakery : IDisposable
{
    public const string Routing = "121042882";
    private readonly string folder = Directory.CreateTempSubdirectory("evergreen-payments-").FullName;

    public PayingBakery(OpenTestDatabase database, IReadOnlyList<long> hours)
    {
        Database = database;
        Keys = new KeyFile(Path.Combine(folder, "books.keys"));
        Keys.Create(new DateOnly(2026, 1, 1));
        Bakery = Bakery.In(database, hours).UpToApproval();
        Bakery.Post();
    }

    public OpenTestDatabase Database { get; }
    public Books Books => Database.Books;
    public Bakery Bakery { get; }
    public KeyFile Keys { get; }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static string AccountOf(int member) => $"77{member:0000}31{member:0000}";

    /// <summary>Gives a member, counted from 1, an account.</summary>
    public void Bank(int member, string routing = "231380104", string? account = null, string? scheme = "ach", string? type = "checking") =>
        _ = new ChangeBankDetails(Books, Keys).Run(new(null, $"{member:0000}", new BankDetails(scheme, routing, account ?? AccountOf(member), type), "ann")).Value;

    /// <summary>The member's own change, which waits for a week.</summary>
    public void AskForAnotherBank(int member) => Books.Write<int>(false, db =>
    {
        db.Add(new BankChange { CoOpId = Bakery.CoOp.Id, MemberId = Bakery.Members[member - 1].Id, At = Books.Now, By = "member", InForceOn = DateOnly.FromDateTime(Books.Now).AddDays(7) });
        return 1;
    });

    public Outcome<PaymentSheet> Prepare(PaymentForm form = PaymentForm.Nacha, string run = Bakery.Run, bool dryRun = false) => new PreparePayments(Books, Keys).Run(new(null, run, "ann", form, dryRun));
    public Outcome<PaymentStanding> Approve(int number, string by = "bea") => new ApprovePayments(Books).Run(new(null, number, by));
    public Outcome<WritePaymentFile.Result> Write(int number, string? routing = Routing, string? bank = "First Bank", string? company = "1123456789", DateOnly? on = null, bool dryRun = false) =>
        new WritePaymentFile(Books, Keys).Run(new(null, number, "ann", routing, bank, company, on, dryRun));
    public Outcome<SettlePayments.Result> Settle(int number, string reference = "ACH 7", DateOnly? on = null) => new SettlePayments(Books).Run(new(null, number, "ann", reference, on));
    public Outcome<VoidPayment.Result> Void(int number, string? member, string reason = "R03, no account", DateOnly? on = null) => new VoidPayment(Books).Run(new(null, number, member, "ann", reason, on));
    public PaymentSheet Show(int number) => new ShowPayments(Books).Run(null, number).Value;

    /// <summary>Prepared, approved, written where there is a file, and settled.</summary>
    public PaymentSheet Paid(PaymentForm form = PaymentForm.Nacha)
    {
        var number = Prepare(form).Value.Standing.Run.Number;
        _ = Approve(number).Value;
        if (form == PaymentForm.Nacha) _ = Write(number).Value;
        _ = Settle(number).Value;
        return Show(number);
    }

    public Money Balance(string account) => Books.Read(db => MemberBalances.OfAccount(db, Bakery.CoOp.Id, account));
    public Money Owed => -Balance(AccountCodes.PatronagePayable);
    public IReadOnlyList<string> Findings => new CheckBooks(Books).Run(new CheckBooks.Request()).Value.Findings;
    public static string[] Lines(byte[] file) => Encoding.ASCII.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

using System.Globalization;
using Evergreen.Application.Dividends;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Cli.Dividends;

/// <summary>How a run is told: the same words and the same document in every command.</summary>
internal static class RunWords
{
    public static object Document(DividendRun run) => new
    {
        Run = run.Name, run.FiscalYear, run.CalculatedBy, run.CalculatedAt, NetIncome = new Money(run.NetIncomeCents), Allocated = new Money(run.AllocatedCents), Cash = new Money(run.CashCents),
        Retained = new Money(run.AllocatedCents - run.CashCents), Members = run.MembersAllocated, run.InputsSha256, run.ResultSha256,
    };

    public static object Document(RunStanding standing) => new
    {
        Run = standing.Run.Name, standing.State, Calculation = Document(standing.Run),
        Approval = standing.Approval is { } approval ? new { approval.By, approval.At, approval.Resolution } : null,
        Posting = standing.Posting is { } posting ? new { posting.By, posting.At, posting.On, posting.FirstSequence, posting.LastSequence } : null,
        Payment = standing.Payment is { } payment ? new { payment.By, payment.At, payment.On, payment.Reference, payment.Members, Paid = new Money(payment.PaidCents), payment.FirstSequence, payment.LastSequence } : null,
        Reversal = standing.Reversal is { } reversal ? new { reversal.By, reversal.At, reversal.On, reversal.Reason, reversal.FirstSequence, reversal.LastSequence } : null,
    };

    public static void Show(Screen screen, RunStanding standing)
    {
        var run = standing.Run;
        screen.Facts(
            ("Run", $"{run.Name}, {standing.State}"),
            ("Calculated", $"by {run.CalculatedBy} on {Day(run.CalculatedAt)}"),
            ("Approved", standing.Approval is { } approval ? $"by {approval.By} on {Day(approval.At)}, resolution {approval.Resolution}" : null),
            ("Posted", standing.Posting is { } posting ? $"as of {Day(posting.On)} by {posting.By}, entries {posting.FirstSequence} to {posting.LastSequence}" : null),
            ("Paid", standing.Payment is { } payment ? $"on {Day(payment.On)}, {Screen.Of(new Money(payment.PaidCents))} to {payment.Members} members, {payment.Reference}" : null),
            ("Reversed", standing.Reversal is { } reversal ? $"as of {Day(reversal.On)} by {reversal.By}, entries {reversal.FirstSequence} to {reversal.LastSequence}: {reversal.Reason}" : null));
    }

    public static void ShowWorking(Screen screen, Working working, IReadOnlyList<RunPool> pools, DividendRun run)
    {
        var sheet = new Sheet().Words("Working").Figures("Amount").Words("Pool");
        void Row(string text, Money amount, string pool = "", bool always = false)
        {
            if (always || !amount.IsZero) sheet.Row(text, Screen.Of(amount), pool);
        }
        Row("Net income", working.NetIncome, always: true);
        Row("not from business with patrons", working.NonPatronage);
        Row("Net income from business with patrons", working.PatronageNet, always: true);
        foreach (var pool in working.Pools)
        {
            Row("of the pool", pool.Net, pool.Code, always: true);
            Row($"earned with members ({pool.MemberRatio.ToPercent(4)})", pool.MemberNet, pool.Code, always: true);
            Row("earned with others, to the reserve", pool.NonMemberNet, pool.Code);
            Row("set against other pools", -pool.Offset, pool.Code);
            Row("dividends on capital", -pool.CapitalCharges, pool.Code);
            Row("losses of earlier years made up", -pool.LossesRecovered, pool.Code);
            Row("collective reserve", -pool.ToReserve, pool.Code);
            foreach (var fund in pool.Funds) Row(fund.Name, -fund.Amount, pool.Code);
            Row("divided among members", pool.Allocated, pool.Code, always: true);
        }
        screen.Table(sheet);
        screen.Facts([
            ("Members", run.MembersAllocated.ToString("N0", CultureInfo.InvariantCulture)),
            ("Dividend", Screen.Of(new Money(run.AllocatedCents))),
            ("in cash", Screen.Of(new Money(run.CashCents))),
            ("retained", Screen.Of(new Money(run.AllocatedCents - run.CashCents))),
            .. pools.Select(pool => ($"Pool {pool.Code}", (string?)$"{UnitsOf(pool)} {pool.Unit}, {pool.LeftoverCents} leftover cents to the largest remainders")),
        ]);
    }

    public static string UnitsOf(RunPool pool) => UnitsText.Of(System.Numerics.BigInteger.Parse(pool.TotalUnits, CultureInfo.InvariantCulture), System.Numerics.BigInteger.Parse(pool.UnitsScale, CultureInfo.InvariantCulture));
    public static string Day(DateTime moment) => moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    public static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

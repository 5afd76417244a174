using System.Security.Cryptography;
using Evergreen.Application.Access;
using Evergreen.Application.Audit;
using Evergreen.Application.Members;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Evergreen.Domain.Payments;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Application.Payments;

/// <summary>Makes the file of an approved payment run for the bank, and notes what is in it. Made again it has the same bytes, or is refused.</summary>
/// <remarks>The account numbers are opened for the file and kept nowhere else. The note is there before the file is: no file is out that the books do not know.</remarks>
/// <param name="keys">Where the keys are; null asks <see cref="KeyFile.Of"/>.</param>
public sealed class WritePaymentFile(Books books, KeyFile? keys = null)
{
    public const string Verb = "payments.file";

    private const string Modifiers = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", Description = "PATRONAGE";

    /// <param name="BankRouting">Of the co-op's bank. With the name and the company id it is needed for the first file only: what is null is as in the last one.</param>
    /// <param name="EffectiveOn">When the members are to have the money; the next weekday where it is null.</param>
    public sealed record Request(string? CoOp, int Number, string By, string? BankRouting = null, string? BankName = null, string? CompanyId = null, DateOnly? EffectiveOn = null, bool DryRun = false);

    /// <param name="AlreadyThere">The file had been written before; these are its bytes.</param>
    public sealed record Result(PaymentStanding Standing, PaymentFile File, byte[] Content, bool AlreadyThere);

    public Outcome<Result> Run(Request request)
    {
        var cipher = SecretKeys.ToOpen(books, keys);
        if (cipher.IsRefused) return cipher.Refusal!;
        return books.Write(request.DryRun, db => Write(db, request, cipher.Value));
    }

    private Outcome<Result> Write(EvergreenDb db, Request request, FieldCipher cipher)
    {
        var found = FindPaymentRun.Run(db, request.CoOp, request.Number);
        if (found.IsRefused) return found.Refusal!;
        var standing = found.Value;
        var run = standing.Run;
        if (run.Form == PaymentForm.ByHand) return Refusals.NoFile(run.Number);
        if (standing.RefuseSuperseded() is { } superseded) return superseded;
        if (standing.Approval is null) return Refusals.NotApproved(run.Number);
        if (standing.File is { } before) return Again(db, request, standing, before, cipher);

        if (Dues.RefuseChanged(db, standing) is { } changed) return changed;
        var file = Note(db, request, standing);
        if (file.IsRefused) return file.Refusal!;
        var credits = Credits(db, run, cipher, out var others);
        if (others.Count > 0) return Refusals.DetailsChanged(run.Number, standing.Dividend.Name, others);
        var content = Bytes(file.Value, credits);
        Verify(content, run);
        var written = Hashed(file.Value, content);
        db.PaymentFiles.Add(written);
        AuditTrail.Add(db, run.CoOpId, written.At, written.By, Verb, PreparePayments.Subject(run), Say(written));
        return new Result(standing with { File = written }, written, content, AlreadyThere: false);
    }

    private static Outcome<Result> Again(EvergreenDb db, Request request, PaymentStanding standing, PaymentFile before, FieldCipher cipher)
    {
        var credits = Credits(db, standing.Run, cipher, out var others);
        if (others.Count > 0 || (request.BankRouting ?? before.BankRouting) != before.BankRouting || (request.BankName ?? before.BankName) != before.BankName || (request.CompanyId ?? before.CompanyId) != before.CompanyId
            || (request.EffectiveOn ?? before.EffectiveOn) != before.EffectiveOn) return Refusals.FileChanged(standing.Run.Number, before);
        var content = Bytes(before, credits);
        return Hashed(before, content).Sha256 == before.Sha256 ? new Result(standing, before, content, AlreadyThere: true) : Refusals.FileChanged(standing.Run.Number, before);
    }

    /// <summary>What is said of the file, but for its hash.</summary>
    private Outcome<PaymentFile> Note(EvergreenDb db, Request request, PaymentStanding standing)
    {
        var (coOp, run) = (standing.CoOp, standing.Run);
        var last = (from one in db.PaymentFiles join payments in db.PaymentRuns on one.PaymentRunId equals payments.Id where payments.CoOpId == coOp.Id orderby payments.Number descending select one).AsNoTracking().FirstOrDefault();
        var (routing, name, id) = (request.BankRouting?.Trim() ?? last?.BankRouting, request.BankName?.Trim() ?? last?.BankName, request.CompanyId?.Trim() ?? last?.CompanyId);
        if (routing is null || name is null || id is null) return Refusals.OriginatorMissing();
        if (!RoutingNumber.IsValid(routing)) return Refusals.OriginatorForm($"'{routing}' is not a routing number: nine digits, the last of which checks the others.");
        if (BankText.Plain(name).Length is 0 or > NachaOriginator.LongestName) return Refusals.OriginatorForm($"The bank's name has up to {NachaOriginator.LongestName} letters.");
        if (id.Length is 0 or > NachaOriginator.LongestId || !id.All(char.IsAsciiLetterOrDigit)) return Refusals.OriginatorForm($"A company id has up to {NachaOriginator.LongestId} letters and digits.");
        var today = books.Today(coOp);
        var effectiveOn = request.EffectiveOn ?? NextWeekday(today);
        if (effectiveOn < today) return Refusals.EffectiveDay(effectiveOn, today);
        var (midnight, next) = (books.Now.Date, books.Now.Date.AddDays(1));
        var ofDay = (from one in db.PaymentFiles join payments in db.PaymentRuns on one.PaymentRunId equals payments.Id where payments.CoOpId == coOp.Id && one.At >= midnight && one.At < next select one.PaymentRunId).Count();
        return new PaymentFile
        {
            // A bank tells the files of a day apart by it; no co-op makes thirty-six.
            PaymentRunId = run.Id, DividendRunId = run.DividendRunId, Round = run.Round, By = request.By, At = books.Now, EffectiveOn = effectiveOn, Modifier = Modifiers[ofDay % Modifiers.Length].ToString(), BankRouting = routing, BankName = name, CompanyId = id,
            CompanyName = coOp.Name, Sha256 = "", Entries = run.Members, TotalCents = run.TotalCents, EntryHash = run.EntryHash,
        };
    }

    private static DateOnly NextWeekday(DateOnly today)
    {
        var day = today.AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) day = day.AddDays(1);
        return day;
    }

    /// <param name="changed">Numbers of the members whose details are no longer those that were approved.</param>
    private static List<NachaCredit> Credits(EvergreenDb db, PaymentRun run, FieldCipher cipher, out List<string> changed)
    {
        var accounts = new PaymentAccounts(cipher);
        var (credits, others) = (new List<NachaCredit>(run.Members), new List<string>());
        foreach (var one in from payment in db.Payments.AsNoTracking() join member in db.Members.AsNoTracking() on payment.MemberId equals member.Id where payment.PaymentRunId == run.Id orderby payment.No select new { Payment = payment, Member = member })
        {
            if (PaymentAccounts.Lacks(one.Member) is null && accounts.Open(one.Member) is var account && account.Digest == one.Payment.AccountDigest)
                credits.Add(new NachaCredit(account.Routing, account.Account, account.IsSavings, one.Payment.Amount.Money, one.Member.Number, one.Member.Name, one.Member.Kind == MemberKind.Organisation));
            else others.Add(one.Member.Number);
        }
        changed = others;
        return credits;
    }

    private static byte[] Bytes(PaymentFile file, List<NachaCredit> credits) => NachaFile.Bytes(NachaFile.Lines(
        new NachaOriginator(file.BankRouting, file.BankName, file.CompanyId, file.CompanyName), credits, Description, new NachaMoment(file.At, file.EffectiveOn, file.Modifier[0])));

    /// <exception cref="InvalidOperationException">The file is not the payment run: no such file leaves.</exception>
    private static void Verify(byte[] content, PaymentRun run)
    {
        var totals = NachaTotals.Verify(System.Text.Encoding.ASCII.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries)).Value;
        if ((totals.Entries, totals.Credits.Cents, totals.Debits.Cents, totals.EntryHash) != (run.Members, run.TotalCents, 0L, run.EntryHash))
            throw new InvalidOperationException($"The file holds {totals.Entries} entries of {totals.Credits} with hash {totals.EntryHash}, payment run {run.Number} has {run.Members} of {new Money(run.TotalCents)} with hash {run.EntryHash}.");
    }

    private static PaymentFile Hashed(PaymentFile file, byte[] content) => new()
    {
        PaymentRunId = file.PaymentRunId, DividendRunId = file.DividendRunId, Round = file.Round, By = file.By, At = file.At, EffectiveOn = file.EffectiveOn, Modifier = file.Modifier, BankRouting = file.BankRouting, BankName = file.BankName,
        CompanyId = file.CompanyId, CompanyName = file.CompanyName, Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)), Entries = file.Entries, TotalCents = file.TotalCents, EntryHash = file.EntryHash,
    };

    internal static string Say(PaymentFile file) => $"{file.Entries} entries, {new Money(file.TotalCents)}, entry hash {file.EntryHash:0000000000}, SHA-256 {file.Sha256}";
}

using CsCheck;
using Evergreen.Application.Statements;
using Evergreen.Application.Storage;
using Evergreen.Application.Tests.Dividends;
using Evergreen.Application.Tests.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Members;
using Evergreen.Domain.Tax;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Statements;

/// <summary>What holds of every filing, whatever the co-op: its files are the forms that were released, box by box, each form in one file once.</summary>
public sealed class TaxFilingInvariantsTests
{
    [Test]
    public void TheFilesSumToTheFormsAndTheLedgerAndHoldEachFormOnce() => Gen.Select(Gen.Int[2, 12], Gen.Int[0, int.MaxValue - 1]).Sample((size, seed) =>
    {
        var random = new Random(seed);
        using var database = new TestDatabase(DatabaseKind.Sqlite, null).Create();
        var policy = random.Next(2) == 0 ? Bakery.Policy : Bakery.Policy.Replace("\"collectiveReserve\"", "\"backupWithholding\": \"24%\", \"collectiveReserve\"", StringComparison.Ordinal);
        // Small enough that some are below the least amount.
        using var filing = new FilingBakery(database, [.. Enumerable.Range(0, size).Select(_ => (long)random.Next(1, 200_000))], policy, net: $"{random.Next(20, 60) * size}.00", withoutNumber: [.. Enumerable.Range(2, size - 1).Where(_ => random.Next(4) == 0)]);
        if (random.Next(2) == 0)
        {
            filing.Change(set => set.SetProperty(member => member.Kind, MemberKind.Organisation), 1);
            new RecordExemption(filing.Books).Run(new(null, "0001", true, "bea"));
        }
        var forms = new WorkOutTaxForms(filing.Books).Run(new(null, 2026)).Value;
        var due = forms.Forms.Where(form => form.Standing == FormStanding.Form).ToList();
        if (due.Count == 0) return;
        filing.Release();

        var most = random.Next(1, 6);
        var made = filing.File(size: most, withoutNumbers: true).Value;
        var files = made.Files.Select(file => file.Bytes).ToList();
        Assert.That(made.Files.Select(file => file.Forms), Has.All.InRange(1, most));
        Assert.That((FilingBakery.Sum(files, "Box 1 - Patronage dividends"), FilingBakery.Sum(files, "Box 4 - Federal income tax withheld"), FilingBakery.Sum(files, "Box 5 - Redeemed nonqualified notices")),
            Is.EqualTo((due.Sum(form => form.Boxes.Dividends), due.Sum(form => form.Boxes.Withheld), due.Sum(form => form.Boxes.Redeemed))));
        Assert.That(made.Totals[0].Boxes, Is.EqualTo(made.Totals[^1].Boxes));
        Assert.That(made.Totals[^1].Boxes.Reportable + forms.Reportable(FormStanding.BelowThreshold) + forms.Reportable(FormStanding.Exempt), Is.EqualTo(forms.Ledger.Reportable));
        Assert.That(files.SelectMany(FilingBakery.Rows).Select(row => (row["Form Account Number"], row["Recipient Taxpayer ID Number"])), Is.EqualTo(due.Select(form => (form.Number, form.TaxIdLastFour is null ? "" : FilingBakery.NumberOf(int.Parse(form.Number))))));
        Assert.That(filing.File(size: most, withoutNumbers: true).Value.AlreadyThere, Is.True);
        Assert.That(filing.Findings, Is.Empty);
    }, seed: "0000Evergreen", iter: 5, threads: 1);
}

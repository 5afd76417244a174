using System.Text.Json;
using Evergreen.Documents.TaxFiles;
using Evergreen.Domain.Arithmetic;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Documents;

public sealed class Pub1220RecordTests
{
    private static readonly JsonElement Sheet = Read();

    private static Pub1220Payee Payee()
    {
        var given = Sheet.GetProperty("given");
        string Text(string name) => given.GetProperty(name).GetString()!;
        var step = given.GetProperty("amountStepCents").GetInt64();
        return new Pub1220Payee
        {
            PaymentYear = given.GetProperty("year").GetInt32(), NameControl = Text("nameControl"), TinType = Text("tinType")[0], Tin = Text("tin"),
            Amounts = "123456789ABCDEFGHJ".Select((code, i) => (code, i)).ToDictionary(pair => pair.code, pair => new Money(given.GetProperty("firstAmountCents").GetInt64() + step * pair.i)),
            Name = Text("name"), Address = Text("address"), City = Text("city"), State = Text("state"), PostalCode = Text("postalCode"), Sequence = given.GetProperty("sequence").GetInt64(),
            LocalTaxWithheld = Money.Parse(Text("localTax")), CombinedStateCode = Text("combinedStateCode"),
        };
    }

    /// <remarks>https://github.com/moov-io/irs, test/testdata payeeRecordWith1099Patr.ascii and .json.</remarks>
    [Test]
    public void ThePublishedPayeeStandsAtItsPositions()
    {
        var record = Pub1220Record.Payee(Payee());
        Assert.That(record, Has.Length.EqualTo(Pub1220Record.Length));
        var rest = record.ToCharArray();
        foreach (var field in Sheet.GetProperty("expected").EnumerateArray())
        {
            var (at, text) = (field.GetProperty("at").GetInt32(), field.GetProperty("text").GetString()!);
            Assert.That(record.Substring(at - 1, text.Length), Is.EqualTo(text), $"position {at}");
            Array.Fill(rest, ' ', at - 1, text.Length);
        }
        Array.Fill(rest, ' ', 54, 216);
        Assert.That(new string(rest).Trim(), Is.Empty);
    }

    [Test]
    public void EveryAmountCodeHasItsPlace()
    {
        var record = Pub1220Record.Payee(Payee());
        for (var i = 0; i < 18; i++) Assert.That(record.Substring(54 + 12 * i, 12), Is.EqualTo($"{100 * (i + 1):000000000000}"));
    }

    [Test]
    public void NothingIsCutOrLost()
    {
        Assert.That(() => Pub1220Record.Payee(Payee() with { Name = new string('A', 41) }), Throws.ArgumentException.With.Message.Contains("288-327"));
        Assert.That(() => Pub1220Record.Payee(Payee() with { City = "Málaga" }), Throws.ArgumentException.With.Message.Contains("ASCII"));
        Assert.That(() => Pub1220Record.Payee(Payee() with { Tin = "12345678" }), Throws.ArgumentException.With.Message.Contains("nine digits"));
        Assert.That(() => Pub1220Record.Payee(Payee() with { Amounts = new Dictionary<char, Money> { ['I'] = new(1) } }), Throws.ArgumentException.With.Message.Contains("not an amount code"));
        Assert.That(() => Pub1220Record.Payee(Payee() with { Amounts = new Dictionary<char, Money> { ['1'] = new(-1) } }), Throws.ArgumentException.With.Message.Contains("negative"));
        Assert.That(() => Pub1220Record.Payee(Payee() with { Amounts = new Dictionary<char, Money> { ['1'] = new(1_000_000_000_000) } }), Throws.ArgumentException);
    }

    private static JsonElement Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Evergreen.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the checkout.");
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "tests", "books", "cases", "publication-1220-patr-record.json")));
        return document.RootElement.Clone();
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Patronage;
using Evergreen.Domain.Periods;
using NJsonSchema;

namespace Evergreen.Domain.Tests.Dividends;

public sealed class PolicyDocumentTests
{
    private static readonly FiscalYear Year = FiscalYear.Ending(2026, 12, 31);
    // The validator resolves references by the older name of the definitions; nothing else in the schema depends on the draft.
    private static readonly JsonSchema Schema = JsonSchema.FromJsonAsync(PolicyDocument.Schema.Replace("$defs", "definitions", StringComparison.Ordinal)).GetAwaiter().GetResult();

    private static JsonObject Example() => JsonNode.Parse(PolicyDocument.Example, null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!.AsObject();

    /// <summary>The example with the value at a place such as <c>pools.0.cash</c> replaced, or taken out by an empty text.</summary>
    private static string Changed(string place, string value)
    {
        var document = Example();
        var names = place.Split('.');
        JsonNode node = document;
        foreach (var name in names[..^1]) node = node is JsonArray array ? array[int.Parse(name)]! : node[name]!;
        if (value.Length == 0) node.AsObject().Remove(names[^1]);
        else if (node is JsonArray items) items[int.Parse(names[^1])] = JsonNode.Parse(value);
        else node[names[^1]] = JsonNode.Parse(value);
        return document.ToJsonString();
    }

    [Test]
    public void TheExampleIsReadAsItIsWritten()
    {
        var policy = PolicyDocument.Read(PolicyDocument.Example).Value;
        Assert.That((policy.NetIncomeBasis, policy.FixedMemberRatio, policy.CollectiveReserve, policy.MembersShare), Is.EqualTo((NetIncomeBasis.Book, (Ratio?)null, Ratio.Parse("30%"), Ratio.Parse("65%"))));
        Assert.That(policy.OtherFunds, Is.EqualTo([new FundShare("education", "Education fund", Ratio.Parse("5%"))]));
        Assert.That((policy.MinimumPayment, policy.BelowMinimum, policy.Rounding, policy.BackupWithholding, policy.OnePersonMayApprove), Is.EqualTo((Money.Parse("5.00"), BelowMinimum.Retain, RoundingPolicy.LargestRemainder, (Ratio?)Ratio.Parse("24%"), false)));
        Assert.That(policy.LossSteps, Is.EqualTo([LossStep.Reserve, LossStep.MemberAccounts, LossStep.CarryForward]));
        var pool = policy.Pools.Single();
        Assert.That((pool.Code, pool.NetShare, pool.Cash, pool.Notice, pool.UnitCode, pool.CashRoundsUp), Is.EqualTo(("labour", (Ratio?)Ratio.One, Ratio.Parse("20%"), NoticeKind.Qualified, "hours", true)));
        Assert.That((pool.Unit[0].Measure, pool.Unit[0].Weight, pool.Unit[0].Except.Single()), Is.EqualTo((Measure.Hours, Ratio.One, "unpaid-leave")));
        Assert.That(pool.ClassWeights, Is.EquivalentTo(new Dictionary<string, Ratio> { ["worker"] = Ratio.One, ["apprentice"] = Ratio.Parse("3/4") }));
        Assert.That(pool.Eligibility, Is.EqualTo(new Eligibility { ActiveAtYearEnd = true, MinimumHours = new Hours(10_000) }));
        Assert.That(policy.Fault(TaxRegime.SubchapterT, Year), Is.Null);
    }

    [Test]
    public void TheExampleFitsTheSchemaAndShowsEverySetting()
    {
        Assert.That(Schema.Validate(Example().ToJsonString()), Is.Empty);
        var settings = JsonNode.Parse(PolicyDocument.Schema)!["properties"]!.AsObject().Select(property => property.Key).Except(["$schema", "title"]);
        Assert.That(Example().Select(setting => setting.Key), Is.EquivalentTo(settings));
    }

    // Place in the example, what stands there instead (nothing: taken out), whether both may accept it.
    [TestCase("rounding", "", true)]
    [TestCase("rounding", "\"floor-residue-to-reserve\"", true)]
    [TestCase("rounding", "\"half-up-residue-to-reserve\"", true)]
    [TestCase("rounding", "\"bankers\"", false)]
    [TestCase("rounding", "null", false)]
    [TestCase("netIncomeBasis", "\"tax\"", true)]
    [TestCase("netIncomeBasis", "\"Book\"", false)]
    [TestCase("netIncomeBasis", "", false)]
    [TestCase("memberRatio", "\"159927/206511\"", true)]
    [TestCase("memberRatio", "\"77.44%\"", true)]
    [TestCase("memberRatio", "\"hours\"", false)]
    [TestCase("memberRatio", "0.7744", false)]
    [TestCase("memberRatio", "", false)]
    [TestCase("collectiveReserve", "\"0\"", true)]
    [TestCase("collectiveReserve", "\"1/3\"", true)]
    [TestCase("collectiveReserve", "\"1/0\"", false)]
    [TestCase("collectiveReserve", "\"1/0.0\"", false)]
    [TestCase("collectiveReserve", "\"-30%\"", false)]
    [TestCase("collectiveReserve", "\" 30%\"", false)]
    [TestCase("collectiveReserve", "\"30 %\"", false)]
    [TestCase("collectiveReserve", "\".3\"", false)]
    [TestCase("collectiveReserve", "30", false)]
    [TestCase("otherFunds", "[]", true)]
    [TestCase("otherFunds", "null", false)]
    [TestCase("otherFunds", "{}", false)]
    [TestCase("otherFunds.0.code", "\"Education\"", false)]
    [TestCase("otherFunds.0.share", "", false)]
    [TestCase("otherFunds.0.colour", "\"green\"", false)]
    [TestCase("capitalDividends", "", true)]
    [TestCase("capitalDividends.amount", "\"1000.5\"", true)]
    [TestCase("capitalDividends.amount", "\"-1.00\"", false)]
    [TestCase("capitalDividends.amount", "\"-0.00\"", false)]
    [TestCase("capitalDividends.amount", "\"1.005\"", false)]
    [TestCase("capitalDividends.amount", "\"1,000\"", false)]
    [TestCase("capitalDividends.amount", "\"9999999999999999.99\"", true)]
    [TestCase("capitalDividends.amount", "\"99999999999999999.99\"", false)]
    [TestCase("capitalDividends.amount", "1000", false)]
    [TestCase("capitalDividends.reducePatronageNet", "\"yes\"", false)]
    [TestCase("pools", "", false)]
    [TestCase("pools", "[]", false)]
    [TestCase("pools", "[null]", false)]
    [TestCase("pools.0.net", "\"lines\"", true)]
    [TestCase("pools.0.net", "\"rest\"", false)]
    [TestCase("pools.0.code", "\"a code\"", false)]
    [TestCase("pools.0.code", "\"\"", false)]
    [TestCase("pools.0.name", "", false)]
    [TestCase("pools.0.name", "null", false)]
    [TestCase("pools.0.cash", "", false)]
    [TestCase("pools.0.cash", "\"a fifth\"", false)]
    [TestCase("pools.0.cash", "\"20% \"", false)]
    [TestCase("pools.0.notice", "\"nonqualified\"", true)]
    [TestCase("pools.0.notice", "\"Qualified\"", false)]
    [TestCase("pools.0.kind", "\"patronage\"", true)]
    [TestCase("pools.0.kind", "\"interest\"", false)]
    [TestCase("pools.0.payThrough", "\"cheque\"", false)]
    [TestCase("pools.0.unit.0.measure", "\"volume\"", true)]
    [TestCase("pools.0.unit.0.measure", "\"days\"", false)]
    [TestCase("pools.0.unit.0.measure", "", false)]
    [TestCase("pools.0.unit.0.weight", "\"3/4\"", true)]
    [TestCase("pools.0.unit.0.weight", "2", false)]
    [TestCase("pools.0.unit.0.only", "[\"paid\"]", true)]
    [TestCase("pools.0.unit.0.only", "[1]", false)]
    [TestCase("pools.0.classes", "{}", true)]
    [TestCase("pools.0.classes.worker", "1", false)]
    [TestCase("pools.0.eligibility", "{}", true)]
    [TestCase("pools.0.eligibility.monthsOfMembership", "12", true)]
    [TestCase("pools.0.eligibility.monthsOfMembership", "-1", false)]
    [TestCase("pools.0.eligibility.monthsOfMembership", "1201", false)]
    [TestCase("pools.0.eligibility.monthsOfMembership", "\"12\"", false)]
    [TestCase("pools.0.eligibility.minimumHours", "\"100:30\"", false)]
    [TestCase("pools.0.eligibility.activeAtYearEnd", "1", false)]
    [TestCase("minimumPayment.below", "\"pool\"", true)]
    [TestCase("minimumPayment.below", "\"burn\"", false)]
    [TestCase("minimumPayment.below", "", false)]
    [TestCase("losses", "", true)]
    [TestCase("losses.steps", "[\"carry-forward\"]", true)]
    [TestCase("losses.steps", "[\"reserve\",\"reserve\"]", false)]
    [TestCase("losses.steps", "[\"members\"]", false)]
    [TestCase("losses.steps", "", false)]
    [TestCase("losses.offset", "{\"electedOn\":\"2027-01-10\",\"noticeOn\":\"2027-03-15\"}", true)]
    [TestCase("losses.offset", "{\"electedOn\":\"2027-01-10\"}", false)]
    [TestCase("losses.offset", "{\"electedOn\":\"2027-01-10\",\"noticeOn\":\"15.03.2027\"}", false)]
    [TestCase("losses.offset", "{\"electedOn\":\"2027-01-10\",\"noticeOn\":\"2027-02-30\"}", false)]
    [TestCase("losses.offset", "{\"electedOn\":\"2027-01-10\",\"noticeOn\":\"2027-13-01\"}", false)]
    [TestCase("backupWithholding", "", true)]
    [TestCase("backupWithholding", "24", false)]
    [TestCase("onePersonMayApprove", "true", true)]
    [TestCase("onePersonMayApprove", "\"true\"", false)]
    [TestCase("title", "\"Adopted in March\"", true)]
    [TestCase("title", "null", false)]
    [TestCase("$schema", "\"https://json-schema.org/draft/2020-12/schema\"", true)]
    [TestCase("colour", "\"green\"", false)]
    public void SchemaAndReaderAgree(string place, string value, bool accepted)
    {
        var json = Changed(place, value);
        var read = PolicyDocument.Read(json);
        var byReader = !read.IsRefused && read.Value.Fault(TaxRegime.SubchapterT, Year) is null;
        Assert.That((byReader, Schema.Validate(json).Count == 0), Is.EqualTo((accepted, accepted)), read.Refusal?.Sentence);
    }

    [TestCase("pools.0.cash", "\"a fifth\"", "pools['labour'].cash: 'a fifth' is not a share; write 30%, 0.3 or 3/10.")]
    [TestCase("pools.0.cash", "\"20%\\n\"", "is not a share")]
    [TestCase("rounding", "\"bankers\"", "rounding: 'bankers' is not one of largest-remainder, half-up-residue-to-reserve, floor-residue-to-reserve.")]
    [TestCase("colour", "\"green\"", "the setting 'colour' is not known; check its spelling or take it out.")]
    [TestCase("pools.0.cash", "20", "$.pools[0].cash (line 1, column ")]
    [TestCase("pools.0.cash", "20", "the value is of the wrong kind; shares, amounts and dates are texts in quotes.")]
    [TestCase("pools.0.cash", "", "settings are missing: 'cash'. Add them.")]
    [TestCase("pools.0.unit", "[null]", "$.pools[0].unit[0]: null says nothing; leave the setting out.")]
    [TestCase("minimumPayment.amount", "\"5 dollars\"", "minimumPayment.amount: '5 dollars' is not an amount of zero or more; write 5.00.")]
    [TestCase("losses.offset", "{\"electedOn\":\"soon\",\"noticeOn\":\"2027-03-15\"}", "losses.offset.electedOn: 'soon' is not a date; write 2026-09-15.")]
    [TestCase("otherFunds.0.code", "\"Education\"", "otherFunds.code: 'Education' is not a code")]
    public void ARefusalNamesThePlaceAndTheRemedy(string place, string value, string sentence)
    {
        var refusal = PolicyDocument.Read(Changed(place, value)).Refusal!;
        Assert.That(refusal.Code, Is.EqualTo("policy-unreadable"));
        Assert.That(refusal.Sentence, Does.Contain(sentence).And.EndsWith("Compare with 'evergreen dividends policy --example'.").And.Not.Contain("System.").And.Not.Contain("Evergreen.Domain"));
    }

    [TestCase("", "$ (line 1, column 1)")]
    [TestCase("null", "$: ")]
    [TestCase("[]", "$ (line 1, column 2)")]
    [TestCase("{", "$ (line 1, column 2)")]
    [TestCase("{\n  \"netIncomeBasis\": \"book\",\n  \"netIncomeBasis\": \"tax\"\n}", "the setting 'netIncomeBasis' stands there twice; keep one.")]
    [TestCase("{\n  \"netIncomeBasis\": \"book\",\n}", "(line 3, column 1)")]
    public void WhatIsNoDocumentIsRefusedWithLineAndColumn(string json, string sentence)
    {
        var refusal = PolicyDocument.Read(json).Refusal!;
        Assert.That(refusal.Sentence, Does.Contain(sentence).And.Not.Contain("System.").And.Not.Contain("Evergreen.Domain"));
    }

    [Test]
    public void TheHashIsThatOfTheDocumentsBytes() => Assert.That(PolicyDocument.Sha256("é"), Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([0xC3, 0xA9]))));
}
